#!/usr/bin/env python3
"""Somebody presses Ctrl-C while a BOM is checked. usage: interrupt.py PROGRAM

The program stops soon, says so, exits with 2 and leaves no file behind: no
report that looks whole, no temporary.
"""
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEAD = "Reference,Qty,Manufacturer,MPN\n"
PATIENCE = 60  # seconds


def begin(program, folder, bom, reports):
    words = [program, "check", bom]
    for report in reports:
        words += ["-o", report]
    return subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            encoding="utf-8",
                            env=dict(os.environ, TMPDIR=str(folder)))


def wait_for_file(folder, known):
    """Until the program has begun to write."""
    until = time.monotonic() + PATIENCE
    while not set(os.listdir(folder)) - known:
        assert time.monotonic() < until, "nothing was begun"
        time.sleep(0.01)


def check_end(process, folder, known, number):
    _, said = process.communicate(timeout=PATIENCE)
    left = set(os.listdir(folder)) - known
    assert process.returncode == 2, f"exit {process.returncode}, not 2: {said}"
    assert "stopped before the end" in said, said
    assert not left, f"signal {number} left {sorted(left)}"


def interrupt_file(program, number):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = "".join(f"U{i},1,Maker {i},PART-{i}\n" for i in range(300000))
        (folder / "bom.csv").write_text(HEAD + lines, encoding="utf-8")
        known = set(os.listdir(folder))
        process = begin(program, folder, "bom.csv",
                        ["a.json", "b.xlsx", "c.csv", "d.html"])
        wait_for_file(folder, known)
        time.sleep(0.2)
        process.send_signal(number)
        check_end(process, folder, known, number)


def main():
    program = str(Path(sys.argv[1]).resolve())
    for number in (signal.SIGINT, signal.SIGTERM):
        interrupt_file(program, number)


main()
