#!/usr/bin/env bash
# Installs what sanxian builds on, if it is missing: a C linker, pkg-config, GDAL and PROJ with headers; git, by which
# tests read revisions; and xmllint, by which they validate XML.
# Says what it installs and runs without root when nothing is missing.
set -euo pipefail

missing=()
command -v cc >/dev/null 2>&1 || missing+=(cc)
command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
command -v git >/dev/null 2>&1 || missing+=(git)
command -v xmllint >/dev/null 2>&1 || missing+=(xmllint)
pkg-config --exists 'gdal >= 3.6' 2>/dev/null || missing+=(gdal)
pkg-config --exists proj 2>/dev/null || missing+=(proj)

if ! command -v cargo >/dev/null 2>&1; then
  echo "setup: Rust is missing. Install it as https://rustup.rs says, then run this again." >&2
  exit 2
fi
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1; then root=(sudo); fi
fi

if command -v apt-get >/dev/null 2>&1; then
  packages=(gcc libc6-dev pkg-config git libxml2-utils libgdal-dev libproj-dev proj-data)
  echo "setup: missing ${missing[*]}; installing with apt-get: ${packages[*]}"
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
elif command -v dnf >/dev/null 2>&1; then
  packages=(gcc pkgconf-pkg-config git libxml2 gdal-devel proj-devel)
  echo "setup: missing ${missing[*]}; installing with dnf: ${packages[*]}"
  "${root[@]}" dnf install -y -q "${packages[@]}"
elif command -v brew >/dev/null 2>&1; then
  packages=(pkg-config git gdal proj)
  echo "setup: missing ${missing[*]}; installing with brew: ${packages[*]}"
  brew install --quiet "${packages[@]}"
else
  echo "setup: missing ${missing[*]}, and no apt-get, dnf or brew is here to install them." >&2
  echo "  do:  install GDAL 3.6 or newer and PROJ with their headers, pkg-config, git and xmllint, then run this again." >&2
  exit 2
fi

pkg-config --exists 'gdal >= 3.6' || { echo "setup: GDAL is still not found, or older than 3.6" >&2; exit 2; }
