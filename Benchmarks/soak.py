"""Captures under load for minutes and looks whether memory stays flat; writes Markdown and a graph.

usage: soak.py HTTPTRACE MINUTES GRAPH

In a network namespace of its own, wrk asks nginx over loopback as fast as it can for MINUTES while
`httptrace capture --format json` looks on, then once more while it keeps the frames with -w too.
Every second its resident memory is looked at (VmRSS of /proc/PID/status). GRAPH is the SVG file that
gets the curves. All of it shares the same processors. Needs root, iproute2, nginx, wrk and util-linux.

What is captured is more than a disk has to hold, so the blocks of the file of -w are given back while
it grows. The output goes through a pipe to tail, which throws it away but for its last line: the
summary.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from loopback import Loopback
from measure import machine

# By how much the median of the last quarter may lie above that of the second, where memory is said
# to be flat. The first quarter is left out: pools and buffers find their size in it.
TOLERANCE = 0.02
# The end of a growing file that is left alone when its blocks are given back.
KEPT = 16 << 20


@dataclass
class Soak:
    """What came of one capture."""

    name: str
    memory: list = field(default_factory=list)  # MiB, a sample a second
    wall: float = 0  # seconds
    written: int = 0  # bytes
    sent: int = 0  # requests that wrk counted
    answered: int = 0  # requests that nginx counted
    summary: dict = field(default_factory=dict)

    def quarter(self, number):
        """The median of a quarter of the samples, counted from 1."""
        count = len(self.memory)
        part = self.memory[count * (number - 1) // 4:count * number // 4]
        return statistics.median(part or self.memory)

    @property
    def growth(self):
        return self.quarter(4) / self.quarter(2) - 1


def resident(process):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(f"{process.args} has ended")


def give_back(file):
    """Gives back the blocks of what was written; answers how much that is by now."""
    size = file.stat().st_size if file.exists() else 0
    if size > KEPT:
        length = (size - KEPT) & -4096
        subprocess.run(
            ["fallocate", "--punch-hole", "--offset", "0", "--length", str(length), str(file)],
            check=True,
        )
    return size


def soak(loopback, tool, name, options, seconds):
    result = Soak(name)
    file = Path(loopback.scratch) / "frames.pcapng"
    options = [str(file) if option == "FILE" else option for option in options]
    reading, writing = os.pipe()
    tail = subprocess.Popen(
        ["tail", "-n", "1"], stdin=reading, stdout=subprocess.PIPE, text=True
    )
    capture = subprocess.Popen(
        loopback.inside(tool, "capture", "--format", "json", "--summary",
                        "-f", "tcp port 8080", *options),
        stdout=writing, stderr=subprocess.PIPE, text=True,
    )
    os.close(reading)
    os.close(writing)
    try:
        time.sleep(1)
        watch(loopback, result, capture, file, seconds)
        time.sleep(0.5)
    finally:
        capture.send_signal(signal.SIGINT)
        # tail first: the capture writes its last lines while it ends.
        last, _ = tail.communicate(timeout=120)
        _, words = capture.communicate(timeout=120)
    if capture.returncode != 0:
        sys.exit(f"{name} ended with {capture.returncode}: {words}")
    result.summary = json.loads(last)
    file.unlink(missing_ok=True)
    return result


def watch(loopback, result, capture, file, seconds):
    """Looks at a capture once a second while wrk runs."""
    before = loopback.answered()
    begin = time.monotonic()
    load = loopback.start_load(seconds)
    while load.poll() is None and capture.poll() is None:
        result.memory.append(resident(capture))
        result.written = give_back(file)
        # The next full second, whatever this one's work took.
        time.sleep(1 - (time.monotonic() - begin) % 1)
    result.wall = time.monotonic() - begin
    result.sent = loopback.load_of(load).requests
    result.answered = loopback.answered() - before


def losses(counts):
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items()) or "none"


def print_table(results):
    print("| command | MiB at first | median | at last | most | frames | lost frames "
          "| requests that wrk / nginx counted | exchanges found |")
    print("|---|---:|---:|---:|---:|---:|---|---:|---:|")
    for result in results:
        memory, summary = result.memory, result.summary
        figures = (memory[0], statistics.median(memory), memory[-1], max(memory))
        print(
            f"| {result.name} | " + " | ".join(f"{figure:.1f}" for figure in figures)
            + f" | {summary['frames']:,} | {losses(summary['lostFrames'])} "
            f"| {result.sent:,} / {result.answered:,} | {summary['exchanges']:,} |"
        )


def print_verdicts(results):
    for result in results:
        verdict = "is flat" if result.growth <= TOLERANCE else "GROWS"
        print(
            f"- {result.name}: memory {verdict}. The median of the last quarter is "
            f"{result.quarter(4):.1f} MiB, of the second {result.quarter(2):.1f} "
            f"({100 * result.growth:+.1f} %, where up to {100 * TOLERANCE:+.0f} % is flat); "
            f"{result.answered / result.wall:,.0f} requests a second for {result.wall:.0f} s"
            + (f", {result.written / 1e9:.1f} GB written" if result.written else "") + "."
        )


# The graph's size, and the space around the curves, in pixels.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 280, 50, 15, 35, 40
COLOURS = ["#0072b2", "#d55e00"]
# No more points than this for a curve: each is the median of the samples that it stands for.
POINTS = 200


def graph(results):
    """The curves of memory over time, as SVG."""
    seconds = max(len(result.memory) for result in results)
    highest = max(max(result.memory) for result in results)
    step = next(step for step in (5, 10, 20, 50, 100, 200, 500, 1000) if highest / step <= 8)
    top = step * (int(highest / step) + 1)

    def x(second):
        return LEFT + (WIDTH - LEFT - RIGHT) * second / seconds

    def y(memory):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * memory / top

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for memory in range(0, top + 1, step):
        lines.append(
            f'<path d="M{LEFT} {y(memory):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y(memory) + 4:.1f}" text-anchor="end">{memory}</text>'
        )
    for tenth in range(0, 11):
        second = seconds * tenth / 10
        lines.append(
            f'<text x="{x(second):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{second:.0f}</text>"
        )
    lines.append(
        f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 6}" text-anchor="middle">seconds</text>'
        f'<text x="{LEFT - 6}" y="{TOP - 14}" text-anchor="end">MiB</text>'
    )
    for number, result in enumerate(results):
        colour = COLOURS[number % len(COLOURS)]
        width = max(1, -(-len(result.memory) // POINTS))
        points = [
            f"{x(start + width / 2):.1f},{y(statistics.median(part)):.1f}"
            for start in range(0, len(result.memory), width)
            if (part := result.memory[start:start + width])
        ]
        lines.append(
            f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" '
            'stroke-width="1.5"/>'
            f'<text x="{LEFT + 10 + 340 * number}" y="{TOP - 14}" fill="{colour}">'
            f'{result.name.strip("`")}</text>'
        )
    return "\n".join(lines + ["</svg>", ""])


def main(tool, minutes, svg):
    seconds = max(1, round(float(minutes) * 60))
    runs = {
        "`httptrace capture --format json`": [],
        "`httptrace capture --format json -w FILE`": ["-w", "FILE"],
    }
    with Loopback() as loopback:
        results = [
            soak(loopback, tool, name, options, seconds) for name, options in runs.items()
        ]
    print(f"{machine()}; {seconds} s each, one after the other\n")
    print_table(results)
    print()
    print_verdicts(results)
    Path(svg).write_text(graph(results))


if len(sys.argv) != 4:
    sys.exit(__doc__)
main(*sys.argv[1:])
