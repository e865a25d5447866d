# Finds the program for scripts that run it elsewhere: the one on the path, or else the one of this checkout, which is built when it is
# missing. To be sourced; leaves its name in `sanxian`.
if command -v sanxian >/dev/null 2>&1; then
  sanxian=$(command -v sanxian)
else
  checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  sanxian=$checkout/target/release/sanxian
  if [ ! -x "$sanxian" ]; then
    make --directory "$checkout" --quiet build >&2
  fi
fi
