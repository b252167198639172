#!/usr/bin/env python3
"""Is what is shipped hardened? usage: check_hardened.py PROGRAM [NAMED]

Reads the ELF file. It is skipped where the preset `release` was not built. What
the build must not name is the folder NAMED.
"""
import platform
import re
import subprocess
import sys
from pathlib import Path

from sources import SKIPPED, finish

FLAGS = ["-fstack-protector-strong"]
if platform.machine() == "x86_64":
    FLAGS += ["-fstack-clash-protection", "-fcf-protection"]


def readelf(program, *options):
    return subprocess.run(["readelf", "-W", *options, program], check=True,
                          capture_output=True, encoding="utf-8").stdout


def problems_of(program, named):
    head = readelf(program, "-h")
    segments = readelf(program, "-l")
    dynamic = readelf(program, "-d")
    symbols = readelf(program, "--dyn-syms")
    stack = re.search(r"GNU_STACK.*", segments)
    loads = re.findall(r"LOAD +(?:0x\w+ +){5}([RWE ]+?) +0x", segments)
    paths = re.search(r"(?:RPATH|RUNPATH).*\[(.*)\]", dynamic)
    yield "its place in memory is not random", "DYN (Position" not in head
    yield "the stack may be executed", not stack or "RWE" in stack.group()
    yield "memory is both written and executed", not loads or any(
        "W" in load and "E" in load for load in loads)
    yield "its tables are writable: no RELRO", "GNU_RELRO" not in segments
    yield "its tables are writable: no BIND_NOW", not re.search(
        r"FLAGS.*NOW", dynamic)
    yield "no stack protector", "__stack_chk_fail@" not in symbols
    yield "no _FORTIFY_SOURCE", not re.search(r"__\w+_chk@", symbols)
    yield "text is relocated", "TEXTREL" in dynamic
    yield "libraries of the folder that one is in are loaded", paths and any(
        not path.startswith(("/", "$ORIGIN"))
        for path in paths.group(1).split(":"))
    makers = re.findall(r"DW_AT_producer.*(GNU C.*|clang.*)",
                        readelf(program, "--debug-dump=info",
                                "--dwarf-depth=1"))
    yield "it says not how it was compiled", len(makers) < 100
    for flag in FLAGS:
        yield f"some file is compiled without {flag}", any(
            flag not in maker for maker in makers if "GNU C" in maker)
    yield f"it names {named}", named and named.encode() in Path(
        program).read_bytes()


def main():
    program = sys.argv[1]
    if not Path(program).exists():
        print(f"{program} is not built")
        sys.exit(SKIPPED)
    checks = list(problems_of(program, sys.argv[2] if sys.argv[2:] else ""))
    finish([f"{program}: {what}" for what, fails in checks if fails],
           len(checks), "properties")


if __name__ == "__main__":
    main()
