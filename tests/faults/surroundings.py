#!/usr/bin/env python3
"""Where things are not as a program likes them. usage: surroundings.py PROGRAM
LIBRARY

Readers that go away, full devices, folders that may not be written to, locales
that are not installed, clocks that are wrong, closed streams, devices and links
in place of files. LIBRARY is inject.c.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

BOARD = ("Reference,Qty,Manufacturer,MPN,Description\n"
         "U1,1,Micron,MT41K256M16TW-107:P,DDR3L\n")
CHECK = ["check", "board.csv", "-p", "cn-cii-operator"]
NOBODY = 65534


class Surroundings(Place):
    """A folder, and ways to run the program in it."""

    def shell(self, line, **how):
        """`line` with the program as $P."""
        return subprocess.run(
            ["sh", "-c", line], cwd=self.folder, check=False, timeout=60,
            capture_output=True, encoding="utf-8",
            **{**how, "env": {**os.environ, "P": self.program,
                              **how.get("env", {})}})

    def refuses(self, what, line, *words, **how):
        """Exit status 2 and a reason, on one line or a few."""
        done = self.shell(line, **how)
        self.expect(f"{what}: exit {done.returncode}, {done.stderr!r}",
                    done.returncode == 2 and "bomgate: " in done.stderr and
                    all(word in done.stderr for word in words))

    def works(self, what, line, **how):
        done = self.shell(line, **how)
        self.expect(f"{what}: exit {done.returncode}, {done.stderr!r}",
                    done.returncode == 1)
        return done.stdout


def streams(place):
    """Who reads goes away; what is written to is full, or closed."""
    place.write("many.csv", BOARD + BOARD.splitlines()[1].replace("U1", "U2")
                + "\n" + "".join(f"U{i},1,Micron,MT41K256M16TW-107:P,x\n"
                                 for i in range(20000)))
    many = "$P check many.csv -p cn-cii-operator --no-digest"
    for kind in ("text", "json", "csv", "html", "xlsx", "sarif"):
        place.refuses(f"{kind} to a full device",
                      f"{many} -f {kind} > /dev/full", "No space")
        place.refuses(f"{kind} to who went away", "mkfifo pipe; "
                      f"(true < pipe) & {many} -f {kind} > pipe; "
                      "s=$?; rm pipe; exit $s", "Broken pipe")
    for words in ("rules list", "rules show cn-cac-micron-2023", "--help",
                  "explain Micron", "columns board.csv", "--version",
                  "check --help", "alternatives MT41K256M16TW-107:P",
                  "rules diff"):
        done = place.shell(f"$P {words} > /dev/full")
        place.expect(f"{words} to a full device: {done.returncode}",
                     done.returncode == 2)
    for closed in ("<&-", "2>&-", "<&- 2>&-"):
        place.works(f"closed {closed}",
                    f"$P check board.csv -p cn-cii-operator {closed}")
    done = place.shell("$P check board.csv -p cn-cii-operator >&-")
    place.expect(f"closed output: {done.returncode}", done.returncode == 2)
    (place.folder / "many.csv").unlink()


def folders(place):
    """Folders that may not be written to, and what stands in place of a file."""
    check = "$P " + " ".join(CHECK)
    place.refuses("a folder that is not there", f"{check} -o no/r.json",
                  "no/r.json")
    place.refuses("a folder as a report", f"mkdir -p r.json; {check} -o r.json"
                  "; s=$?; rmdir r.json; exit $s", "r.json")
    place.refuses("a device as a report", f"{check} -o json=/dev/full",
                  "/dev/full")
    place.refuses("a history in no folder", f"{check} --history no/h.db",
                  "no/h.db")
    place.refuses("a folder as a history", f"{check} --history .")
    place.refuses("a device as a BOM", "$P check /dev/zero -p cn-cii-operator")
    place.refuses("nothing as a BOM", "$P check /dev/null -p cn-cii-operator")
    place.refuses("settings without end", f"ln -s /dev/zero .bomgate.yaml; "
                  f"{check}; s=$?; rm .bomgate.yaml; exit $s", ".bomgate.yaml")
    place.refuses("waivers without end", f"{check} --waivers /dev/zero")
    place.refuses("a baseline without end", f"{check} --baseline /dev/zero")
    place.refuses("a parts file without end", f"{check} --parts /dev/zero")
    place.refuses("rules that are a device", f"{check} --rules /dev/zero")
    place.refuses("settings that are a link to themselves",
                  f"ln -s .bomgate.yaml .bomgate.yaml; {check}; s=$?; "
                  "rm .bomgate.yaml; exit $s", ".bomgate.yaml")
    if os.geteuid() == 0:
        # Whoever runs as root may write anywhere.
        place.folder.chmod(0o555)
        for words in ("-o r.json", "-o r.xlsx", "--history h.db"):
            place.refuses(f"{words} in a folder to be read only",
                          f"{check} {words}", user=NOBODY)
        place.expect("nothing came into it",
                     [p.name for p in place.folder.iterdir()] == ["board.csv"])
        place.folder.chmod(0o755)
        (place.folder / "board.csv").chmod(0)
        place.refuses("a BOM that may not be read", check, "board.csv",
                      user=NOBODY)
        (place.folder / "board.csv").chmod(0o644)


def links(place):
    """A report takes the place of a link; what that led to stays."""
    place.write("precious", "kept")
    (place.folder / "r.json").symlink_to("precious")
    place.works("a link as a report", "$P " + " ".join(CHECK) + " -o r.json")
    place.expect("what the link led to is as it was",
                 (place.folder / "precious").read_text() == "kept")
    place.expect("the report is there", json.loads(
        (place.folder / "r.json").read_text(encoding="utf-8")))
    (place.folder / "r.json").unlink()
    (place.folder / "precious").unlink()


def names(place):
    """Names that look like something else, or are no text."""
    for name in (b"-o", b"--help", b"a\nb.csv", b"\xff\xfe.csv", b"a;b$(x).csv",
                 b"..csv", b"\x1b[31m.csv"):
        path = os.fsencode(place.folder) + b"/" + name
        with open(path, "wb") as out:
            out.write(BOARD.encode())
        done = subprocess.run(
            [place.program, "check", "-p", "cn-cii-operator", "-f", "json",
             "--", name], cwd=place.folder, check=False, capture_output=True)
        place.expect(f"a BOM named {name}: {done.returncode} {done.stderr}",
                     done.returncode == 1 and json.loads(done.stdout))
        done = subprocess.run(
            [place.program, "check", "-p", "cn-cii-operator", "--", name],
            cwd=place.folder, check=False, capture_output=True)
        place.expect(f"a BOM named {name} steers no terminal",
                     b"\x1b" not in done.stdout + done.stderr)
        os.unlink(path)


def clocks(place, library):
    """Locales that are not installed, and clocks that are wrong."""
    check = "$P " + " ".join(CHECK)
    usual = place.works("as usual", f"{check} -f json --time 2026-11-21")
    for name in ("xx_XX.UTF-8", "de_DE", "", "C", "../../etc", "zh_CN.GBK"):
        for variable in ("LC_ALL", "LANG", "LC_NUMERIC"):
            said = place.works(f"{variable}={name}",
                               f"{check} -f json --time 2026-11-21",
                               env={variable: name})
            place.expect(f"{variable}={name} changes nothing", said == usual)
    place.works("no time zone of that name", check, env={"TZ": "No/Where"})
    place.works("no variables at all", f"env -i P=$P {check}")
    for seconds in (-1, -86400 * 365 * 100, 0, 2 ** 31, 2 ** 33):
        env = {"LD_PRELOAD": library, "FAULT_CLOCK": str(seconds)}
        words = " -f json --history clock.db -o r.xlsx"
        done = place.shell(check + words, env=env)
        place.expect(f"the clock says {seconds}: exit {done.returncode}, "
                     f"{done.stderr!r}", done.returncode in (0, 1) or
                     done.returncode == 2 and "bomgate: " in done.stderr)
        for path in place.folder.glob("clock.db*"):
            path.unlink()
        (place.folder / "r.xlsx").unlink(missing_ok=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Surroundings(sys.argv[1], folder)
        place.folder.chmod(0o755)
        place.write("board.csv", BOARD)
        for step in (streams, folders, links, names):
            step(place)
        clocks(place, sys.argv[2])
        left = sorted(p.name for p in place.folder.iterdir())
        place.expect(f"nothing is left: {left}", left == ["board.csv"])
        if place.faults:
            sys.exit(f"{len(place.faults)} faults")
        print("wherever it runs, it says what is wrong")


if __name__ == "__main__":
    main()
