#!/usr/bin/env python3
"""Makes streams.bin: blocks of random instructions, run many times from changing states by QEMU's ARM926. See README.md beside this file."""
import gzip
import hashlib
import struct
import sys

from oracle import (CODE, HAND_TESTED, HERE, M32, REGISTERS, STATUS, WINDOW, SIZE, Oracle, Random, Row, arm_is_predictable, initial_state, rows,
                    thumb_is_predictable)
from unicorn import UcError
from unicorn.arm_const import UC_ARM_REG_CPSR

BLOCKS, LENGTH, PASSES = 60, 400, 48
BASE, INDEX, STACK = WINDOW + 0x5000, 0x48, WINDOW + 0x6800
# Not in a straight line: they leave it.
LEAVING = HAND_TESTED | {"BX", "BLX"}


def arm_instruction(row, random):
    """One that stays in the block and in memory: bases are R10, indexes R11, and both stay what they are. None: try again."""
    i = row.make(random)
    name, f = row.name, lambda letter: row.field(i, letter)
    if name in ("B", "BL"):
        return i & 0xFF000000 | random.next() & 3
    if name.startswith(("LDR", "STR", "SWP", "PLD")):
        i = i & ~0xF0000 | 10 << 16
        if row.has("m") and not name.startswith("SWP"):
            i = i & ~0xF | 11
            if row.has("a"):
                i = i & ~0xFE0 | random.next() & 0x180
            back = not i >> 24 & 1 or i >> 21 & 1
            if back:
                return None
        elif row.has("o"):
            back = not i >> 24 & 1 or i >> 21 & 1
            if row.has("i") or "oooo1" in row.pattern:
                i = i & ~0xF0F | (random.next() & 0xF) << 8 | random.next() & 8
                if back:
                    i &= ~0xF00
            else:
                i = i & ~0xFFF | random.next() & (0x38 if back else 0xFF8)
    elif name in ("LDM", "STM"):
        i = i & ~0xF0000 & ~(1 << 22) | 10 << 16
        if name == "LDM":
            i &= ~0xAC00
        else:
            i &= ~0x8400
        # Write-back by an odd number of words would take the pairs off their 8.
        if i >> 21 & 1 and bin(i & 0xFFFF).count("1") & 1:
            return None
    elif name == "MSR":
        i = i & ~0xF0000 | 8 << 16
    if not arm_is_predictable(row, i):
        return None
    written = [row.field(i, letter) for letter in "dhl" if row.has(letter) and name not in ("LDM", "STM")]
    if not name.startswith("STR") and any(register in (10, 11, 13, 15) for register in written):
        return None
    if name == "LDRD" and written[0] + 1 in (10, 11, 13):
        return None
    return i


def thumb_instruction(row, random):
    """The same with R7 and R6."""
    i = row.make(random)
    name, pattern = row.name, row.pattern
    if name in ("PUSH", "POP"):
        # Together they keep the stack about where it is.
        i &= ~0x100 if name == "POP" else M32
        return i if i & 0xC0 == 0 or name == "PUSH" else None
    if pattern.startswith(("10110000", "11110", "11111", "11101")):
        return None
    if pattern == "11100ooooooooooo":
        return 0xE000 | random.next() & 3
    if name == "B":
        return None if i >> 9 & 7 == 7 else i & 0xFF00 | random.next() & 3
    if name.startswith(("LDR", "STR")) and row.has("n"):
        i = i & ~0x38 | 7 << 3
        if row.has("m"):
            i = i & ~0x1C0 | 6 << 6
    if name in ("STMIA", "LDMIA"):
        i = i & ~0x700 | 7 << 8
        i = i & ~0x80 if name == "STMIA" else i & ~0xC0
        if bin(i & 0xFF).count("1") & 1:
            return None
        if name == "LDMIA" and random.next() & 1:
            return None
    if not thumb_is_predictable(row, i):
        return None
    if row.has("d") and not name.startswith("STR"):
        written = row.field(i, "d") | (8 if row.has("D") and row.field(i, "D") else 0)
        if written in (6, 7, 13, 15):
            return None
    if row.has("D") and i >> 3 & 15 == 15:
        return None
    return i


def block(number, tables):
    random = Random(number * 104729 + 3)
    thumb = number % 2 == 1
    make = thumb_instruction if thumb else arm_instruction
    allowed = [row for row in tables[thumb] if row.name not in LEAVING]
    code = []
    while len(code) < LENGTH:
        row = allowed[random.next() % len(allowed)]
        i = make(row, random)
        if i is not None:
            code.append(i)
    # Where a jump over the end lands.
    code[-8:] = [0x46C0 if thumb else 0xE1A00000] * 8
    return thumb, struct.pack("<%d%s" % (LENGTH, "H" if thumb else "I"), *code)


def passes(oracle, number, thumb, code):
    """The first bytes of the SHA-256 of registers, CPSR and memory after each pass; each pass goes on with what the one before left."""
    uc = oracle.uc
    uc.mem_write(WINDOW, oracle.clean)
    uc.mem_write(CODE, code)
    uc.ctl_remove_cache(CODE, CODE + len(code))
    registers, cpsr = initial_state(number + 1, thumb)
    random = Random(number + 1000)
    out = b""
    for _ in range(PASSES):
        registers = [value ^ random.next() for value in registers]
        registers[13] = STACK
        registers[10], registers[11] = (registers[10], registers[11]) if thumb else (BASE, INDEX)
        registers[7], registers[6] = (BASE, INDEX) if thumb else (registers[7], registers[6])
        uc.reg_write(UC_ARM_REG_CPSR, cpsr)
        for register, value in zip(REGISTERS, registers):
            uc.reg_write(register, value)
        try:
            oracle.accesses.clear()
            uc.emu_start(CODE | thumb, CODE + len(code))
        except UcError as error:
            sys.exit(f"block {number}: {error} at {uc.reg_read(11):X}")
        bad = [(hex(a), s) for a, s in oracle.accesses if a & (s - 1) or not CODE <= a < WINDOW + SIZE]
        if bad:
            sys.exit(f"block {number}: {bad[:5]}")
        registers = [uc.reg_read(register) for register in REGISTERS]
        cpsr = uc.reg_read(UC_ARM_REG_CPSR)
        state = struct.pack("<16I", *registers, cpsr & STATUS) + bytes(uc.mem_read(WINDOW, SIZE))
        out += hashlib.sha256(state).digest()[:4]
    return out


def main():
    oracle = Oracle()
    tables = [[Row(pattern, name, thumb) for pattern, name in rows(file)]
              for file, thumb in (("ArmInstructions.cs", False), ("ThumbInstructions.cs", True))]
    out = b""
    for number in range(BLOCKS):
        thumb, code = block(number, tables)
        out += struct.pack("<BHB", thumb, LENGTH, PASSES) + code + passes(oracle, number, thumb, code)
    packed = gzip.compress(out, 9, mtime=0)
    (HERE / "streams.bin").write_bytes(packed)
    print(BLOCKS * LENGTH * PASSES, "instructions,", len(packed), "bytes")


main()
