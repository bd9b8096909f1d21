"""Random HTTP/1 conversations and the captures that they make, for checks that know what was sent.

Everything is drawn from the random number generator that is given, so that a seed always makes the
same capture. The messages are well formed, or odd in ways that every recipient puts up with.
"""
import base64
import dataclasses
import ipaddress
import json
import struct
import subprocess

FIN, SYN, PSH, ACK = 1, 2, 8, 16
CLIENT, SERVER = 0, 1
METHODS = ["GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "x-Own!"]
BODYLESS = {204, 304}


@dataclasses.dataclass
class Exchange:
    """What one request and its answer are, and their bytes."""

    method: str
    target: str
    status: int
    sent: bytes
    received: bytes
    request: bytes = b""
    response: bytes = b""


class Writer:
    """Makes messages with one random number generator."""

    def __init__(self, generator, most=4000):
        self.random = generator
        self.most = most

    def chance(self, probability):
        return self.random.random() < probability

    def token(self, most=8):
        letters = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_"
        return "".join(self.random.choice(letters) for _ in range(self.random.randint(1, most)))

    def content(self):
        count = self.random.choice([0, 1, 2, 10, 100, 1000, self.random.randint(0, self.most)])
        return bytes(self.random.getrandbits(8) for _ in range(count))

    def value(self):
        words = [self.token(12) for _ in range(self.random.randint(0, 3))]
        text = self.random.choice([" ", ", ", "; a=", "\t"]).join(words)
        return text + self.random.choice(["", "", "", " grün", ' "q\\"d"'])

    def field(self, name, value):
        """A field line, with any white space that its value may stand in (RFC 9110 section 5.5)."""
        before = self.random.choice(["", " ", " ", " ", "\t", "  \t"])
        after = self.random.choice(["", "", "", " ", "\t"])
        if " " in value and self.chance(0.02):
            # Obsolete, and replaced by spaces (RFC 9112 section 5.2).
            value = value.replace(" ", "\r\n ", 1)
        return f"{name}:{before}{value}{after}"

    def chunked(self, data):
        """The content in chunks of any size, with extensions and a trailer section here and there."""
        wire, place = b"", 0
        while place < len(data):
            size = self.random.choice([1, 2, 5, 100, 1000, self.random.randint(1, len(data))])
            part = data[place:place + size]
            place += len(part)
            length = self.random.choice(["%x", "%X", "%06x"]) % len(part)
            extension = self.random.choice([""] * 6 + [";a", ";a=b", ';a="b;\\"c"', " "])
            wire += f"{length}{extension}\r\n".encode() + part + b"\r\n"
        wire += self.random.choice([b"0", b"000", b"0;last"]) + b"\r\n"
        if self.chance(0.2):
            wire += (self.field("X-Trailer-" + self.token(3), self.value()) + "\r\n").encode()
        return wire + b"\r\n"

    def framed(self, data, is_old=False, may_close=False):
        """Field lines that tell where the content ends, and the content on the wire."""
        kind = self.random.random()
        if may_close and kind < 0.2:
            return [], data
        if is_old or kind < 0.6:
            return [self.field("Content-Length", str(len(data)))], data
        coding = self.random.choice(["chunked", "Chunked"])
        return [self.field("Transfer-Encoding", coding)], self.chunked(data)

    def head(self, start, lines):
        """A header section; a few have bare line feeds, as old programs write them."""
        self.random.shuffle(lines)
        ending = "\n" if self.chance(0.05) else "\r\n"
        return "".join(line + ending for line in [start, *lines, ""]).encode()

    def exchange(self, index, is_last):
        method = self.random.choice(METHODS)
        target = f"/{index}/{self.token()}" + self.random.choice(["", "?a=%20b", "?q=" + self.token()])
        is_old = is_last and self.chance(0.1)
        lines = [self.field("Host", self.token())]
        lines += [self.field("X-" + self.token(), self.value()) for _ in range(self.random.randint(0, 4))]
        sent = wire = b""
        if method in ("POST", "PUT", "PATCH", "PROPFIND") or self.chance(0.05):
            sent = self.content()
            framing, wire = self.framed(sent, is_old)
            lines += framing
        if is_last and self.chance(0.3):
            lines.append(self.field("Connection", self.random.choice(["close", "Close, x"])))
        request = self.head(f"{method} {target} HTTP/1.{0 if is_old else 1}", lines) + wire
        status = self.random.choice([200, 200, 200, 201, 204, 304, 404, 500, 206, 302, 299])
        received, response = self.answer(method, status, is_old, is_last)
        return Exchange(method, target, status, sent, received, request, response)

    def answer(self, method, status, is_old, is_last):
        lines = [self.field("Server", "x")]
        lines += [self.field("X-" + self.token(), self.value()) for _ in range(self.random.randint(0, 3))]
        received = wire = b""
        if status == 304 and self.chance(0.5):
            lines.append(self.field("Content-Length", "77"))
        elif status not in BODYLESS:
            received = self.content()
            framing, wire = self.framed(received, is_old, is_last)
            lines += framing
            if method == "HEAD":
                received = wire = b""
        interim = b""
        if not is_old:
            for _ in range(self.random.choice([0] * 6 + [1, 2])):
                start = self.random.choice(["100 Continue", "102 Processing", "103 Early Hints"])
                interim += self.head("HTTP/1.1 " + start, [self.field("Link", "</x>")])
        reason = self.random.choice(["OK", "", "Not OK at all"])
        return received, interim + self.head(f"HTTP/1.1 {status} {reason}", lines) + wire

    def conversation(self):
        count = self.random.choice([1, 1, 2, 3, 5, 12])
        return [self.exchange(index, index == count - 1) for index in range(count)]


@dataclasses.dataclass
class Frame:
    """One frame: who sends it, where its data stands, and what it is once it has a time."""

    direction: int
    sequence: int
    acknowledgement: int
    flags: int
    data: bytes = b""


class Connection:
    """A TCP connection whose two ends send what a conversation holds."""

    def __init__(self, number, generator):
        self.random = generator
        self.port = 20000 + number
        if generator.random() < 0.2:
            self.addresses = ["2001:db8::%x" % (number + 16), "2001:db8::1"]
        else:
            self.addresses = ["10.1.%d.%d" % divmod(number, 250), "10.200.0.1"]
        self.ports = [self.port, generator.choice([80, 8080, 3000])]
        near_the_end = 0xFFFFFFFF - generator.randrange(3000)
        self.next = [generator.choice([generator.randrange(1 << 32), near_the_end]) for _ in range(2)]
        self.frames = []

    def put(self, direction, flags, data=b"", back=0):
        acknowledgement = self.next[1 - direction] if flags & ACK else 0
        sequence = self.next[direction] - back
        self.frames.append(Frame(direction, sequence, acknowledgement, flags, data))

    def advance(self, direction, count):
        self.next[direction] = (self.next[direction] + count) & 0xFFFFFFFF

    def open(self):
        for direction, flags in ((CLIENT, SYN), (SERVER, SYN | ACK)):
            self.put(direction, flags)
            self.advance(direction, 1)
        self.put(CLIENT, ACK)

    def send(self, direction, data):
        """Sends bytes in segments of any size; some come again, cut in another way."""
        place = 0
        while place < len(data):
            most = self.random.choice([1460, 1460, 1460, 536, 1460, 9, self.random.randint(1, 1460)])
            part = data[place:place + self.random.randint(1, most) if most < 10 else place + most]
            self.put(direction, PSH | ACK, part)
            self.advance(direction, len(part))
            place += len(part)
            if self.random.random() < 0.05:
                start = max(0, place - self.random.randint(1, 2000))
                self.put(direction, PSH | ACK, data[start:place][:1460], back=place - start)
            if self.random.random() < 0.3:
                self.put(1 - direction, ACK)

    def close(self):
        for direction in (SERVER, CLIENT):
            self.put(direction, FIN | ACK)
            self.advance(direction, 1)
        self.put(SERVER, ACK)

    def hold(self, conversation, is_pipelined):
        """The whole connection: requests are sent ahead of their answers, or one after the other."""
        self.open()
        done = 0
        while done < len(conversation):
            count = self.random.choice([1, 1, 1, 2, 5]) if is_pipelined else 1
            group = conversation[done:done + count]
            done += len(group)
            for direction, part in ((CLIENT, "request"), (SERVER, "response")):
                pieces = [getattr(exchange, part) for exchange in group]
                for piece in [b"".join(pieces)] if self.random.random() < 0.5 else pieces:
                    self.send(direction, piece)
        self.close()

    def reorder(self):
        """Has frames behind the handshake and before the end overtake others by up to three places."""
        place, end = 3, len(self.frames) - 3
        while place < end:
            size = min(self.random.randint(1, 4), end - place)
            part = self.frames[place:place + size]
            self.random.shuffle(part)
            self.frames[place:place + size] = part
            place += size

    def bytes(self, frame):
        """The frame on Ethernet; the checksums are 0, as a network card may leave them."""
        source, destination = frame.direction, 1 - frame.direction
        addresses = [ipaddress.ip_address(self.addresses[end]) for end in (source, destination)]
        segment = struct.pack(
            "!HHIIBBHHH", self.ports[source], self.ports[destination],
            frame.sequence & 0xFFFFFFFF, frame.acknowledgement, 0x50, frame.flags, 65535, 0, 0,
        ) + frame.data
        packed = b"".join(address.packed for address in addresses)
        if addresses[0].version == 4:
            head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(segment), 0, 0, 64, 6, 0)
            kind = b"\x08\x00"
        else:
            head = struct.pack("!IHBB", 6 << 28, len(segment), 6, 64)
            kind = b"\x86\xdd"
        return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02" + kind + head + packed + segment


def write(path, connections, generator, loss=0):
    """Writes the frames of all connections, which go on at the same time, as a capture file.

    Of the frames with data this part is left out; the numbers of their connections are returned.
    """
    frames, lossy = [], set()
    for number, connection in enumerate(connections):
        time = generator.random() * len(connections) / 50
        for frame in connection.frames:
            time += generator.random() * 0.001
            if frame.data and generator.random() < loss:
                lossy.add(number)
            else:
                frames.append((time, connection.bytes(frame)))
    frames.sort(key=lambda frame: frame[0])
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for time, data in frames:
            microseconds = 1_700_000_000_000_000 + int(time * 1_000_000)
            stamp = divmod(microseconds, 1_000_000)
            file.write(struct.pack("<IIII", *stamp, len(data), len(data)) + data)
    return lossy


def connections(count, generator, is_pipelined=None, is_reordered=None):
    """So many connections, and the conversation of each; what is None, each decides by itself."""
    writer, made = Writer(generator), []
    for number in range(count):
        conversation = writer.conversation()
        connection = Connection(number, generator)
        ahead, shuffled = generator.random() < 0.5, generator.random() < 0.5
        connection.hold(conversation, ahead if is_pipelined is None else is_pipelined)
        if shuffled if is_reordered is None else is_reordered:
            connection.reorder()
        made.append((connection, conversation))
    return made


def exchanges(tool, path):
    """What `httptrace read` shows, by the client's port, in order."""
    command = [tool, "read", "--format", "json", "--bodies", "all", path]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    shown = {}
    for line in output.splitlines():
        exchange = json.loads(line)
        shown.setdefault(exchange["client"]["port"], []).append(exchange)
    for found in shown.values():
        found.sort(key=lambda exchange: exchange["index"])
    return shown


def content(message):
    """The content that is shown of a message."""
    text = message.get("body", "")
    is_encoded = message.get("bodyEncoding") == "base64"
    return base64.b64decode(text) if is_encoded else text.encode()
