"""Areas that GEOS finds, as a second opinion for the tests.

    python geos_overlaps.py --invalid geos-invalid.csv SUBJECT ZONE... > geos-overlaps.csv

A source is FILE#LAYER, or a CSV file with the columns id and WKT. Needs pyogrio and shapely 2. One row is
written for each pair of a subject feature and a zone feature that share area, both valid:

    subject_fid, zone_layer, zone_fid, area

`area` is in squared units of the coordinates as they are, edges straight between them: square metres when the
layer is in metres. With --scale S every coordinate is multiplied by S first; for a power of two that changes
no digit, and brings degrees to the size of metres (1 degree * 131072). Features that GEOS calls invalid are
left out and listed in the file of --invalid: layer, fid, reason.
"""

import argparse
import csv
import sys

import numpy
import pyogrio
import shapely


def read(source):
    path, _, layer = source.partition("#")
    if path.endswith(".csv"):
        csv.field_size_limit(sys.maxsize)
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        geometry = shapely.from_wkt([row["WKT"] for row in rows])
        return path.removesuffix(".csv").split("/")[-1], [int(row["id"]) for row in rows], geometry
    _, fids, wkb, _ = pyogrio.raw.read(path, layer=layer, columns=[], return_fids=True)
    return layer, [int(fid) for fid in fids], shapely.from_wkb(wkb)


def valid(source, scale, invalid):
    layer, fids, geometry = read(source)
    reasons = shapely.is_valid_reason(geometry)
    geometry = shapely.transform(geometry, lambda positions: positions * scale)
    kept = shapely.is_valid(geometry)
    invalid.writerows((layer, fid, reason) for fid, ok, reason in zip(fids, kept, reasons) if not ok)
    return layer, numpy.array(fids)[kept], geometry[kept]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--invalid", type=argparse.FileType("w", encoding="utf-8"), required=True)
    parser.add_argument("subject")
    parser.add_argument("zones", nargs="+")
    arguments = parser.parse_args()
    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}", file=sys.stderr)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["subject_fid", "zone_layer", "zone_fid", "area"])
    invalid = csv.writer(arguments.invalid, lineterminator="\n")
    invalid.writerow(["layer", "fid", "reason"])
    _, subject_fids, subjects = valid(arguments.subject, arguments.scale, invalid)
    for source in arguments.zones:
        layer, zone_fids, zones = valid(source, arguments.scale, invalid)
        left, right = shapely.STRtree(zones).query(subjects, predicate="intersects")
        areas = shapely.area(shapely.intersection(subjects[left], zones[right]))
        rows = [(int(subject_fids[a]), int(zone_fids[b]), float(area)) for a, b, area in zip(left, right, areas)]
        out.writerows((a, layer, b, repr(area)) for a, b, area in sorted(rows) if area > 0)


main()
