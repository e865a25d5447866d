#!/usr/bin/env bash
# Builds dist/sanxian-VERSION-x86_64-linux.tar.gz, one program with GDAL and PROJ inside, then checks the sample county
# with it as unpacked. What it needs and what comes out is in docs/packaging.md.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
target=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")/bundled
cargo=${CARGO:-cargo}

if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "dist: only for Linux on x86_64" >&2
  exit 2
fi
missing=()
for tool in cc c++ cmake sqlite3; do
  command -v "$tool" >/dev/null 2>&1 || missing+=("$tool")
done
static() { cc -print-file-name="$1"; }
[ -s /usr/share/doc/libpq5/copyright ] || missing+=(libpq5)
for archive in libexpat.a libstdc++.a libgcc_eh.a libgcc.a; do
  [ -f "$(static "$archive")" ] || missing+=("$archive")
done
if [ ${#missing[@]} -ne 0 ]; then
  echo "dist: missing ${missing[*]}" >&2
  echo "  do:  apt-get install g++ cmake sqlite3 libexpat1-dev libpq5, or the like, then run this again." >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The linker takes the first library of a name that it meets: these stand before the shared ones.
mkdir "$work/link"
echo "INPUT(\"$(static libstdc++.a)\")" >"$work/link/libstdc++.so"
echo "INPUT(\"$(static libgcc_eh.a)\" \"$(static libgcc.a)\")" >"$work/link/libgcc_s.so"

# Cargo looks for its configuration from the working folder upward, and that of the repository links the PROJ of the system.
build() {
  cd "$work"
  STATIC_EXPAT=$(static libexpat.a) CMAKE_TOOLCHAIN_FILE=$root/scripts/bundled/options.cmake \
    "$cargo" rustc --quiet --locked --release --manifest-path "$root/Cargo.toml" --target-dir "$target" \
    --package sanxian_cli --bin sanxian --features bundled \
    -- -L "native=$work/link" -C "link-arg=$(static libexpat.a)" -C strip=symbols
}
echo "dist: building GDAL, PROJ and sanxian (the first time takes a quarter of an hour or more) ..."
(build)

version=$("$target/release/sanxian" --version | cut -d ' ' -f 2)
name=sanxian-$version-x86_64-linux
folder=$work/$name
mkdir -p "$folder/licenses"
cp "$target/release/sanxian" "$folder/"
cp "$root/README.md" "$root/README.zh-CN.md" "$root/LICENSE-MIT" "$root/LICENSE-APACHE" "$folder/"

# The licence of every crate that is linked, and of the C and C++ code that some of them carry.
sources=${CARGO_HOME:-$HOME/.cargo}/registry/src
keep() { # FILE NAME: a licence that must be there
  [ -s "$1" ] || { echo "dist: no licence at $1" >&2; exit 2; }
  cp "$1" "$folder/licenses/$2"
}
crates=$("$cargo" tree --locked --manifest-path "$root/Cargo.toml" --package sanxian_cli --features bundled \
  --edges normal --prefix none --format '{p}|{l}' | sed 's/ (\*)$//; s/ (proc-macro)//' | grep -v "($root" | sort -u)
echo "$crates" | sed 's/|/: /' >"$folder/licenses/crates.txt"
while read -r crate crate_version; do
  for file in "$sources"/*/"$crate-${crate_version#v}"/{LICEN[CS]E,COPYING,NOTICE}*; do
    if [ -f "$file" ]; then cp "$file" "$folder/licenses/$crate-$(basename "$file")"; fi
  done
done < <(echo "$crates" | cut -d '|' -f 1)
keep "$(ls "$sources"/*/gdal-src-*/source/LICENSE.TXT | tail -1)" GDAL.txt
keep "$(ls -t "$target"/release/build/proj-sys-*/out/PROJSRC/proj/proj-*/COPYING | head -1)" PROJ.txt
# What GDAL carries of others says so at the head of its own files.
head_of() { # FILE NAME: the first comment of a header
  awk '{ print } /\*\// { exit }' "$1" >"$work/notice"
  keep "$work/notice" "$2"
}
gdal=$(ls -d "$sources"/*/gdal-src-*/source | tail -1)
head_of "$gdal/frmts/zlib/zlib.h" zlib.txt
head_of "$gdal/frmts/gtiff/libtiff/tiffio.h" libtiff.txt
head_of "$gdal/frmts/gtiff/libgeotiff/geotiff.h" libgeotiff.txt
head_of "$gdal/ogr/ogrsf_frmts/geojson/libjson/json_object.h" json-c.txt
keep /usr/share/doc/libexpat1-dev/copyright Expat.txt
keep /usr/share/doc/libpq5/copyright PostgreSQL.txt
cat >"$folder/licenses/README.txt" <<'TEXT'
The licences of everything that the program holds: GDAL and PROJ, what they carry, and the crates (crates.txt lists them
with their licences). SQLite is in the public domain. The parts of GCC that are linked in (libgcc, libstdc++) are under
the GNU General Public License 3 with the GCC Runtime Library Exception, which leaves the program as it is.
TEXT

mkdir -p "$root/dist"
archive=$root/dist/$name.tar.gz
tar --owner=0 --group=0 --numeric-owner --sort=name -C "$work" -czf "$archive" "$name"

# The sample county, by the program as unpacked, with no variable of this shell.
mkdir "$work/smoke"
tar -xzf "$archive" -C "$work/smoke"
program=$work/smoke/$name/sanxian
needed=$(ldd "$program" | grep -vE 'linux-vdso|ld-linux|lib(c|m|dl|rt|pthread)\.so' || true)
if [ -n "$needed" ]; then
  echo "dist: the program needs more than glibc: $needed" >&2
  exit 1
fi
cd "$work/smoke"
env -i "$program" demo --output-dir out >/dev/null
status=0
env -i "$program" check --config out/county/sanxian.toml --output-format json >report.json || status=$?
if [ "$status" -ne 1 ] || ! grep -q '"verdict":"does-not-conform","complete":true' report.json; then
  echo "dist: the sample county was not checked as expected (exit $status)" >&2
  exit 1
fi
echo "dist: wrote dist/$name.tar.gz ($(du -h "$archive" | cut -f 1)), and checked the sample county with it"
