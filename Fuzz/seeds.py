#!/usr/bin/env python3
"""Inputs to begin with, one folder a target, made of what captures and transcripts are at hand.

seeds.py OUT CAPTURES...    CAPTURES are files, or folders that are searched
"""
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.join(HERE, "..", "Tests")
# Longer files teach a fuzzer nothing that shorter ones do not, and each try takes longer.
LONGEST = 1 << 16
FRAMES_OF_ONE_CAPTURE = 12


def write(out, target, name, data):
    folder = os.path.join(out, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def files(places):
    for place in places:
        if os.path.isfile(place):
            yield place
        for folder, _, names in sorted(os.walk(place)):
            yield from (os.path.join(folder, name) for name in sorted(names))


def frames(data):
    """The first frames of a classic pcap file, each behind its link type; none of another file."""
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<"}.get(data[:4], ">")
    if data[:4] not in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\xa1\xb2\x3c\x4d"):
        return
    if len(data) < 24:
        return
    link_type = struct.unpack(order + "I", data[20:24])[0] & 0xFFFF
    place = 24
    for _ in range(FRAMES_OF_ONE_CAPTURE):
        if place + 16 > len(data):
            return
        length = struct.unpack(order + "I", data[place + 8 : place + 12])[0]
        yield struct.pack(">H", link_type) + data[place + 16 : place + 16 + length]
        place += 16 + length


def messages(text):
    """The bytes of a transcript, turn by turn, behind three bytes that have nothing interrupted."""
    turns, last = [], None
    for line in text.splitlines():
        side, mark, rest = line[:1], line[1:3], line[3:]
        if side not in "CS" or mark != ": ":
            continue
        data = rest.encode().decode("unicode_escape").encode("latin-1", "replace")
        if side == last:
            turns[-1] += data
        else:
            turns.append(data)
            first = side if last is None else first
            last = side
    return bytes([first == "S", 0, 0]) + b"\xff".join(turns) if turns else None


def main():
    out, places = sys.argv[1], sys.argv[2:]
    for path in files(places):
        with open(path, "rb") as file:
            data = file.read()
        name = path.replace("/", "_").strip("._")
        if path.endswith((".expect", ".script")):
            write(out, "expectations" if path.endswith(".expect") else "scripts", name, data)
        if ".pcap" not in path or len(data) > LONGEST:
            continue
        write(out, "files", name, data)
        write(out, "pipeline", name, data)
        for number, frame in enumerate(frames(data)):
            write(out, "frames", f"{name}-{number}", frame)
    for path in files([os.path.join(TESTS, "Transcripts")]):
        with open(path, encoding="utf-8") as file:
            data = messages(file.read())
        name = os.path.basename(path)
        if data:
            write(out, "messages", name, data)
    # A handshake, a segment each way, and an orderly close.
    segments = [
        (0, 0, 0, 2, 0, 9, 1), (1, 0, 1, 18, 0, 9, 1), (0, 1, 1, 16, 0, 9, 1),
        (0, 1, 1, 24, 30, 9, 1), (1, 1, 31, 24, 40, 9, 1), (0, 31, 41, 17, 0, 9, 1),
        (1, 41, 32, 17, 0, 9, 1), (0, 32, 42, 16, 0, 9, 1),
    ]
    write(out, "segments", "conversation", bytes(sum(segments, ())))
    import gzip, zlib

    text = b'{"a": [1, "b", {"c": null}]}'
    form = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--b--\r\n"
    for number, data in enumerate((
        b"\1\2" + gzip.compress(text), b"\2\2" + zlib.compress(text), b"\0\2" + text,
        b"\0\4a=1&b=%20c+d", b"\0\5" + form, b"\0\1plain text", b"\0\3a\0b\0",
        b"\0\x0a<meta charset=gbk><p>\xd6\xd0", b"\0\x0b@charset \"koi8-r\";\xc1",
        b"\0\x0c<?xml version='1.0' encoding='big5'?><a>\xa4\xa4</a>",
        b"\0\x0d\x1e{}\n\x1e[1]\n", b"\0\2)]}',\n{}\n[]", b"\1\2" + gzip.compress(text) * 2,
        b"\0\x0e" + form, b"\0\x0f\x81\x30\x81\x30\x80", b"\0\x10\x88\x62",
        b"\0\x11\x93\xfa\xb1", b"\0\x12\x8f\xa2\xaf\xc6\xfc", b"\0\x13\xb0\xa1\xc9\xa1",
        b"\0\x14\x1b$BF|\x1b(BA", b"\0\x15[\"a\xd2\"]", b"\0\x16\xe1\xd2\xae",
        b"\1\1" + gzip.compress(text)[:-8], b"\1\1" + gzip.compress(text) + b"rest",
    )):
        write(out, "content", str(number), data)
    script = (
        b"# all there is\n> GET / HTTP/1.1\\r\\n\n> \\r\\n\ncut\npause 50ms\ndrip 1 100ms\n> abc\n"
        b"fill 10 x\n< HTTP/1.1 200 OK\\r\\n\nexpect until \\r\\n\\r\\n\nexpect response\n"
        b"expect 57 bytes\nloop\nexpect anything\nexpect silence 200ms\nagain 3\nexpect end\n"
        b"half-close\nclose\nconnection\nexpect reset\nreset\n"
    )
    write(out, "scripts", "script", script)


main()
