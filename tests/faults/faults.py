#!/usr/bin/env python3
"""Whatever fails, fails in words. usage: faults.py PROGRAM KIND [EVERY]

Runs every command that reads or writes something in a company's folder, again
and again, with one fault in each run, in turn everywhere that it can be:

  memory LIBRARY   an allocation of the program fails; LIBRARY is inject.c
  disk             a write to a file finds the disk full (by strace)
  reads            a read fails

EVERY: try only each so-manieth place, 1 all of them. After a fault the answer is
the same as without it, or the exit status is 2 with a reason; a file that was
there is as it was, one that is new is whole, and nothing else is left behind.
"""
import difflib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from sources import SKIPPED  # noqa: E402

RULES = Path(__file__).resolve().parents[1] / "golden" / "rules"
HEAD = "Reference,Qty,IPN,Manufacturer,MPN,Description\n"
FILES = {
    "board.csv": HEAD + "U1,1,,MICRON TECH,MT41K256M16TW-107:P,DDR3L SDRAM\n"
                        "U2,1,100-1,,,memory\nR1 R2,2,,Yageo,RC0402,10k\n"
                        "U9,1,,Nobody Ever,ZZZ-1,a thing\n",
    "radio.csv": HEAD + "U1,2,,Samsung,K4B4G1646E-BYMA,DDR3\n",
    "parts.csv": "IPN,Manufacturer,MPN,By,Date,Evidence\n"
                 "100-1,Samsung,K4B4G1646E-BYMA,A,2026-01-02,order 1\n",
    "declared.csv": "Party,MPN,Measure,Statement,Country,Document,SHA-256,"
                    "Date,Valid until,By\nSamsung,,,made-in,KR,letter,"
                    + "a" * 64 + ",2026-02-01,2027-01-31,A. Buyer\n",
    "avl.csv": "IPN,Manufacturer,MPN,Status,Approved by,Approval date\n"
               ",Samsung,,approved,J,2026-02-01\n",
    "names.csv": "name,alias,country,from,source,url\n\"Acme Invented, Inc.\","
                 "AI,us,2025-01-01,Annex 3,https://example.org/terms\n",
    ".bomgate.yaml": "profiles: [cn-cii-operator]\nparts: parts.csv\n"
                     "declarations: declared.csv\n"
                     "products:\n  - name: Gateway\n    boms:\n"
                     "      - {path: board.csv}\n"
                     "      - {path: radio.csv, times: 2}\n",
    ".bomgate-waivers.yaml": "- measure: cn-cac-micron-2023\n  mpn: MT40A\n"
                             "  kind: installed-stock\n  reason: bought\n"
                             "  expires: 2027-06-30\n  approved-by: J\n",
}
TIME = ("--time", "2026-11-21T10:00:00Z")
OLD = "old.json"
REPORTS = "json jsonl xlsx csv html md sarif xml gitlab.json cdx.json".split()


def report_words(kind):
    named = {"xml": "junit=", "gitlab.json": "gitlab=", "cdx.json":
             "cyclonedx=", "jsonl": "jsonl="}.get(kind, "")
    return ["-o", f"{named}report.{kind}"]


def cases():
    """What is run: the name, the words."""
    check = ["check", "board.csv", *TIME]
    yield "check", [*check, "--all-lines", "--baseline", OLD]
    for kind in REPORTS:
        yield f"check-{kind}", [*check, *report_words(kind)]
    yield "check-several", [*check, *report_words("xlsx"),
                            *report_words("json"), *report_words("html")]
    yield "check-history", [*check, "--history", "h.db", "--keep-files", "-o",
                            "report.json"]
    yield "check-product", ["check", "--product", "Gateway", *TIME,
                            "-f", "json"]
    yield "columns", ["columns", "board.csv", "-f", "json"]
    yield "explain", ["explain", "Micron", "--as-of", "2026-11-21"]
    yield "alternatives", ["alternatives", "MT41K256M16TW-107:P", "--as-of", "2026-11-21"]
    yield "todo-xlsx", ["parts", "todo", "board.csv", "-o",
                        "todo.xlsx"]
    yield "todo-csv", ["parts", "todo", "board.csv", "-o", "todo.csv"]
    yield "parts-check", ["parts", "check"]
    yield "lint", ["rules", "lint", "rules"]
    yield "show", ["rules", "show", "cn-cac-micron-2023"]
    yield "diff", ["rules", "diff", "rules", "rules"]
    yield "import", ["rules", "import", "names.csv", "--measure", "own-list",
                     "--into", "made", "--from", "2026-01-01"]
    yield "import-avl", ["rules", "import", "avl.csv", "--measure", "own-avl",
                         "--into", "made", "--from", "2026-01-01"]
    yield "waive", ["waive", "FINGERPRINT", "--from", OLD, "--kind",
                    "installed-stock", "--reason", "r", "--expires",
                    "2027-01-01", "--approved-by", "J"]
    history = ["--history", "h.db"]
    for verb in ("list", "verify"):
        yield f"history-{verb}", ["history", verb, *history]
    yield "history-show", ["history", "show", "1", *history]
    yield "history-import", ["history", "import", OLD, *history]
    yield "history-rescreen", ["history", "rescreen", *history,
                               "--as-of", "2026-11-21"]
    yield "history-export", ["history", "export", *history, "-o", "out"]
    yield "history-forget", ["history", "forget", "--before", "2026-12-01",
                             "--why", "old", *history]
    for kind in ("xlsx", "html", "json"):
        yield f"audit-{kind}", ["audit", *history, "--quarter", "2026Q4",
                                "-o", f"audit.{kind}"]


class Folder:
    """A company's folder, made anew for each run."""

    def __init__(self, program, root):
        self.program = str(Path(program).resolve())
        self.pattern = Path(root) / "pattern"
        self.place = Path(root) / "place"
        self.told = Path(root) / "told"
        self.spare = Path(root) / "spare"
        self.pattern.mkdir()
        for name, text in FILES.items():
            (self.pattern / name).write_text(text, encoding="utf-8")
        shutil.copytree(RULES, self.pattern / "rules")
        self.before()
        self.run(["check", "radio.csv", *TIME, "--history", "h.db"])
        self.run(["check", "board.csv", *TIME, "--all-lines", "-o", OLD])
        fingerprint = re.search(r'"fingerprint": *"(\w+)"', (
            self.place / OLD).read_text(encoding="utf-8"))
        self.fingerprint = fingerprint.group(1)
        shutil.rmtree(self.pattern)
        shutil.copytree(self.place, self.pattern)
        self.was = self.look()

    def before(self):
        for folder in (self.place, self.spare):
            if folder.exists():
                shutil.rmtree(folder)
        self.told.unlink(missing_ok=True)
        self.spare.mkdir()
        shutil.copytree(self.pattern, self.place)

    def run(self, words, prefix=(), **env):
        words = [self.fingerprint if w == "FINGERPRINT" else w for w in words]
        done = subprocess.run(
            [*prefix, self.program, *words], cwd=self.place,
            capture_output=True, check=False, timeout=100,
            env={**os.environ, "TMPDIR": str(self.spare), "LC_ALL": "C.UTF-8",
                 "FAULT_TOLD": str(self.told), **env})
        return done.returncode, done.stdout, done.stderr

    def look(self):
        """All files but those of the history, with what is in them."""
        return {str(path.relative_to(self.place)): path.read_bytes()
                for path in self.place.rglob("*")
                if path.is_file() and not path.name.startswith("h.db")}

    def history_fault(self):
        """What is wrong with the history, by another reader."""
        store = sqlite3.connect(self.place / "h.db")
        try:
            whole = store.execute("PRAGMA integrity_check").fetchall()
            lost = store.execute("PRAGMA foreign_key_check").fetchall()
            return None if whole == [("ok",)] and not lost else (whole, lost)
        except sqlite3.Error as error:
            return error
        finally:
            store.close()


class Trial:
    """One command, as it is without a fault, and what must hold with one."""

    def __init__(self, folder, name, words):
        self.folder, self.name, self.words = folder, name, words
        folder.before()
        self.status, self.stdout, self.stderr = folder.run(words)
        self.files = folder.look()
        self.faults = []

    def expect(self, what, is_so, shown=""):
        if not is_so:
            self.faults.append(what)
            print(f"FAILED: {self.name}: {what} {shown}", flush=True)

    def same_answer(self, done):
        return done[0] == self.status and done[1] == self.stdout and \
            self.folder.look() == self.files

    def difference(self, done):
        """What changed without a word, its first lines."""
        now = {"stdout": done[1], **self.folder.look()}
        for name, was in {"stdout": self.stdout, **self.files}.items():
            if now.get(name) != was:
                lines = difflib.unified_diff(
                    was.decode(errors="replace").splitlines(),
                    now.get(name, b"").decode(errors="replace").splitlines(),
                    name, lineterm="", n=0)
                return "\n".join(line[:200] for line in list(lines)[:8])
        return ""

    def says_incomplete(self, name, done):
        """A BOM that broke off is reported, as what it is."""
        return done[0] == 2 and name not in self.folder.was and \
            b": cannot read: " in done[2]

    def judge(self, where, done):
        """After a fault at `where`."""
        folder, status, said = self.folder, done[0], done[2]
        if self.same_answer(done):
            return
        self.expect(f"{where}: exit {status}", status == 2,
                    said[:300] + self.difference(done).encode())
        self.expect(f"{where}: no reason", said.startswith(b"bomgate: ") or
                    b"\nbomgate: " in said, said[:300])
        now = folder.look()
        for name in sorted(set(now) | set(folder.was)):
            here = now.get(name)
            self.expect(f"{where}: {name} is neither whole nor as it was",
                        here in (folder.was.get(name), self.files.get(name))
                        or self.says_incomplete(name, done),
                        said[:200] + str(here)[:3000].encode())
        self.expect(f"{where}: left behind",
                    not list(folder.spare.rglob("*")))
        if "h.db" in self.words:
            self.expect(f"{where}: the history", not folder.history_fault(),
                        folder.history_fault())


def after(n, every):
    """The next place. Where not all are tried they thin out: what a run does
    late it does often."""
    return n + (every if every == 1 else max(every, n // 3))


def memory(trial, library, every):
    """@return how many allocations were made to fail."""
    tried = 0
    for lasts in ({}, {"FAULT_LASTS": "1"}):
        n = 1
        while True:
            trial.folder.before()
            done = trial.folder.run(trial.words, LD_PRELOAD=library,
                                    FAULT_ALLOC=str(n), **lasts)
            if not trial.folder.told.exists():
                break
            tried += 1
            trial.judge(f"allocation {n}{' and on' if lasts else ''}", done)
            n = after(n, every)
    return tried


def calls(trial, call, error, every):
    """@return how many calls of a kind were made to fail."""
    tried, n = 0, 1
    trace = trial.folder.spare.parent / "trace"
    while True:
        trial.folder.before()
        done = trial.folder.run(trial.words, prefix=[
            "strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}",
            "-e", f"inject={call}:error={error}:when={n}"])
        if b"(INJECTED)" not in trace.read_bytes():
            return tried
        place, n = n, after(n, every)
        if done[0] == 127:  # the loader's, before the program begins
            continue
        tried += 1
        line = next(x for x in trace.read_text(
            errors="replace").splitlines() if "(INJECTED)" in x)
        trial.judge(f"{call} {place} ({line[:120]})", done)


DISK = [("write", "ENOSPC"), ("pwrite64", "ENOSPC"), ("writev", "ENOSPC"),
        ("fsync", "EIO"), ("fdatasync", "EIO"), ("rename", "ENOSPC"),
        ("renameat", "ENOSPC"), ("ftruncate", "ENOSPC"), ("mkdir", "ENOSPC")]
READS = [("read", "EIO"), ("pread64", "EIO"), ("lseek", "EIO"),
         ("newfstatat", "EIO"), ("getdents64", "EIO")]


def can_trace():
    try:
        return subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"],
                              check=False, capture_output=True
                              ).returncode == 0
    except OSError:
        return False


def main():
    program, kind, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    library = rest.pop(0) if kind == "memory" else None
    every = int(rest[0]) if rest else 1
    only = rest[1:]
    if kind != "memory" and not can_trace():
        print("strace cannot trace here")
        sys.exit(SKIPPED)
    faults, total = 0, 0
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(program, root)
        for name, words in cases():
            if only and name not in only:
                continue
            trial = Trial(folder, name, words)
            if kind == "memory":
                tried = memory(trial, library, every)
            else:
                tried = sum(calls(trial, call, error, every) for call, error in
                            (DISK if kind == "disk" else READS))
            print(f"{name}: exit {trial.status}, {tried} faults, "
                  f"{len(trial.faults)} told badly", flush=True)
            faults += len(trial.faults)
            total += tried
    print(f"{total} faults")
    sys.exit(f"{faults} of them badly told" if faults else 0)


if __name__ == "__main__":
    main()
