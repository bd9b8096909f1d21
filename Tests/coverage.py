#!/usr/bin/env python3
"""Prints, for each module, how many of its lines the tests reach, from llvm-cov's export.

coverage.py EXPORT.json [MODULE]    with a module, its files, those with most unreached lines first
"""
import json
import os
import sys

SOURCES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Sources", "")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    wanted = sys.argv[2] if len(sys.argv) > 2 else None
    rows = {}
    for entry in files:
        if not entry["filename"].startswith(SOURCES):
            continue
        path = entry["filename"][len(SOURCES):]
        module = path.split("/")[0]
        if wanted not in (None, module):
            continue
        row = rows.setdefault(path if wanted else module, [0, 0])
        row[0] += entry["summary"]["lines"]["count"]
        row[1] += entry["summary"]["lines"]["covered"]
    width = max(map(len, rows), default=0)
    order = (lambda item: item[1][1] - item[1][0]) if wanted else (lambda item: item[0])
    print(f"{'':{width}}  lines  not reached  reached")
    for name, (count, covered) in sorted(rows.items(), key=order):
        share = 100 * covered / max(count, 1)
        print(f"{name:{width}}  {count:5}  {count - covered:11}  {share:6.1f} %")


main()
