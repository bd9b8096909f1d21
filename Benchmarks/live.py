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
import tempfile
import time
from pathlib import Path

from measure import machine

HERE = Path(__file__).parent
NAMESPACE = f"httptrace-live-{os.getpid()}"
ADDRESS = "127.0.0.1:8080"
BUFFERS = [64 << 20, 4 << 20]

CONFIGURATION = """
pid {scratch}/nginx.pid; error_log {scratch}/error.log; worker_processes 1; daemon on; user root;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000;
    server {{
        listen {address};
        location / {{ return 200 "{content}"; }}
    }}
}}
"""


def inside(*command):
    return ["ip", "netns", "exec", NAMESPACE, *command]


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


def run(command, seconds):
    """Captures while wrk runs; answers requests a second, frames captured, frames lost."""
    with open(os.devnull, "wb") as nowhere:
        capture = subprocess.Popen(
            inside(*command), stdout=nowhere, stderr=subprocess.PIPE, text=True
        )
        time.sleep(1)
        load = subprocess.run(
            inside("wrk", "-t1", "-c64", f"-d{seconds}s", f"http://{ADDRESS}/"),
            capture_output=True, text=True, check=True,
        )
        time.sleep(0.5)
        capture.send_signal(signal.SIGINT)
        _, words = capture.communicate(timeout=120)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", load.stdout)[1])
    return rate, *losses(words)


def start_server(scratch):
    subprocess.run(["ip", "netns", "add", NAMESPACE], check=True)
    subprocess.run(inside("ip", "link", "set", "lo", "up"), check=True)
    configuration = Path(scratch) / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(scratch=scratch, address=ADDRESS, content="x" * 180)
    )
    subprocess.run(inside("nginx", "-c", str(configuration), "-p", scratch), check=True)


def main(tool, seconds=5, runs=3):
    print(f"{machine()}; medians of {runs} alternating runs of {seconds} s\n")
    print("| command | kernel buffer | requests/s meanwhile | frames captured | lost |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            start_server(scratch)
            for buffer in BUFFERS:
                compare(captures(tool, buffer, f"{scratch}/frames"), buffer, seconds, int(runs))
        finally:
            if (pid := Path(scratch) / "nginx.pid").exists():
                os.kill(int(pid.read_text()), signal.SIGQUIT)
            subprocess.run(["ip", "netns", "del", NAMESPACE], check=False)


def compare(commands, buffer, seconds, runs):
    results = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(run(command, seconds))
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
