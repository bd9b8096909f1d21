"""Measures what live captures lose under load beside tcpdump; writes a Markdown table.

usage: live.py HTTPTRACE [SECONDS [RUNS]]

In a network namespace of its own, wrk asks nginx over loopback as fast as it can, SECONDS (5) at a
time, while one of the tools captures; they take turns, RUNS (3) times, with the same kernel buffer.
All of it shares the same processors. Needs root, iproute2, nginx, wrk and tcpdump.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import time

from loopback import Loopback
from measure import machine

BUFFERS = [64 << 20, 4 << 20]


def captures(tool, buffer, file):
    """The commands by what the table calls them, and where each writes its frames."""
    ours = [tool, "capture", "--buffer", str(buffer)]
    return {
        "`tcpdump -w FILE`": [
            "tcpdump", "-i", "lo", "-Q", "in", "-n", "-s", "0", "-B", str(buffer >> 10),
            "-Z", "root", "-w", file, "tcp",
        ],
        "`httptrace capture --format json`": [*ours, "--format", "json", "-f", "tcp"],
        "`httptrace capture -w FILE`": [*ours, "--format", "json", "-f", "tcp", "-w", file],
    }


def losses(words):
    """Frames captured and lost, by what a tool says at its end."""
    if found := re.search(r"(\d+) packets captured", words):
        return int(found[1]), int(re.search(r"(\d+) packets dropped by kernel", words)[1])
    if found := re.search(r"(\d+) frames were dropped .* of (\d+);", words):
        return int(found[2]) - int(found[1]), int(found[1])
    return int(re.search(r"(\d+) frames, none dropped", words)[1]), 0


def run(loopback, command, seconds):
    """Captures while wrk runs; answers requests a second, frames captured, frames lost."""
    with open(os.devnull, "wb") as nowhere:
        capture = subprocess.Popen(
            loopback.inside(*command), stdout=nowhere, stderr=subprocess.PIPE, text=True
        )
        time.sleep(1)
        load = loopback.load_of(loopback.start_load(seconds))
        time.sleep(0.5)
        capture.send_signal(signal.SIGINT)
        _, words = capture.communicate(timeout=120)
    return load.rate, *losses(words)


def main(tool, seconds=5, runs=3):
    print(f"{machine()}; medians of {runs} alternating runs of {seconds} s\n")
    print("| command | kernel buffer | requests/s meanwhile | frames captured | lost |")
    print("|---|---:|---:|---:|---:|")
    with Loopback() as loopback:
        for buffer in BUFFERS:
            commands = captures(tool, buffer, f"{loopback.scratch}/frames")
            compare(loopback, commands, buffer, seconds, int(runs))


def compare(loopback, commands, buffer, seconds, runs):
    results = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(run(loopback, command, seconds))
    for name, measured in results.items():
        rate, captured, lost = (statistics.median(column) for column in zip(*measured))
        share = 100 * lost / max(1, captured + lost)
        print(
            f"| {name} | {buffer >> 20} MiB | {rate:,.0f} | {captured:,.0f} "
            f"| {lost:,.0f} ({share:.2f} %) |",
            flush=True,
        )


if len(sys.argv) not in (2, 3, 4):
    sys.exit(__doc__)
main(*sys.argv[1:])
