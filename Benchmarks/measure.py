"""Runs commands and measures them."""

import os
import resource
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Measurement:
    """What a run of a command took."""

    wall: float  # seconds
    cpu: float  # seconds of all threads, in user mode and in the kernel
    memory: float  # the most that was resident, in MiB; at least what a process of Python takes


class CommandFailed(Exception):
    """A command did not end as it should."""


def measure(command, limit=None):
    """Runs a command with its output to /dev/null.

    `limit` seconds of CPU time are the most that it gets.
    """

    def limit_time():
        if limit:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

    begin = time.monotonic()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(
            command, stdout=nowhere, stderr=subprocess.DEVNULL, preexec_fn=limit_time
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise CommandFailed(f"{command[0]} ended with {process.returncode}")
    return Measurement(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(measurements):
    """The median of each figure; of the memory the largest."""
    return Measurement(
        statistics.median(one.wall for one in measurements),
        statistics.median(one.cpu for one in measurements),
        max(one.memory for one in measurements),
    )


def machine():
    """Says in a line what this runs on."""
    model = "unknown processor"
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{model}, {os.cpu_count()} cores, Linux {os.uname().release}"
