"""What a JSON report of `sanxian conflicts` says, in the form that the peers use.

Usage: conflicts_sanxian.py REPORT.json STATS.json PAIRS.csv OUT
Writes PAIRS.csv (the pairs of classes that contradict each other, from the matrix), OUT.csv (patches and planar square
metres by pair of classes) and OUT.json (seconds, peak memory in bytes).
"""

import csv
import json
import sys
from collections import defaultdict

CONTRADICTIONS = {"MP-A", "MP-B", "MP-C", "MP-D"}


def main(report, stats, pairs, out):
    with open(report) as file:
        report = json.load(file)
    cells = report["matrices"][0]["cells"]
    contradicting = [c for c in cells if c["kind"] in CONTRADICTIONS]
    with open(pairs, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["first", "second"])
        rows.writerows([cell["first"]["class"], cell["second"]["class"]] for cell in contradicting)

    by_pair = defaultdict(lambda: [0, 0.0])
    for patch in report["patches"]:
        total = by_pair[tuple(answer["class"] for answer in patch["answers"])]
        total[0] += 1
        total[1] += patch["planar_m2"]
    with open(f"{out}.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["first", "second", "patches", "planar_m2"])
        rows.writerows([*pair, *total] for pair, total in sorted(by_pair.items()))

    with open(stats) as file:
        stats = json.load(file)
    with open(f"{out}.json", "w") as file:
        told = {key: stats[key] for key in ("read_s", "index_s", "overlap_s", "rules_s", "write_s", "total_s")}
        json.dump({**told, "peak_bytes": stats["peak_rss_bytes"]}, file)
    agreed, all_ground = (sum(c["area_m2"] for c in some) for some in ([c for c in cells if c["kind"] == "MP-0"], cells))
    print(f"the plans agree on {agreed / all_ground:.1%} of the ground that both cover")


main(*sys.argv[1:])
