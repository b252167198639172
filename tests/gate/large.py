#!/usr/bin/env python3
"""A large BOM is read ahead on a second thread. usage: large.py PROGRAM

What comes out is what one thread says, which reads the same from a pipe.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

LINES = 40000
MAKERS = ["Micron", "Texas Instruments", "Frobnicate GmbH", "Samsung", ""]
MPNS = ["MT41K256M16TW-107:P", "TPS54331DR", "FW-1", "K4B4G1646E-BYMA", "X"]


def board():
    rows = ["Ref,Qty,Manufacturer,MPN,Description"]
    for i in range(LINES):
        kind = 0 if i % 997 == 5 else 1 + i % (len(MAKERS) - 1)
        rows.append(f'"U{i}, U{i}A",2,{MAKERS[kind]},{MPNS[kind]},part {i}'
                    + (",one,too,many" if i % 1009 == 3 else ""))
    return "\n".join(rows) + "\n"


def check(place, output, source, stdin=None):
    done = subprocess.run(
        [place.program, "check", source, "-p", "cn-cii-operator", "--as-of",
         "2026-11-21", "--product", "board", "-o", output],
        cwd=place.folder, stdin=stdin, capture_output=True, encoding="utf-8",
        check=False)
    said = done.stderr.replace(source + ":", "-:")
    text = (place.folder / output).read_text(encoding="utf-8")
    return done.returncode, said, text.replace(f'"{source}"', '"-"')


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Place(sys.argv[1], folder)
        place.write("large.csv", board())
        ahead = check(place, "ahead.json", "large.csv")
        with open(place.folder / "large.csv", "rb") as file:
            piped = check(place, "piped.json", "-", stdin=file)
        for what, one, other in zip(("the exit status", "what is told",
                                     "the report"), ahead, piped):
            place.expect(f"{what} is the same", one == other)
        place.expect("parts are found, and odd rows told of",
                     ahead[0] == 1 and "cn-cac-micron-2023" in ahead[2] and
                     '"ragged-row"' in ahead[2])
        sys.exit(1 if place.faults else 0)


if __name__ == "__main__":
    main()
