#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the channels, messages and events of a Forkscope recording. usage: read_recording.py FILE"""
import struct
import sys

PEN = 32473
PDU_TAGS = b"\x00\x0c\x00\x04data\x00\x00\x00\x00"
SLOT = 4 * 1024 * 1024
EVENTS = ["LaunchRequested", "StartFailed", "ProcessStarted", "ProcessExecuted", "ProcessExited", "ProcessesSampled",
          "ChannelOpened", "ChannelClosed", "PayloadLost", "SignalSent", "TerminalResized", "Redacted", "ChannelsSampled", "TrafficLost",
          "PoolOpened", "PoolChanged", "PoolWorkerStarted", "PoolWorkerEnded", "TasksQueued", "TasksStarted", "TasksEnded", "TasksMoved",
          "ChannelEnds", "Intervened"]
OPERATIONS = {3: "put", 4: "get", 5: "send", 6: "receive"}


def cbor(data, at=0):
    """The CBOR item at this place, and where it ends. What Forkscope writes: integers, strings, arrays, maps, true, false."""
    major, value = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[value], at
    if value >= 24:
        size = 1 << (value - 24)
        value = int.from_bytes(data[at:at + size], "big")
        at += size
    if major == 0:
        return value, at
    if major == 1:
        return -1 - value, at
    if major in (2, 3):
        content = bytes(data[at:at + value])
        return (content if major == 2 else content.decode()), at + value
    items = []
    for _ in range(value * (2 if major == 5 else 1)):
        item, at = cbor(data, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


def options(data):
    """The options (code, value) of a block; of a custom one of ours the value is what follows the enterprise number."""
    at = 0
    while at + 4 <= len(data):
        code, length = struct.unpack_from("<HH", data, at)
        if code == 0:
            return
        value = data[at + 4:at + 4 + length]
        at += 4 + (length + 3) // 4 * 4
        if code != 2989:
            yield code, value
        elif value[:4] == struct.pack("<I", PEN):
            yield code, value[4:]


def blocks(file):
    """Type and content (without header and trailer) of each block. After damage the next slot goes on."""
    at = 0
    while at + 12 <= len(file):
        kind, length = struct.unpack_from("<II", file, at)
        if length < 12 or length % 4 or at + length > len(file):
            at = (at // SLOT + 1) * SLOT
            continue
        yield kind, file[at + 8:at + length - 4]
        at += length


def main(path):
    with open(path, "rb") as opened:
        file = opened.read()
    if file[:4] != b"\n\r\r\n" or file[8:12] != b"\x4d\x3c\x2b\x1a":
        sys.exit("not a pcapng file in little-endian order")
    channels, records = {}, {}
    for kind, body in blocks(file):
        if kind == 1:  # interface: one for each channel
            for code, value in options(body[8:]):
                if code == 2989 and any(value):
                    channel = cbor(value)[0]
                    channels[channel["id"]] = channel
        elif kind == 0xBAD and body[:8] == struct.pack("<I", PEN) + b"FKEV":
            _, event, number, time, length, _ = struct.unpack_from("<IIQqII", body, 8)
            records[number] = time, "event", event, cbor(body[40:40 + length])[0]
            if event == 7:  # a channel without an interface of its own
                channels[records[number][3]["id"]] = records[number][3]
        elif kind == 6:
            _, high, low, captured, _ = struct.unpack_from("<IIIII", body)
            for code, value in options(body[20 + (captured + 3) // 4 * 4:]):
                if code == 2989:
                    _, operation, channel, pid, _, _, _, number = struct.unpack_from("<HHIiiiIQ", value)
                    payload = body[20:20 + captured].removeprefix(PDU_TAGS)
                    if len(value) >= 56 + 32:  # of a queue or connection
                        sequence, size, waited, depth = struct.unpack_from("<QQqI", value, 56)
                        payload = f"{OPERATIONS.get(operation)} {sequence} by {pid}: {size} bytes, waited {waited} ns, depth {depth} {payload}"
                    records[number] = high << 32 | low, "message", channel, payload
    for number, channel in sorted(channels.items()):
        print(f"channel {number} {channel['name'].decode(errors='replace')}")
    for number, (time, what, which, content) in sorted(records.items()):
        name = channels[which]["name"].decode(errors="replace") if what == "message" else dict(enumerate(EVENTS, 1)).get(which, which)
        print(f"{number} {time // 10**9}.{time % 10**9:09d} {what} {name} {content}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
