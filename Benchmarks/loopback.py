"""nginx on the loopback of a network namespace of its own, and wrk that asks it as fast as it can."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = """
pid {scratch}/nginx.pid; error_log {scratch}/error.log; worker_processes 1; daemon on; user root;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000;
    server {{
        listen {address};
        location / {{ return 200 "{content}"; }}
    }}
    server {{
        listen {counter};
        location / {{ stub_status; }}
    }}
}}
"""

FETCH = """
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).read().decode())
"""


@dataclass
class Load:
    """What wrk says at its end."""

    requests: int
    rate: float  # requests a second


class Loopback:
    """The namespace with its server, for as long as a `with` block lasts."""

    ADDRESS = "127.0.0.1:8080"
    # Another port: who counts with it is not seen by a capture of the first.
    COUNTER = "127.0.0.1:8081"
    CONNECTIONS = 64

    def __init__(self):
        self.namespace = f"httptrace-loopback-{os.getpid()}"
        self.folder = tempfile.TemporaryDirectory(dir="/var/tmp")
        self.scratch = self.folder.name
        self.asked = 0

    def __enter__(self):
        subprocess.run(["ip", "netns", "add", self.namespace], check=True)
        try:
            self.start_server()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if (pid := Path(self.scratch) / "nginx.pid").exists():
            os.kill(int(pid.read_text()), signal.SIGQUIT)
        subprocess.run(["ip", "netns", "del", self.namespace], check=False)
        self.folder.cleanup()

    def start_server(self):
        subprocess.run(self.inside("ip", "link", "set", "lo", "up"), check=True)
        configuration = Path(self.scratch) / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(
                scratch=self.scratch, address=self.ADDRESS, counter=self.COUNTER, content="x" * 180
            )
        )
        subprocess.run(self.inside("nginx", "-c", str(configuration), "-p", self.scratch), check=True)

    def inside(self, *command):
        """The command as it is run in the namespace, in whose place it runs."""
        return ["ip", "netns", "exec", self.namespace, *command]

    def start_load(self, seconds):
        """Starts wrk; `load_of` waits for its end."""
        return subprocess.Popen(
            self.inside(
                "wrk", "-t1", f"-c{self.CONNECTIONS}", f"-d{seconds}s", f"http://{self.ADDRESS}/"
            ),
            stdout=subprocess.PIPE, text=True,
        )

    @staticmethod
    def load_of(process):
        words, _ = process.communicate()
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, process.args)
        return Load(
            int(re.search(r"(\d+) requests in", words)[1]),
            float(re.search(r"Requests/sec:\s+([\d.]+)", words)[1]),
        )

    def answered(self):
        """How many requests nginx has answered so far, besides those that asked it for this."""
        self.asked += 1
        page = subprocess.run(
            self.inside(sys.executable, "-c", FETCH, f"http://{self.COUNTER}/"),
            capture_output=True, text=True, check=True,
        ).stdout
        return int(re.search(r"^\s*\d+ \d+ (\d+)", page, re.MULTILINE)[1]) - self.asked
