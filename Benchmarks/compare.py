"""Measures httptrace beside its peers on the captures of make-captures.sh; writes Markdown.

usage: compare.py HTTPTRACE CAPTURES [RUNS]

The commands take turns, so that what else the machine does hits all of them; each is measured RUNS
times (5), the slow ones once. A first run of each, which is not measured, warms the page cache.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import CommandFailed, machine, measure, median

NAMES = ["small", "large", "conns", "lossy"]
HERE = Path(__file__).parent


def compile_walker(directory):
    """The C program that only reads a capture and walks its records."""
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        return None
    program = Path(directory) / "walk"
    subprocess.run([compiler, "-O2", "-o", program, HERE / "walk.c"], check=True)
    return str(program)


def commands(tool, walker, capture, scratch):
    """The commands by what the table calls them, and whether they are slow."""
    read = [tool, "read", str(capture)]
    peers = {
        "`httptrace --format json`": ([*read, "--format", "json"], False),
        "`httptrace --format json --threads 1`": (
            [*read, "--format", "json", "--threads", "1"],
            False,
        ),
        "`httptrace --format list`": ([*read, "--format", "list"], False),
        "`httptrace --format pairs`": ([*read, "--format", "pairs"], False),
        "`cat`": (["cat", str(capture)], False),
    }
    if walker:
        peers["walk.c: reads the records"] = ([walker, str(capture)], False)
    if shutil.which("tcpdump"):
        peers["`tcpdump -w /dev/null`"] = (
            ["tcpdump", "-r", str(capture), "-w", "/dev/null"],
            False,
        )
    if shutil.which("tcpflow"):
        peers["`tcpflow`"] = (["tcpflow", "-r", str(capture), "-o", scratch], True)
    if shutil.which("httpry"):
        peers["`httpry`"] = (["httpry", "-q", "-r", str(capture), "-o", "/dev/null"], True)
    if shutil.which("tshark"):
        fields = ["-e", "http.request.method", "-e", "http.response.code"]
        peers["`tshark -Y http -T fields`"] = (
            ["tshark", "-r", str(capture), "-Y", "http", "-T", "fields", *fields],
            True,
        )
    return peers


def exchanges_found(tool, capture):
    """How many exchanges have a request and a response, both complete; how many there are."""
    process = subprocess.Popen(
        [tool, "read", str(capture), "--format", "json"], stdout=subprocess.PIPE
    )
    whole = total = 0
    for line in process.stdout:
        exchange = json.loads(line)
        total += 1
        messages = (exchange["request"], exchange["response"])
        whole += all(message and message["complete"] for message in messages)
    process.wait()
    return whole, total


def truth(capture):
    """What the server logged."""
    lines = capture.with_suffix(".truth").read_text().split()
    return dict(line.split("=", 1) for line in lines)


def memory_text(memory):
    """The memory of a command; what a forked process of Python takes hides what is less."""
    floor = measure(["true"]).memory
    return f"{memory:.0f}" if memory > floor + 1 else f"< {floor + 1:.0f}"


def measure_capture(tool, walker, capture, runs):
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        peers = commands(tool, walker, capture, scratch)
        for turn in range(runs + 1):
            for name, (command, is_slow) in peers.items():
                if is_slow and turn > 0:
                    continue
                try:
                    result = measure(command)
                except CommandFailed as failure:
                    print(failure, file=sys.stderr)
                    continue
                if is_slow or turn > 0:
                    results.setdefault(name, []).append(result)
                if is_slow:
                    shutil.rmtree(scratch)
                    os.mkdir(scratch)
    return {name: median(results[name]) for name in peers if name in results}


def report(tool, capture, results):
    logged = truth(capture)
    whole, total = exchanges_found(tool, capture)
    size = capture.stat().st_size / 1e6
    print(f"\n### {capture.stem}: {size:.0f} MB, {int(logged['packets']):,} frames\n")
    print(f"The server logged {int(logged['requests']):,} requests; ", end="")
    print(f"{total:,} exchanges were found, {whole:,} of them complete.\n")
    base = results.get("`tcpdump -w /dev/null`")
    print("| command | wall s | CPU s | wall ÷ tcpdump | CPU ÷ tcpdump | MiB |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, result in results.items():
        cells = [name, f"{result.wall:.3f}", f"{result.cpu:.3f}"]
        if base:
            cells += [f"{result.wall / base.wall:.2f}", f"{result.cpu / base.cpu:.2f}"]
        else:
            cells += ["", ""]
        print("|", " | ".join([*cells, memory_text(result.memory)]), "|")
    sys.stdout.flush()


def main(tool, directory, runs=5):
    print(f"{machine()}; medians of {runs} alternating runs, of the slow commands one run.")
    with tempfile.TemporaryDirectory() as built:
        walker = compile_walker(built)
        for name in NAMES:
            capture = Path(directory) / f"{name}.pcap"
            if capture.exists():
                report(tool, capture, measure_capture(tool, walker, capture, int(runs)))


if len(sys.argv) not in (3, 4):
    sys.exit(__doc__)
main(*sys.argv[1:])
