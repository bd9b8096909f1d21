"""Measures how time and memory grow with what a capture holds; writes a Markdown table.

usage: growth.py HTTPTRACE [PERCENT]

Each kind of capture of synthetic.py is made three times, ten times larger each, the largest of them
PERCENT (100) of the size below, in a temporary file, and is read once.
"""

import sys
import tempfile

import synthetic
from measure import machine, measure

SIZES = {
    "exchanges": 1_000_000,
    "pipelined": 100_000,
    "content": 1_000_000_000,
    "chunks": 10_000_000,
    "fields": 1_000_000,
    "target": 100_000_000,
    "interim": 1_000_000,
    "open_connections": 1_000_000,
    "waiting_connections": 1_000_000,
    "hole": 100_000_000,
    "backwards": 100_000_000,
    "retransmissions": 1_000_000,
    "holes": 1_000_000,
    "lines": 10_000_000,
    "fragments": 1_000_000,
}


def grow(tool, kind, count):
    with tempfile.NamedTemporaryFile(suffix=".pcap", dir="/var/tmp") as file:
        synthetic.kinds[kind](synthetic.Capture(file), count)
        file.flush()
        return measure([tool, "read", "--format", "json", file.name])


def main(tool, percent=100):
    print(f"{machine()}\n")
    print("| count of | 1 | CPU s at 1/100 | 1/10 | 1 | 1 ÷ 1/10 | MiB at 1/10 | 1 |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind, size in SIZES.items():
        count = size * int(percent) // 100
        small, middle, large = (grow(tool, kind, count // part) for part in (100, 10, 1))
        cells = [synthetic.kinds[kind].__doc__, f"{count:,}"]
        cells += [f"{one.cpu:.2f}" for one in (small, middle, large)]
        cells += [f"{large.cpu / middle.cpu:.1f}"]
        cells += [f"{one.memory:.0f}" for one in (middle, large)]
        print("|", " | ".join(cells), "|", flush=True)


if len(sys.argv) not in (2, 3):
    sys.exit(__doc__)
main(*sys.argv[1:])
