#!/usr/bin/env python3
"""HTTP servers side by side under wrk: servers.py HTTPTRACE-SERVER [RUNS [SECONDS]]

All serve the same file on loopback, and are measured one after the other, again and again: machines
that are used for other things too change their speed from one minute to the next, so that only
ratios within one round mean something. Prints tables in Markdown: medians of requests a second and
of CPU time a request, the latter from /proc, and the ratio to nginx, whose median is taken over the
rounds. At the end the server answers a million requests, and its memory is looked at.

nginx has as many workers as there are processors. Hummingbird is measured where it has been built:
    swift build -c release --package-path Benchmarks/HummingbirdServer
"""
import os, re, socket, statistics, subprocess, sys, tempfile, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
HUMMINGBIRD = f"{HERE}/HummingbirdServer/.build/release/hummingbird-server"
CORES = os.cpu_count()
NGINX = """
daemon off; worker_processes %d; pid %s/pid; error_log %s/log;
events { worker_connections 10000; }
http {
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    types { text/plain txt; }
    client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f;
    uwsgi_temp_path %s/u; scgi_temp_path %s/s;
    server { listen 127.0.0.1:%d; root %s; }
}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    def __init__(self, name, command, port):
        self.name, self.port = name, port
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.rounds = []

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def wait(self, name, content):
        for _ in range(200):
            try:
                assert urllib.request.urlopen(self.url(name)).read() == content, self.name
                return
            except OSError:
                time.sleep(0.05)
        sys.exit(f"{self.name} does not answer")

    def processes(self):
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        return [self.process.pid] + [int(child) for child in open(children).read().split()]

    def cpu(self):
        """Seconds of processor time so far."""
        ticks = 0
        for process in self.processes():
            fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident memory in MiB."""
        text = "".join(open(f"/proc/{process}/status").read() for process in self.processes())
        return sum(int(size) for size in re.findall(r"VmRSS:\s+(\d+)", text)) / 1024

    def run(self, name, connections, seconds):
        before = self.cpu()
        command = ["wrk", f"-c{connections}", f"-t{CORES}", f"-d{seconds}", self.url(name)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            print(f"{self.name}: {output}", file=sys.stderr)
        count = int(re.search(r"(\d+) requests in", output)[1])
        rate = float(re.search(r"Requests/sec:\s+(\S+)", output)[1])
        self.rounds.append((rate, (self.cpu() - before) / max(count, 1) * 1e6))
        return count


def start(tool, folder, servers):
    """Adds the running servers to `servers`, also where one of them does not answer."""
    root = f"{folder}/root"
    files = {"index.txt": 1024, "large.txt": 1 << 20}
    os.mkdir(root)
    for name, size in files.items():
        with open(f"{root}/{name}", "wb") as file:
            file.write(b"0123456789abcde\n" * (size // 16))
    ports = [free_port() for _ in range(5)]
    with open(f"{folder}/nginx.conf", "w") as file:
        file.write(NGINX % (CORES, folder, folder, *[folder] * 5, ports[1], root))
    options = ["--root", root, "--port"]
    servers += [
        Server("httptrace-server", [tool, *options, str(ports[0]), "--no-request-log"], ports[0]),
        Server("httptrace-server with its log", [tool, *options, str(ports[4])], ports[4]),
        Server("nginx", ["nginx", "-c", f"{folder}/nginx.conf"], ports[1]),
        Server("python3 -m http.server",
               [sys.executable, "-m", "http.server", str(ports[3]), "-b", "127.0.0.1", "-d", root,
                "-p", "HTTP/1.1"], ports[3]),
    ]
    if os.access(HUMMINGBIRD, os.X_OK):
        servers.insert(3, Server("Hummingbird, from memory",
                                 [HUMMINGBIRD, f"{root}/index.txt", str(ports[2])], ports[2]))
    for server in servers:
        server.wait("index.txt", open(f"{root}/index.txt", "rb").read())


def measure(servers, name, connections, runs, seconds):
    for server in servers:
        server.rounds = []
        server.run(name, connections, 1)
        server.rounds = []
    for _ in range(runs):
        for server in servers:
            server.run(name, connections, seconds)
    nginx = next(server for server in servers if server.name == "nginx")
    print("| server | requests a second | of nginx | CPU µs a request | of nginx | MiB |")
    print("|---|--:|--:|--:|--:|--:|")
    for server in servers:
        pairs = list(zip(server.rounds, nginx.rounds))
        rate = statistics.median(own[0] for own, _ in pairs)
        cpu = statistics.median(own[1] for own, _ in pairs)
        rate_ratio = statistics.median(own[0] / other[0] for own, other in pairs)
        cpu_ratio = statistics.median(own[1] / other[1] for own, other in pairs)
        print(f"| {server.name} | {rate:,.0f} | {rate_ratio:.2f} | {cpu:.1f} | {cpu_ratio:.2f} "
              f"| {server.memory():.0f} |")
    print(flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    with tempfile.TemporaryDirectory() as folder:
        # The workers of nginx run as another user.
        os.chmod(folder, 0o755)
        servers = []
        try:
            start(sys.argv[1], folder, servers)
            # The cache takes what has not changed for some seconds.
            time.sleep(5)
            print(f"1 KB file, keep-alive, 64 connections, {CORES} processors\n")
            measure(servers, "index.txt", 64, runs, seconds)
            print("1 MB file, keep-alive, 64 connections\n")
            files = [server for server in servers if "Hummingbird" not in server.name]
            measure(files, "large.txt", 64, max(1, runs // 2), seconds)
            own, count = servers[0], 0
            print("A million requests\n\n| requests | MiB |\n|--:|--:|")
            while count < 1_000_000:
                print(f"| {count:,} | {own.memory():.1f} |", flush=True)
                count += own.run("index.txt", 64, 4)
            print(f"| {count:,} | {own.memory():.1f} |")
        finally:
            for server in servers:
                server.process.terminate()
            for server in servers:
                server.process.wait()


main()
