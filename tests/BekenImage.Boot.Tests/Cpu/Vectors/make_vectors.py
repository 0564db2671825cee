#!/usr/bin/env python3
"""Makes instructions.bin: what QEMU's ARM926 (through Unicorn) does with one instruction at a time. See README.md beside this file."""
import gzip
import struct
import sys
from collections import Counter

from oracle import (CODE, DATA, HAND_TESTED, HERE, M32, SIZE, STATUS, WINDOW, Oracle, Random, Row, arm_is_predictable, initial_state, rows, sign,
                    thumb_is_predictable)

PER_ROW = 200


def overrides(row, i, random):
    """Values that an instruction needs to reach memory, or to land on an instruction."""
    out = {}
    near = lambda: DATA + sign(random.next() & 0x1FF, 9)
    aligned = 7 if row.name in ("LDRD", "STRD") else 1 if row.name in ("LDRH", "LDRSH", "STRH") else 0 if row.name.endswith("B") else 3
    if not row.thumb:
        loads = row.name.startswith(("LDR", "STR", "LDM", "STM", "SWP"))
        if loads:
            base = row.field(i, "n")
            if base != 15:
                out[base] = near() & ~aligned
            index = row.field(i, "m") if row.has("m") and row.name[:2] != "SW" else None
            if index is not None and index != base:
                small = random.next() & 0xFF & ~aligned
                out[index] = small if random.next() >> 30 else -small & M32
        if row.name in ("BX", "BLX") and row.has("m"):
            target = random.next() & 0x07FFFFFF
            out[row.field(i, "m")] = target | 1 if target & 1 else target & ~3
        if row.name == "MSR" and row.has("m"):
            value = random.next()
            out[row.field(i, "m")] = value & ~0x3F | 0x13
    else:
        name = row.name
        if name.startswith(("LDR", "STR")) and row.has("n"):
            out[i >> 3 & 7] = near() & ~aligned
            if row.has("m") and i >> 6 & 7 != i >> 3 & 7:
                out[i >> 6 & 7] = random.next() & 0xFF & ~aligned
        elif name in ("PUSH", "POP") or (name in ("LDR", "STR") and row.pattern.startswith("1001")):
            out[13] = near() & ~3
        elif name in ("LDMIA", "STMIA"):
            out[i >> 8 & 7] = near() & ~3
        elif name in ("BX", "BLX") and row.has("m"):
            target = random.next() & 0x07FFFFFF
            out[i >> 3 & 15] = target | 1 if target & 1 else target & ~3
    return {n: v for n, v in out.items() if n < 15}


def vectors_of(row, number, oracle, rejects):
    random = Random(number * 7919 + 17)
    count = 0
    tries = 0
    out = b""
    while count < PER_ROW:
        tries += 1
        if tries > PER_ROW * 100:
            sys.exit(f"{row.pattern} {row.name}: too few, {rejects[row.pattern]}")
        i = row.make(random)
        seed = random.next()
        registers, cpsr = initial_state(seed, row.thumb)
        if not (thumb_is_predictable if row.thumb else arm_is_predictable)(row, i):
            continue
        code = struct.pack("<I", i)
        if row.thumb:
            code = struct.pack("<H", i)
            if row.pattern[:4] == "1101" and i >> 9 & 7 == 7:
                continue
            if row.pattern[:4] == "1111" or row.pattern[:5] == "11101":
                # Both halves of a call: QEMU takes them as one instruction.
                high = 0xF000 | random.next() & 0x7FF
                low = i if i >> 11 != 0x1E else 0xF800 | random.next() & 0x7FF
                if low >> 11 == 0x1D:
                    low &= ~1
                i = low << 16 | high
                code = struct.pack("<I", i)
        given = overrides(row, i, random)
        for n, value in given.items():
            registers[n] = value
        result, error = oracle.run(code, registers, cpsr)
        if result is None:
            rejects[row.pattern][str(error)] += 1
            continue
        if any(address < WINDOW + 64 or address + size > WINDOW + SIZE - 64 for address, size in oracle.accesses):
            rejects[row.pattern]["outside"] += 1
            continue
        if any(address & (size - 1) for address, size in oracle.accesses):
            rejects[row.pattern]["unaligned"] += 1
            continue
        state, pc, status, after = result
        # LDR and LDM of R15: an address between two instructions.
        if row.name in ("LDR", "LDM") and not row.thumb and pc & 3 == 2 and not status & 0x20:
            continue
        if row.name == "POP" and pc & 3 == 2 and not status & 0x20:
            continue
        out += pack(i, seed, given, registers, state, pc, status, after, code, oracle.clean)
        count += 1
    return out


def pack(i, seed, given, before, state, pc, status, after, code, clean):
    out = struct.pack("<IIB", i, seed, len(given))
    for n, value in sorted(given.items()):
        out += struct.pack("<BI", n, value)
    changed = [n for n in range(15) if state[n] != before[n]]
    out += struct.pack("<HII", sum(1 << n for n in changed), pc, status & STATUS)
    out += b"".join(struct.pack("<I", state[n]) for n in changed)
    start = CODE - WINDOW
    expected = clean[:start] + code + clean[start + len(code):]
    words = [at for at in range(0, SIZE, 4) if after[at:at + 4] != expected[at:at + 4]]
    out += struct.pack("<B", len(words))
    for at in words:
        out += struct.pack("<H", at) + after[at:at + 4]
    return out


def main():
    oracle = Oracle()
    rejects = {}
    out = b""
    for file, thumb in (("ArmInstructions.cs", False), ("ThumbInstructions.cs", True)):
        for number, (pattern, name) in enumerate(rows(file)):
            if name in HAND_TESTED:
                continue
            row = Row(pattern, name, thumb)
            rejects[pattern] = Counter()
            body = vectors_of(row, number + 1000 * thumb, oracle, rejects)
            out += struct.pack("<B", len(pattern)) + pattern.encode() + struct.pack("<H", PER_ROW) + body
            if rejects[pattern]:
                print(pattern, name, dict(rejects[pattern]))
    packed = gzip.compress(out, 9, mtime=0)
    (HERE / "instructions.bin").write_bytes(packed)
    print(len(out), "bytes, packed", len(packed))


main()
