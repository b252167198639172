#!/usr/bin/env python3
"""Many BOMs are opened on several threads. usage: many.py PROGRAM SAMPLES

What is said of each, and in which order, is what is said of it alone.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

BOARD = ("Ref,Hersteller,MPN,Beschreibung\n"
         "U1,Micron,{},Kondensator für Ölüberwachung\n")
OPTIONS = ["-p", "cn-cii-operator", "--as-of", "2026-11-21", "-f", "json",
           "--map", "odd-07.csv:mpn=Thing", "--lang"]


def set_up(place, samples):
    """Boards in every encoding and format, and files that are none."""
    for number in range(24):
        text = BOARD.format(f"MT41K256M{number}TW-107:P")
        encoding = ("utf-8", "cp1252", "utf-16", "gb18030")[number % 4]
        (place.folder / f"board-{number:02}.csv").write_bytes(
            text.replace("ü", "u").replace("Ö", "O").encode(encoding)
            if encoding == "gb18030" else text.encode(encoding))
    place.write("odd-07.csv", "Ref,Maker,Thing\nU1,Micron,MT41K256M16\n")
    place.write("empty.csv", "")
    (place.folder / "torn.xlsx").write_bytes(b"PK\3\4 no workbook")
    for path in sorted(samples.iterdir()):
        if path.suffix in (".csv", ".xls", ".xlsx"):
            shutil.copy(path, place.folder / path.name)
    return sorted(path.name for path in place.folder.iterdir())


def said_of(report, name):
    """All of one BOM, without its number among others."""
    bom = [i for i, bom in enumerate(report["boms"]) if bom["path"] == name]
    strip = {"id", "bom_index"}
    return ([report["boms"][i] for i in bom],
            [{key: value for key, value in finding.items()
              if key not in strip} for finding in report["findings"]
             if finding["bom"] == name])


def check(place, names, language):
    options = OPTIONS + [language]
    if "odd-07.csv" not in names:
        at = options.index("--map")
        del options[at:at + 2]
    done = place.run("check", *names, *options)
    return json.loads(done.stdout or "{}"), done


def told_of(done, names):
    """What is told of the BOMs, not of the run."""
    begins = tuple(f"bomgate: {name}:" for name in names)
    return [line for line in done.stderr.splitlines()
            if line.startswith(begins)]


def in_order(place, names):
    for language in ("en", "zh-CN"):
        alone = {name: check(place, [name], language) for name in names}
        for order in (names, names[::-1], names):
            report, done = check(place, order, language)
            place.expect(f"{language}: the order is that of the command",
                         [bom["path"] for bom in report["boms"]] == order)
            for name in names:
                place.expect(f"{language}: {name} is as it is alone",
                             said_of(report, name) ==
                             said_of(alone[name][0], name))
            place.expect(f"{language}: what is told is told in order",
                         told_of(done, order) == [
                             line for name in order
                             for line in told_of(alone[name][1], [name])])


def pipes(place):
    """A pipe is waited for in its turn, not before."""
    os.mkfifo(place.folder / "pipe.csv")
    def write():
        (place.folder / "pipe.csv").write_text(BOARD.format("MT41K256M16"),
                                               encoding="utf-8")
    writer = threading.Thread(target=write)
    writer.start()
    report, _ = check(place, ["board-00.csv", "pipe.csv", "board-01.csv"],
                      "en")
    writer.join()
    place.expect("the pipe was read", [bom["lines"] for bom in
                                       report["boms"]] == [1, 1, 1])


def stopped(place, names):
    """Who stops it leaves nothing behind."""
    os.mkfifo(place.folder / "never.csv")
    running = subprocess.Popen(
        place.command("check", "never.csv", *names, "-o", "out.json"),
        cwd=place.folder, stderr=subprocess.PIPE)
    try:
        running.wait(0.3)
    except subprocess.TimeoutExpired:
        running.terminate()
    running.communicate(timeout=60)
    place.expect("it stopped", running.returncode != 0)
    place.expect("nothing is left", not (place.folder / "out.json").exists())


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Place(sys.argv[1], folder)
        names = set_up(place, Path(sys.argv[2]))
        in_order(place, names)
        pipes(place)
        stopped(place, names)
        sys.exit(1 if place.faults else 0)


if __name__ == "__main__":
    main()
