#!/usr/bin/env bash
# Makes a Git repository of a small plan in an empty folder: the plan on `main`, and a branch for each revision of it.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: build.sh FOLDER" >&2
  exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
cd "$1"
if [ -n "$(ls -A)" ]; then
  echo "build.sh: $1 is not empty" >&2
  exit 2
fi

git -c init.defaultBranch=main init --quiet
git config user.name "Example"
git config user.email "example@example.org"
git config commit.gpgsign false
git config core.autocrlf false
cp "$here"/base/* .
git add --all
git commit --quiet --message "The plan"
for revision in "$here"/revisions/*/; do
  name=$(basename "$revision")
  git checkout --quiet -b "$name" main
  cp "$revision"* .
  git add --all
  git commit --quiet --message "$name"
done
git checkout --quiet main
