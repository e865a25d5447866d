#!/usr/bin/env bash
# Compares two plans of a county with sanxian, GeoPandas and PostGIS, and tells results, seconds and memory side by side.
# Usage: benches/peers/run.sh [PATCHES [PEER…]]  200000 and all of them unless told. PEER is one of
#   sanxian              with a thread for each core; the others are compared with it
#   sanxian_one_thread
#   geopandas            overlay, dissolve as it is unless told otherwise, explode
#   geopandas_disjoint   the same with dissolve by disjoint subsets
#   postgis              ST_Intersection, ST_Union by pair of classes, ST_Dump
#   postgis_clustered    the same with ST_Union by cluster of pieces that touch each other
# SANXIAN names a program that is built already. LIMIT: seconds that a peer may take, 900 unless told.
# Installs what is missing: GeoPandas by pip into target/peers/venv, PostgreSQL with PostGIS by apt-get (as root).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
patches=${1:-200000}
peers=("${@:2}")
[ ${#peers[@]} -ne 0 ] || peers=(sanxian sanxian_one_thread geopandas geopandas_disjoint postgis postgis_clustered)
county=target/counties/county-$patches.gpkg
first=GHYDYH
second=GHYDYH3
out=target/peers/$patches
limit=${LIMIT:-900}
mkdir -p "$out"
[ -s "$county" ] || cargo xtask demo-county --patches "$patches"

run_sanxian() { compare_plans sanxian; }
run_sanxian_one_thread() { compare_plans sanxian_one_thread --threads 1; }
run_geopandas() { overlay_and_dissolve unary geopandas; }
run_geopandas_disjoint() { overlay_and_dissolve disjoint_subset geopandas_disjoint; }
run_postgis() { intersect_and_union off postgis; }
run_postgis_clustered() { intersect_and_union on postgis_clustered; }

# With more flags, to results of a name.
compare_plans() {
  local program=${SANXIAN:-target/release/sanxian} status=0
  [ -n "${SANXIAN:-}" ] || cargo build --quiet --release --package sanxian_cli
  "$program" conflicts "first=$county#$first" "second=$county#$second" --list-digitising --no-uncovered \
    --output-format json --output "$out/report.json" --stats "$out/stats.json" --quiet "${@:2}" || status=$?
  # 1: the plans contradict each other.
  [ $status -eq 1 ] || { echo "sanxian ended with $status" >&2; return 1; }
  python3 "$here/conflicts_sanxian.py" "$out/report.json" "$out/stats.json" "$out/pairs.csv" "$out/$1"
}

# By a method of dissolve, to results of a name.
overlay_and_dissolve() {
  local venv=target/peers/venv
  if ! "$venv/bin/python" -c 'import geopandas' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet geopandas
  fi
  "$venv/bin/python" -c 'import geopandas as g, shapely as s; print("GeoPandas", g.__version__, "GEOS", s.geos_version_string)'
  timeout "$limit" "$venv/bin/python" "$here/conflicts_geopandas.py" "$county" $first $second "$out/pairs.csv" \
    "$out/$2" "$1"
}

# With pieces clustered or not, to results of a name. The server runs in a folder of its own, as the user postgres when this is
# run by root, and is gone afterwards.
intersect_and_union() {
  if ! compgen -G '/usr/share/postgresql/*/extension/postgis.control' >/dev/null; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q postgresql postgis postgresql-postgis
  fi
  bin=$(pg_config --bindir)
  data=$(mktemp -d)
  as=()
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$data"
    as=(runuser -u postgres --)
  fi
  "${as[@]}" "$bin/initdb" -D "$data/cluster" -A trust --no-sync >/dev/null
  # One machine, nothing to keep: memory for all it asks for, and no waiting for the disk.
  "${as[@]}" tee -a "$data/cluster/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$data'
shared_buffers = 4GB
work_mem = 1GB
maintenance_work_mem = 1GB
max_parallel_workers = $(nproc)
max_parallel_workers_per_gather = $(nproc)
max_parallel_maintenance_workers = $(nproc)
jit = off
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 16GB
autovacuum = off
CONF
  "${as[@]}" "$bin/pg_ctl" -D "$data/cluster" -l "$data/log" -w start >/dev/null
  trap '"${as[@]}" "$bin/pg_ctl" -D "$data/cluster" -m immediate stop >/dev/null; rm -rf "$data"' EXIT
  local query=("${as[@]}" psql -X -q -h "$data" -d postgres)
  "${query[@]}" -c 'CREATE EXTENSION postgis' -Atc 'SELECT version(), postgis_full_version()'

  local started loaded ended
  started=$(date +%s.%N)
  local table
  for table in "first_plan $first" "second_plan $second"; do
    PGUSER=postgres ogr2ogr -f PostgreSQL "PG:host=$data dbname=postgres" "$county" "${table#* }" -nln "${table% *}" \
      -select YDYHFLDM -nlt MULTIPOLYGON -lco GEOMETRY_NAME=geom -lco SPATIAL_INDEX=GIST --config PG_USE_COPY YES
  done
  "${query[@]}" -c 'CREATE TABLE conflict_pairs (first text, second text)' \
    -c '\copy conflict_pairs FROM STDIN WITH (FORMAT csv, HEADER)' <"$out/pairs.csv"
  loaded=$(date +%s.%N)
  watch_memory "$(head -1 "$data/cluster/postmaster.pid")" >"$out/$2.peak" &
  local watcher=$! status=0
  timeout "$limit" "${query[@]}" -v clustered="$1" <"$here/conflicts_postgis.sql" || status=$?
  ended=$(date +%s.%N)
  kill "$watcher"
  [ $status -eq 0 ] || { echo "PostGIS ended with $status after $limit s at most" >&2; return 1; }
  "${query[@]}" -c '\copy by_pair TO STDOUT WITH (FORMAT csv, HEADER)' >"$out/$2.csv"
  python3 - "$started" "$loaded" "$ended" "$(tail -1 "$out/$2.peak")" \
    >"$out/$2.json" <<'PY'
import json, sys
started, loaded, ended, peak = map(float, sys.argv[1:])
print(json.dumps({"read_s": loaded - started, "queries_s": ended - loaded, "total_s": ended - started, "peak_bytes": peak * 1024}))
PY
}

# Writes the most kilobytes that a process and its children hold together, each time that it grows; what they share counts once.
watch_memory() {
  local most=0 now
  while sleep 0.2; do
    # A process may end while it is looked at.
    now=$(for pid in "$1" $(pgrep -P "$1"); do cat "/proc/$pid/smaps_rollup" 2>/dev/null || true; done \
      | awk '/^Pss:/ { sum += $2 } END { print sum + 0 }')
    if [ "$now" -gt "$most" ]; then
      most=$now
      echo "$most"
    fi
  done
}

done=()
for peer in "${peers[@]}"; do
  echo "== $peer"
  # In a shell of its own, so that its first error ends it and not the others.
  set +e
  (
    set -e
    "run_$peer"
  )
  status=$?
  set -e
  if [ $status -eq 0 ]; then done+=("$peer"); else echo "$peer: no result"; fi
done
python3 "$here/tell.py" "$out" "${done[@]}"
