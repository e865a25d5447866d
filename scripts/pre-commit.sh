#!/usr/bin/env bash
# The hook of `.pre-commit-hooks.yaml`: what is to be committed beside the last commit. More flags of `sanxian diff` may follow.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

if git rev-parse --quiet --verify HEAD >/dev/null; then
  exec "$sanxian" diff --base HEAD --output-format concise "$@"
fi
# The first commit has nothing before it.
exec "$sanxian" check --output-format concise
