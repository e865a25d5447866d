"""The comparison of two plans in GeoPandas: overlay, the pairs of classes that contradict each other, dissolve, explode.

Usage: conflicts_geopandas.py COUNTY.gpkg FIRST SECOND PAIRS.csv OUT [METHOD]
METHOD is that of dissolve, `unary` unless told.
Writes OUT.csv (patches and planar square metres by pair of classes) and OUT.json (seconds, peak memory in bytes).
"""

import json
import resource
import sys
import time

import geopandas
import pandas

CLASS = "YDYHFLDM"


def main(county, first, second, pairs, out, method="unary"):
    started = time.perf_counter()
    plans = [geopandas.read_file(county, layer=layer, columns=[CLASS]) for layer in (first, second)]
    plans = [plan.rename(columns={CLASS: name}) for plan, name in zip(plans, ("first", "second"))]
    pairs = pandas.read_csv(pairs, dtype=str)
    read = time.perf_counter() - started

    pieces = geopandas.overlay(*plans, how="intersection", keep_geom_type=True)
    overlaid = time.perf_counter() - started
    pieces = pieces.merge(pairs, on=["first", "second"])
    patches = pieces.dissolve(by=["first", "second"], method=method).explode()
    patches["area"] = patches.area
    by_pair = patches.groupby(level=["first", "second"])["area"].agg(patches="count", planar_m2="sum")
    whole = time.perf_counter() - started

    by_pair.to_csv(f"{out}.csv")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    stages = {"read_s": read, "overlay_s": overlaid - read, "dissolve_s": whole - overlaid}
    with open(f"{out}.json", "w") as file:
        json.dump({**stages, "total_s": whole, "peak_bytes": peak}, file)


main(*sys.argv[1:])
