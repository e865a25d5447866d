"""The results of sanxian and of its peers side by side: patches, area, seconds, memory, and as multiples of sanxian's.

Usage: tell.py FOLDER NAME…
Reads NAME.csv and NAME.json in FOLDER; the first NAME is what the others are compared with.
"""

import csv
import json
import sys


def read(folder, name):
    with open(f"{folder}/{name}.csv") as file:
        rows = {(r["first"], r["second"]): (int(r["patches"]), float(r["planar_m2"])) for r in csv.DictReader(file)}
    with open(f"{folder}/{name}.json") as file:
        return rows, json.load(file)


def main(folder, *names):
    own, own_cost = read(folder, names[0])
    own_count, own_area = (sum(row[k] for row in own.values()) for k in (0, 1))
    for name in names:
        rows, cost = read(folder, name)
        count, area = (sum(row[k] for row in rows.values()) for k in (0, 1))
        print(f"{name}: {count} patches, {area:.3f} m2 planar, {cost['total_s']:.1f} s, {cost['peak_bytes'] / 1e6:.0f} MB")
        print("   ", ", ".join(f"{key} {value:.2f}" for key, value in cost.items() if key.endswith("_s")))
        if name != names[0]:
            same = sum(own.get(pair, (0,))[0] == row[0] for pair, row in rows.items())
            print(
                f"    {count - own_count:+} patches, area {area / own_area - 1:+.1e}, the same number in {same} of"
                f" {len(rows.keys() | own.keys())} pairs of classes; {cost['total_s'] / own_cost['total_s']:.1f} x the time,"
                f" {cost['peak_bytes'] / own_cost['peak_bytes']:.1f} x the memory"
            )


main(*sys.argv[1:])
