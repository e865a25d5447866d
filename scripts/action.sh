#!/usr/bin/env bash
# The step of `action.yml`: inputs come in variables that begin with SANXIAN_.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

folder=${SANXIAN_OUTPUT_DIR:-sanxian-report}
words=(ci --lang "${SANXIAN_LANG:-en}" --fail-on "${SANXIAN_FAIL_ON:-new}" --output-dir "$folder")
if [ -n "${SANXIAN_BASE:-}" ]; then words+=(--base "$SANXIAN_BASE"); fi
# Flags are separated by spaces, as a line of a workflow is.
read -r -a more <<<"${SANXIAN_ARGUMENTS:-}"
words+=("${more[@]}")
if [ -n "${SANXIAN_PLAN:-}" ]; then words+=("$SANXIAN_PLAN"); fi

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  # Known before the run, which may end the step.
  printf 'sarif=%s\nreport=%s\n' "$folder/sanxian.sarif" "$folder/report.md" >>"$GITHUB_OUTPUT"
fi
exec "$sanxian" "${words[@]}"
