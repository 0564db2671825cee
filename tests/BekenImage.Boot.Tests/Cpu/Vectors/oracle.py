"""What the makers of the vectors share: rows of our decode tables, what of them is predictable, and QEMU's ARM926 through Unicorn."""
import re
import struct
from pathlib import Path

import unicorn
from unicorn import UC_ARCH_ARM, UC_HOOK_MEM_READ, UC_HOOK_MEM_WRITE, UC_MODE_ARM, Uc, UcError
from unicorn.arm_const import *

HERE = Path(__file__).resolve().parent
CPU = HERE.parents[3] / "src/BekenImage.Boot/Cpu"
WINDOW, SIZE = 0x04000000, 0x8000      # all memory the instruction may touch
CODE = WINDOW + 0x2000                  # where it stands
DATA = WINDOW + 0x6000                  # where bases point to, about
STATUS = 0xF80000FF                     # the bits of CPSR that ARMv5TE knows
M32 = 0xFFFFFFFF
REGISTERS = [UC_ARM_REG_R0 + n for n in range(13)] + [UC_ARM_REG_SP, UC_ARM_REG_LR]
HAND_TESTED = {"SWI", "BKPT", "MCR", "MRC"}   # exceptions and CP15: by hand, from the manual


class Random:
    """xorshift32; the C# side has the same."""

    def __init__(self, seed):
        self.state = seed or 1

    def next(self):
        x = self.state
        x ^= x << 13 & M32
        x ^= x >> 17
        x ^= x << 5 & M32
        self.state = x
        return x


def memory_word(address):
    x = address * 0x9E3779B1 & M32
    return x ^ x >> 15


def initial_state(seed, thumb):
    random = Random(seed)
    registers = []
    for _ in range(15):
        kind = random.next() >> 28
        value = random.next()
        registers.append({0: 0, 1: M32, 2: 0x80000000, 3: 0x7FFFFFFF, 4: value & 0x3F, 5: value | 0xFFFF0000, 6: 1}.get(kind, value))
    cpsr = random.next() & 0xF8000000 | 0xD3 | (0x20 if thumb else 0)
    return registers, cpsr


def rows(file):
    text = (CPU / file).read_text()
    return [(m[1].replace(" ", ""), m[2]) for m in re.finditer(r'new\("([^"]+)", "([A-Z]+)"', text)]


def sign(value, bits):
    return value - (1 << bits) if value >> (bits - 1) & 1 else value


class Row:
    def __init__(self, pattern, name, thumb):
        self.pattern, self.name, self.thumb = pattern, name, thumb
        self.width = len(pattern)
        # "Should be one" in these, "should be zero" elsewhere.
        self.filler = "1" if name in ("BX", "BLX", "CLZ", "MRS", "MSR", "PLD") and not thumb else "0"

    def make(self, random):
        """A random instruction of the row, as its fields."""
        value = 0
        for letter in self.pattern:
            bit = {"0": 0, "1": 1, "-": int(self.filler)}.get(letter)
            value = value << 1 | (random.next() >> 31 if bit is None else bit)
        if self.name == "MRS":
            value &= ~0xFFF
        elif self.name == "MSR" and not value >> 25 & 1:
            value &= ~0xF00
        if not self.thumb and self.pattern[0] == "c":
            condition = random.next() >> 28
            if condition > 13 or condition & 1:       # most of them happen
                condition = 14
            value = value & 0x0FFFFFFF | condition << 28
        return value

    def field(self, value, letter):
        out = 0
        for at, name in enumerate(self.pattern):
            if name == letter:
                out = out << 1 | value >> (self.width - 1 - at) & 1
        return out

    def has(self, letter):
        return letter in self.pattern


def arm_is_predictable(row, i):
    name, f = row.name, lambda letter: row.field(i, letter)
    registers = {letter: f(letter) for letter in "ndmshl" if row.has(letter)}
    if name in ("B", "BL", "BLX", "BX", "PLD"):
        if name == "PLD":
            return registers["n"] != 15 and registers.get("m") != 15
        return not (name == "BLX" and registers.get("m") in (14, 15))
    if name == "MRS":
        return registers["d"] != 15 and f("R") == 0
    if name == "MSR":
        return registers.get("m") != 15 and f("R") == 0
    if name in ("LDM", "STM"):
        base, listed = registers["n"], i & 0xFFFF
        if f("S") or not listed or base == 15:
            return False
        if name == "STM" and listed & 0x8000:
            return False
        if f("W") and listed >> base & 1:
            return name == "STM" and listed & ((1 << base) - 1) == 0
        return True
    if name.startswith(("LDR", "STR")):
        pre, back = f("P"), f("W")
        base, moved = registers["n"], registers["d"]
        writes = not pre or back
        if registers.get("m") == 15 or (moved == 15 and name != "LDR"):
            return False
        if writes and (base == 15 or base == moved or registers.get("m") == base):
            return False
        if name not in ("LDR", "STR", "LDRB", "STRB") and not pre and back:
            return False
        if not pre and back and moved == 15:
            return False
        if name in ("LDRD", "STRD"):
            if moved & 1 or moved > 12 or (writes and base == moved + 1):
                return False
            if name == "LDRD" and registers.get("m") in (moved, moved + 1):
                return False
        return True
    if name in ("SWP", "SWPB"):
        return 15 not in registers.values() and registers["n"] not in (registers["m"], registers["d"])
    if name in ("MUL", "MLA") or (name.startswith(("SM", "UM", "Q")) or name == "CLZ"):
        if 15 in registers.values():
            return False
        if row.has("h"):
            return registers["h"] != registers["l"] and ("1001" not in row.pattern or registers["m"] not in (registers["h"], registers["l"]))
        return name not in ("MUL", "MLA") or registers["d"] != registers["m"]
    # Data processing.
    if row.has("s"):
        return 15 not in registers.values()
    return not (f("S") and registers.get("d") == 15)


def thumb_is_predictable(row, i):
    name = row.name
    if name in ("PUSH", "POP"):
        return i & 0x1FF != 0
    if name in ("STMIA", "LDMIA"):
        base, listed = i >> 8 & 7, i & 0xFF
        return listed != 0 and (name == "LDMIA" or not listed >> base & 1 or listed & ((1 << base) - 1) == 0)
    if name == "BLX" and row.has("m"):
        return i >> 3 & 15 not in (14, 15)
    if name == "BX" or row.pattern.startswith("01000110D") or row.pattern.startswith("01000100D"):
        return True
    if row.pattern.startswith("01000101N"):
        return (i >> 4 & 8 | i & 7) != 15
    return True


class Oracle:
    def __init__(self):
        self.uc = Uc(UC_ARCH_ARM, UC_MODE_ARM)
        self.uc.ctl_set_cpu_model(UC_CPU_ARM_926)
        self.uc.mem_map(0, 0x08000000)
        self.clean = b"".join(struct.pack("<I", memory_word(WINDOW + at)) for at in range(0, SIZE, 4))
        self.uc.mem_write(WINDOW, self.clean)
        self.accesses = []
        self.uc.hook_add(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, lambda uc, kind, address, size, value, _: self.accesses.append((address, size)))

    def run(self, code, registers, cpsr):
        uc = self.uc
        uc.mem_write(WINDOW, self.clean)
        uc.mem_write(CODE, code)
        uc.ctl_remove_cache(CODE - 16, CODE + 16)
        uc.reg_write(UC_ARM_REG_CPSR, cpsr)
        for number, value in zip(REGISTERS, registers):
            uc.reg_write(number, value)
        self.accesses.clear()
        try:
            uc.emu_start(CODE | (1 if cpsr & 0x20 else 0), 0xFFFFFFFE, count=1)
        except UcError as error:
            if error.errno != unicorn.UC_ERR_FETCH_UNMAPPED:
                return None, error
        after = bytes(uc.mem_read(WINDOW, SIZE))
        state = [uc.reg_read(number) for number in REGISTERS]
        return (state, uc.reg_read(UC_ARM_REG_PC), uc.reg_read(UC_ARM_REG_CPSR), after), None
