"""Writes captures that are hard on a tool which keeps what it should not, or looks at it again.

usage: synthetic.py KIND COUNT > FILE

KIND is one of the functions marked with @kind; COUNT is in the unit that its first line says.
"""

import gzip
import struct
import sys

CLIENT, SERVER = 0x0A000001, 0x0A000002
FIN, SYN, PSH, ACK = 0x01, 0x02, 0x08, 0x10

QUESTION = b"GET /item HTTP/1.1\r\nHost: server\r\nAccept: */*\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n\r\n"
SEGMENT = 1400

kinds = {}


def kind(function):
    kinds[function.__name__] = function
    return function


class Capture:
    """A pcap file of Ethernet frames, 10 µs apart."""

    def __init__(self, file):
        self.file = file
        self.microseconds = 0
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))

    def write(self, source, destination, protocol, payload, identification=0, position=0x4000):
        self.microseconds += 10
        seconds, rest = divmod(self.microseconds, 1_000_000)
        length = 20 + len(payload)
        self.file.write(
            struct.pack("<IIII", seconds, rest, 14 + length, 14 + length)
            + b"\2\0\0\0\0\2\2\0\0\0\0\1\x08\0"
            + struct.pack(
                ">BBHHHBBHII",
                *(0x45, 0, length, identification, position),
                *(64, protocol, 0, source, destination),
            )
            + payload
        )


class Connection:
    """A connection whose ends send what they are told to."""

    def __init__(self, capture, number=0):
        self.capture = capture
        self.client = CLIENT + 16 + number // 50_000
        self.port = 1025 + number % 50_000
        self.asked, self.answered = 99, 199
        self.segment(True, flags=SYN, acknowledged=0)
        self.asked += 1
        self.segment(False, flags=SYN | ACK)
        self.answered += 1
        self.segment(True)

    def segment(self, is_question, payload=b"", flags=ACK, sequence=None, acknowledged=None):
        """Sends a segment, which moves nothing on."""
        ports = (self.port, 8080) if is_question else (8080, self.port)
        own, other = (
            (self.asked, self.answered) if is_question else (self.answered, self.asked)
        )
        header = struct.pack(
            ">HHIIBBHHH",
            *ports,
            (own if sequence is None else sequence) & 0xFFFFFFFF,
            (other if acknowledged is None else acknowledged) & 0xFFFFFFFF,
            *(0x50, flags, 65535, 0, 0),
        )
        ends = (self.client, SERVER) if is_question else (SERVER, self.client)
        self.capture.write(*ends, 6, header + payload)

    def ask(self, payload):
        self.segment(True, payload, PSH | ACK)
        self.asked += len(payload)

    def answer(self, payload):
        self.segment(False, payload, PSH | ACK)
        self.answered += len(payload)


@kind
def exchanges(capture, count):
    """exchanges on one connection"""
    connection = Connection(capture)
    for _ in range(count):
        connection.ask(QUESTION)
        connection.answer(ANSWER)


@kind
def pipelined(capture, count):
    """requests on one connection before the first answer"""
    connection = Connection(capture)
    for _ in range(count // 20):
        connection.ask(QUESTION * 20)
    for _ in range(count // 20):
        connection.answer(ANSWER * 20)


@kind
def content(capture, count):
    """bytes of one response's content"""
    connection = Connection(capture)
    connection.ask(QUESTION)
    connection.answer(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % count)
    piece = b"x" * 65_000
    for start in range(0, count, len(piece)):
        connection.answer(piece[: count - start])


@kind
def bombs(capture, count):
    """answers of a compressed mebibyte each, while another connection's exchange has just ended"""
    content = gzip.compress(b"x" * (1 << 20))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    connection, other = Connection(capture), Connection(capture, 1)
    other.ask(QUESTION)
    other.answer(ANSWER)
    for _ in range(count):
        connection.ask(QUESTION)
        connection.answer(head % len(content) + content)


@kind
def chunks(capture, count):
    """one-byte chunks with extensions in one response"""
    connection = Connection(capture)
    connection.ask(QUESTION)
    connection.answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(count // 150):
        connection.answer(b"1;a\r\nx\r\n" * 150)
    connection.answer(b"0\r\n\r\n")


@kind
def fields(capture, count):
    """field lines in one request"""
    connection = Connection(capture)
    connection.ask(b"GET / HTTP/1.1\r\nHost: server\r\n")
    for _ in range(count // 90):
        connection.ask(b"X-Name: value\r\n" * 90)
    connection.ask(b"\r\n")
    connection.answer(NO_CONTENT)


@kind
def target(capture, count):
    """bytes of one request target"""
    connection = Connection(capture)
    connection.ask(b"GET /")
    for _ in range(count // SEGMENT):
        connection.ask(b"x" * SEGMENT)
    connection.ask(b" HTTP/1.1\r\nHost: server\r\n\r\n")
    connection.answer(NO_CONTENT)


@kind
def interim(capture, count):
    """interim responses before one final response"""
    connection = Connection(capture)
    connection.ask(QUESTION)
    for _ in range(count // 50):
        connection.answer(b"HTTP/1.1 102 Processing\r\n\r\n" * 50)
    connection.answer(NO_CONTENT)


@kind
def open_connections(capture, count):
    """connections that ask and stay open"""
    for number in range(count):
        Connection(capture, number).ask(QUESTION)


@kind
def waiting_connections(capture, count):
    """connections that each wait for a missing segment"""
    for number in range(count):
        connection = Connection(capture, number)
        connection.segment(True, b"x" * 100, sequence=connection.asked + 100)


@kind
def hole(capture, count):
    """bytes that come before the segment in front of them"""
    connection = Connection(capture)
    connection.ask(QUESTION)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % count
    late = connection.answered
    connection.answered += len(head)
    for start in range(0, count, SEGMENT):
        connection.answer(b"x" * min(SEGMENT, count - start))
    connection.segment(False, head, sequence=late)
    connection.segment(True)


@kind
def backwards(capture, count):
    """bytes whose segments come last first, in portions of 2 MB"""
    connection = Connection(capture)
    connection.ask(QUESTION)
    connection.answer(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % count)
    for start in range(0, count, 1500 * SEGMENT):
        portion = range(0, min(1500 * SEGMENT, count - start), SEGMENT)
        begin = connection.answered
        for offset in reversed(portion):
            length = min(SEGMENT, count - start - offset)
            connection.segment(False, b"x" * length, sequence=begin + offset)
            connection.answered += length


@kind
def retransmissions(capture, count):
    """repetitions of one request"""
    connection = Connection(capture)
    for _ in range(count):
        connection.segment(True, QUESTION)
    connection.asked += len(QUESTION)
    connection.answer(NO_CONTENT)


@kind
def holes(capture, count):
    """exchanges of which every second response is missing"""
    connection = Connection(capture)
    for number in range(count):
        connection.ask(QUESTION)
        if number % 2:
            connection.answer(ANSWER)
        else:
            connection.answered += len(ANSWER)


@kind
def lines(capture, count):
    """lines that are no HTTP"""
    connection = Connection(capture)
    for _ in range(count // 700):
        connection.ask(b"x\n" * 700)


@kind
def fragments(capture, count):
    """IP packets of which one piece was captured"""
    for number in range(count):
        source = CLIENT + (number >> 16)
        piece = b"x" * SEGMENT
        capture.write(source, SERVER, 6, piece, number & 0xFFFF, 0x2000 | number % 40 * 175)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in kinds:
        sys.exit(__doc__ + "\n".join(f"  {name:20} {one.__doc__}" for name, one in kinds.items()))
    kinds[sys.argv[1]](Capture(sys.stdout.buffer), int(sys.argv[2]))
