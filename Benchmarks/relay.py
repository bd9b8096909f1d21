"""Forwards frames between two network devices and loses, repeats or delays some.

usage: relay.py DEVICE DEVICE PROBABILITY SECONDS COUNTS

Each of the three happens with the probability given; what happened is written to the file COUNTS.
It stands in for tc's netem, which many kernels are built without.
"""

import random
import select
import socket
import sys
import time

RECEIVE_BUFFER_FORCE = 33  # SO_RCVBUFFORCE
PACKET = 263  # SOL_PACKET
IGNORE_OUTGOING = 23  # PACKET_IGNORE_OUTGOING: what is sent here is not forwarded back
ALL_PROTOCOLS = 3  # ETH_P_ALL


def open_device(name):
    device = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    device.bind((name, 0))
    device.setsockopt(socket.SOL_SOCKET, RECEIVE_BUFFER_FORCE, 1 << 26)
    device.setsockopt(PACKET, IGNORE_OUTGOING, 1)
    device.setblocking(False)
    return device


def main(first, second, probability, seconds, counts_path):
    devices = [open_device(first), open_device(second)]
    delayed = [[], []]
    counts = dict(seen=0, lost=0, repeated=0, delayed=0)
    chance = random.Random(20240)
    poll = select.poll()
    for device in devices:
        poll.register(device, select.POLLIN)

    def send(device, frame):
        try:
            device.send(frame)
        except OSError:
            counts["lost"] += 1

    def forward(side, frame):
        counts["seen"] += 1
        target = devices[1 - side]
        if len(frame) > 60 and frame[12:14] == b"\x08\x00":
            drawn = chance.random() / probability
            if drawn < 1:
                counts["lost"] += 1
                return
            if drawn < 2:
                counts["repeated"] += 1
                send(target, frame)
            elif drawn < 3:
                counts["delayed"] += 1
                delayed[side].append((time.monotonic() + chance.uniform(0.0003, 0.003), frame))
                return
        send(target, frame)

    end = time.monotonic() + seconds
    written = 0
    while (now := time.monotonic()) < end:
        poll.poll(1)
        for side in (0, 1):
            for _ in range(64):
                try:
                    forward(side, devices[side].recv(2048))
                except BlockingIOError:
                    break
                except OSError:
                    return
            while delayed[side] and delayed[side][0][0] <= now:
                send(devices[1 - side], delayed[side].pop(0)[1])
        if now - written > 1:
            written = now
            with open(counts_path, "w") as file:
                file.writelines(f"relay_{name}={count}\n" for name, count in counts.items())


main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
