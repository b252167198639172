#!/usr/bin/env python3
"""Use a history as hard as CI runners do. usage: store.py PROGRAM

Records, imports, kills, fills the disk and writes from several processes at
once, and looks with another SQLite at what is left.
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

HEAD = "Reference,Qty,Manufacturer,MPN,Description\n"
BOARD = HEAD + ("U1,1,STMicroelectronics,STM32F405RGT6,MCU\n"
                "U2,1,MICRON TECH,MT41K256M16TW-107:P,DDR3L SDRAM\n"
                "R1 R2,2,Yageo,RC0402FR-0710KL,10k\n")
WAIVER = """- measure: cn-cac-micron-2023
  party: micron
  kind: installed-stock
  reason: last-time buy of 2022
  expires: 2027-06-30
  approved-by: Head of compliance
"""


class Store(Place):
    """A folder with a history in it."""

    def check(self, bom, *words, **how):
        return self.run("check", bom, "-p", "cn-cii-operator", "--history",
                        "h.db", *words, **how)

    def ask(self, sql):
        """Rows by another reader; the file is closed again."""
        store = sqlite3.connect(self.folder / "h.db")
        try:
            return store.execute(sql).fetchall()
        finally:
            store.close()

    def column(self, sql):
        return [row[0] for row in self.ask(sql)]

    def one(self, sql):
        return self.ask(sql)[0][0]

    def expect_whole(self, what):
        self.expect(f"{what}: the file is whole",
                    self.one("PRAGMA integrity_check") == "ok")
        self.expect(f"{what}: nothing refers to what is not there",
                    self.ask("PRAGMA foreign_key_check") == [])
        done = self.run("history", "verify", "--history", "h.db")
        self.expect(f"{what}: the chain holds: {done.stdout}{done.stderr}",
                    done.returncode == 0)

    def forget(self):
        for path in self.folder.glob("h.db*"):
            path.unlink()


def large_board(lines):
    rows = (f"U{i},1,Samsung,K4B4G16{i:05}E-BYMA,memory {i}\n"
            for i in range(lines))
    return HEAD + "".join(rows)


def records(place):
    place.write("board.csv", BOARD)
    first = place.check("board.csv", "--time", "2026-01-05T10:00:00Z", "-f",
                        "json", "--product", "Crab", "--revision", "A",
                        "--keep-files")
    report = json.loads(first.stdout)
    place.expect("a run with a history exits as one without",
                 first.returncode == 1)
    place.expect("--time is the day to judge by",
                 report["as_of"] == "2026-01-05")
    place.expect("the report names its run", report["history"] == {
        "run": 1, "head": place.one("SELECT hash FROM link")})
    place.expect("product and revision are recorded", place.ask(
        "SELECT product, revision, named, lines FROM bom") ==
        [("Crab", "A", 1, 3)])
    place.expect("the BOM itself is kept", place.one(
        "SELECT bytes FROM bom JOIN file ON file.id = bom.file")
        == BOARD.encode())
    place.expect("every rule file is kept",
                 place.one("SELECT count(*) FROM ruleset_file") > 100)
    place.expect("the findings are recorded", place.ask(
        "SELECT t.value, f.line FROM finding AS f JOIN fact ON fact.id = fact "
        "JOIN text AS t ON t.id = fact.fingerprint") ==
        [(f["fingerprint"], f["line"]) for f in report["findings"]])
    place.expect("the parts have their makers", place.ask(
        "SELECT t.value FROM line JOIN part ON part.id = line.part "
        "JOIN text AS t ON t.id = part.party ORDER BY line.position") ==
        [("st",), ("micron",), ("yageo",)])
    place.check("board.csv", "--time", "2026-01-06T10:00:00Z", "--product",
                "Crab")
    place.expect("lines are stored once",
                 place.one("SELECT count(*) FROM content") == 1 and
                 place.one("SELECT count(*) FROM line") == 3)
    place.expect("what findings say is stored once",
                 place.one("SELECT count(*) FROM fact") ==
                 len(report["findings"]))
    place.expect("each run carries the hash of the one before", place.one(
        "SELECT count(*) FROM link AS a JOIN link AS b ON b.id = a.id + 1 "
        "AND b.previous = a.hash") == 1)
    place.expect_whole("two runs")


def kept_files(place):
    """What is kept comes back, and repeats the run; it leaves its folder for
    nothing."""
    done = place.run("history", "export", "--history", "h.db", "-o", "out")
    rules = place.one("SELECT sha256 FROM ruleset")
    bom = place.one("SELECT f.sha256 FROM bom JOIN file AS f ON f.id = file")
    place.expect("the kept files are exported: " + done.stderr,
                 done.returncode == 0)
    again = place.run("check", f"out/boms/{bom}/board.csv", "--rules",
                      f"out/rules/{rules}", "-p", "cn-cii-operator", "--as-of",
                      "2026-01-05", "-f", "json", "--product", "Crab")
    report = json.loads(again.stdout)
    place.expect("by the same rules", report["ruleset"]["sha256"] == rules)
    place.expect("with the same findings",
                 sorted(f["fingerprint"] for f in report["findings"]) ==
                 sorted(place.column(
                     "SELECT DISTINCT t.value FROM fact "
                     "JOIN text AS t ON t.id = fact.fingerprint")))
    shutil.copy(place.folder / "h.db", place.folder / "forged.db")
    forged = sqlite3.connect(place.folder / "forged.db")
    forged.execute("UPDATE ruleset_file SET path = '../../../../escaped.yaml' "
                   "WHERE path = 'ruleset.yaml'")
    forged.execute("UPDATE bom SET path = 'a/..'")
    forged.commit()
    forged.close()
    place.run("history", "export", "--history", "forged.db", "-o", "deep/out")
    place.run("history", "export", "--history", "forged.db", "-o", "out2")
    place.expect("no name leads out of the folder", not list(
        place.folder.glob("*escaped*")) and not list(
        place.folder.parent.glob("*escaped*")) and len(list(
        (place.folder / "out2").rglob("escaped.yaml"))) == 1)
    for path in place.folder.glob("forged.db*"):
        path.unlink()


def what_if(place):
    """A look at a day to come was not made on that day."""
    place.run("check", "board.csv", "--as-of", "2099-01-01", "--all-lines",
              "-o", "later.json", "--history", "later.db")
    place.run("history", "import", "later.json", "--history", "later.db",
              "--commit", "abc123")
    later = sqlite3.connect(place.folder / "later.db")
    rows = later.execute("SELECT as_of, time < '2099' FROM run "
                         "JOIN link USING (id)").fetchall()
    later.close()
    place.expect("a what-if is imported as one",
                 rows == [("2099-01-01", 1)] * 2)
    for path in place.folder.glob("later.*"):
        path.unlink()


def imports(place):
    """A run made elsewhere is recorded as if it had been made here."""
    place.write(".bomgate-waivers.yaml", WAIVER)
    place.check("board.csv", "--time", "2026-02-01T10:00:00Z",
                "--all-lines", "-o", "report.json")
    here = place.ask("SELECT * FROM run_waiver WHERE run = 3")
    counts = place.ask("SELECT (SELECT count(*) FROM content), "
                       "(SELECT count(*) FROM fact), "
                       "(SELECT count(*) FROM part), "
                       "(SELECT count(*) FROM waiver)")
    words = ("history", "import", "report.json", "--history", "h.db",
             "--repository", "boards/crab", "--commit", "abc123",
             "--pipeline", "https://ci.example.com/7", "--actor", "ann",
             "--stage", "release")
    done = place.run(*words)
    place.expect(f"a report is imported: {done.stderr}",
                 done.returncode == 0)
    place.expect("it says where it comes from", place.ask(
        "SELECT origin, repository, revision, pipeline, actor, stage "
        "FROM run WHERE id = 4") ==
        [("import", "boards/crab", "abc123", "https://ci.example.com/7",
          "ann", "release")])
    place.expect("its time is the day it judges by", place.one(
        "SELECT time FROM link WHERE id = 4") == "2026-02-01T00:00:00Z")
    place.expect("it adds no line, fact, part or waiver of its own",
                 place.ask("SELECT (SELECT count(*) FROM content), "
                           "(SELECT count(*) FROM fact), "
                           "(SELECT count(*) FROM part), "
                           "(SELECT count(*) FROM waiver)") == counts)
    rows = ("SELECT fact, line, refdes, quantity, f.waived, known, waiver "
            "FROM finding AS f JOIN bom ON bom.id = bom WHERE run = ")
    place.expect("its findings are those of the run itself",
                 place.ask(rows + "3") == place.ask(rows + "4") != [])
    bom = ("SELECT path, sha256, product, named, revision, format, content, "
           "lines, lost, resolved, prohibited, unknown, clear, waived "
           "FROM bom WHERE run = ")
    place.expect("and so are its BOMs",
                 place.ask(bom + "3") == place.ask(bom + "4"))
    place.expect("its waivers too", [row[1:] for row in place.ask(
        "SELECT * FROM run_waiver WHERE run = 4")] ==
        [row[1:] for row in here] != [])
    what_if(place)
    again = place.run(*words)
    place.expect("importing twice is once", again.returncode == 0 and
                 place.one("SELECT count(*) FROM run") == 4 and
                 "recorded before as run 4" in again.stdout)
    shutil.copy(place.folder / "report.json", place.folder / "copy.json")
    done = place.run("history", "import", "report.json", "copy.json",
                     "--history", "h.db", "--commit", "def456")
    place.expect("the same report of another commit is another run, once",
                 done.returncode == 0 and
                 place.one("SELECT count(*) FROM run") == 5 and
                 "recorded as run 5" in done.stdout and
                 "recorded before as run 5" in done.stdout)
    place.run("history", "import", "report.json", "--history", "alone.db")
    alone = sqlite3.connect(place.folder / "alone.db")
    kept = alone.execute("SELECT count(*) FROM ruleset_file").fetchone()[0]
    alone.close()
    place.expect("the rules of an imported report are kept where they are at "
                 "hand", kept > 100)
    short = place.check("board.csv", "-o", "short.json")
    place.expect("a check", short.returncode in (0, 1))
    done = place.run("history", "import", "short.json", "--history", "h.db")
    place.expect("a report without its lines is refused, and says how",
                 done.returncode == 2 and "--all-lines" in done.stderr)
    broken = json.loads((place.folder / "report.json").read_text())
    broken["lines"].pop()
    place.write("broken.json", json.dumps(broken))
    done = place.run("history", "import", "broken.json", "--history", "h.db")
    place.expect("a report that lost a line is refused",
                 done.returncode == 2 and "missing" in done.stderr)
    place.expect_whole("imports")
    (place.folder / ".bomgate-waivers.yaml").unlink()


def kills(place):
    """kill -9 at any moment loses at most the run in progress."""
    place.write("large.csv", large_board(4000))
    started = time.monotonic()
    place.check("large.csv")
    seconds = time.monotonic() - started
    chance = random.Random(8)
    before, done = place.one("SELECT count(*) FROM run"), 0
    for _ in range(25):
        job = subprocess.Popen(
            place.command("check", "large.csv", "-p", "cn-cii-operator",
                          "--history", "h.db"),
            cwd=place.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, seconds * 1.1))
        job.send_signal(signal.SIGKILL)
        done += job.wait() in (0, 1)
    runs = place.one("SELECT count(*) FROM run")
    place.expect(f"runs that ended are there ({done} of 25)",
                 before + done <= runs <= before + 25)
    place.expect_whole("after 25 kills")
    place.check("board.csv")
    place.expect("the next run is recorded",
                 place.one("SELECT count(*) FROM run") == runs + 1)


def full_disk(place):
    """A write that fails loses nothing, and says so."""
    place.write("huge.csv", large_board(6000))
    before = place.ask("SELECT * FROM link")
    for limit in (4096, 70000, 300000):
        done = place.check("huge.csv", "-o", "huge.json", limit=limit)
        place.expect(f"with files of {limit} bytes at most it fails in words: "
                     f"{done.returncode} {done.stderr}",
                     done.returncode == 2 and done.stderr.count("\n") == 1)
        place.expect("no report is left",
                     not list(place.folder.glob("huge.json*")))
        place.expect("the history is as it was",
                     place.ask("SELECT * FROM link") == before)
    place.expect_whole("after a full disk")


def writers(place):
    """Several processes at once: each run is there, one after the other."""
    before = place.one("SELECT count(*) FROM run")
    jobs = [subprocess.Popen(
        place.command("check", "large.csv" if i % 3 == 0 else "board.csv",
                      "-p", "cn-cii-operator", "--history", "h.db"),
        cwd=place.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for i in range(8)]
    said = [job.communicate()[1] for job in jobs]
    place.expect(f"eight at once: {said}",
                 all(job.returncode in (0, 1) for job in jobs))
    place.expect("all of them are recorded",
                 place.one("SELECT count(*) FROM run") == before + 8)
    place.expect_whole("eight writers")
    place.forget()
    jobs = [subprocess.Popen(
        place.command("check", "board.csv", "-p", "cn-cii-operator",
                      "--history", "h.db"),
        cwd=place.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for i in range(6)]
    said = [job.communicate()[1] for job in jobs]
    place.expect(f"six make the file at once: {said}",
                 all(job.returncode in (0, 1) for job in jobs) and
                 place.one("SELECT count(*) FROM run") == 6)
    place.expect_whole("six that began")


def rescreens(place):
    """What is judged again must not be milder than a check would be."""
    ymtc = HEAD + "U1,1,YMTC,YMN08TE1B5HC1B,NAND flash\n"
    place.forget()
    place.write("nand.csv", ymtc)
    place.write("risk.yaml", "- measure: us-ndaa-5949\n  party: ymtc\n"
                "  kind: risk-accepted\n  reason: until the next layout\n"
                "  expires: 2029-01-01\n  approved-by: Head of compliance\n")
    place.run("check", "nand.csv", "-p", "us-federal-contractor", "--waivers",
              "risk.yaml", "--history", "h.db", "--time", "2026-01-01")
    words = ("history", "rescreen", "--history", "h.db", "--as-of")
    done = place.run(*words, "2026-06-01", "--fail-on", "upcoming")
    place.expect("an accepted risk stays accepted", done.returncode == 0 and
                 "1 waived" in done.stdout)
    done = place.run(*words, "2027-12-23")
    place.expect("a risk that was accepted covers no prohibition to come",
                 done.returncode == 1 and "0 waived" in done.stdout)
    done = place.run(*words, "2027-12-23", "--max-rule-age", "1")
    place.expect("rules that are too old give no answer",
                 done.returncode == 2 and "NO FULL ANSWER" in done.stdout)
    place.write("unknown.csv", HEAD + "U1,1,Nobody Knows,ZZ-1,\n")
    place.run("check", "unknown.csv", "-p", "us-federal-contractor",
              "--history", "h.db", "--time", "2026-01-01")
    done = place.run(*words, "2026-06-01", "--product", "unknown.csv")
    place.expect("a run without an answer is none when judged again",
                 done.returncode == 2 and "inconclusive" in done.stdout)
    place.run("check", "./nand.csv", "-p", "us-federal-contractor",
              "--history", "h.db", "--time", "2026-01-02")
    done = place.run(*words, "2026-06-01", "-f", "json", "--product",
                     "nand.csv")
    place.expect("./nand.csv is the board nand.csv",
                 len(json.loads(done.stdout)["boms"]) == 1)


def forgeries(place):
    """What was changed afterwards shows in an audit, and breaks nothing."""
    whole = (place.folder / "h.db").read_bytes()
    for what, sql in (
            ("a finding", "UPDATE fact SET verdict = (SELECT id FROM text "
                          "WHERE value = 'unknown')"),
            ("a text", "UPDATE text SET value = 'Evil' WHERE value LIKE "
                       "'Yangtze%'"),
            ("a verdict", "UPDATE text SET value = 'harmless' WHERE value = "
                          "'upcoming'"),
            ("a rule set", "UPDATE run SET ruleset = 99"),
            ("an alternate", "UPDATE line SET alternate = 1")):
        (place.folder / "forged.db").write_bytes(whole)
        forged = sqlite3.connect(place.folder / "forged.db")
        forged.execute(sql)
        forged.commit()
        forged.close()
        for words in (("audit", "--quarter", "2026Q1"),
                      ("history", "verify"), ("history", "diff", "1", "3"),
                      ("history", "rescreen"), ("history", "show", "1")):
            done = place.run(*words, "--history", "forged.db")
            place.expect(f"{what} changed: {words} ends with "
                         f"{done.returncode}", 0 <= done.returncode <= 3)
            if words[0] == "audit" and what != "an alternate":
                place.expect(f"{what} changed: the audit says so: "
                             f"{done.stderr}", done.returncode in (1, 2))
            if words[1] == "verify":
                place.expect(f"{what} changed: verify says so",
                             done.returncode in (1, 2))
        for path in place.folder.glob("forged.db*"):
            path.unlink()


def pipes(place):
    """What cannot be read twice is not kept, and nobody waits for it."""
    os.mkfifo(place.folder / "pipe.csv")
    writer = subprocess.Popen(["sh", "-c", "cat board.csv > pipe.csv"],
                              cwd=place.folder)
    try:
        done = subprocess.run(
            place.command("check", "pipe.csv", "--history", "h.db",
                          "--keep-files"), cwd=place.folder, timeout=60,
            capture_output=True, check=False)
        place.expect("a pipe is checked", done.returncode in (0, 1))
    except subprocess.TimeoutExpired:
        place.expect("a pipe is not waited for again", False)
    writer.kill()
    writer.wait()


def refusals(place):
    """What is no history of ours stays as it is."""
    other = sqlite3.connect(place.folder / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    shutil.copy(place.folder / "h.db", place.folder / "later.db")
    later = sqlite3.connect(place.folder / "later.db")
    later.execute("PRAGMA user_version = 99")
    later.close()
    place.write("text.db", "not a database\n" * 400)
    for name, word in (("other.db", "no history"), ("text.db", "no history"),
                       ("later.db", "later bomgate")):
        bytes_before = (place.folder / name).read_bytes()
        done = place.run("check", "board.csv", "--history", name)
        place.expect(f"{name} is refused: {done.stderr}",
                     done.returncode == 2 and word in done.stderr and
                     name in done.stderr)
        place.expect(f"{name} is left alone",
                     (place.folder / name).read_bytes() == bytes_before)


def damage(place):
    """Bytes that turned: an answer or a clear refusal, and never a crash."""
    whole = (place.folder / "h.db").read_bytes()
    chance = random.Random(7)
    for turn in range(60):
        bent = bytearray(whole)
        for _ in range(chance.choice((1, 8, 200))):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        (place.folder / "bent.db").write_bytes(bent)
        for words in (("check", "board.csv", "--history", "bent.db"),
                      ("history", "rescreen", "--history", "bent.db"),
                      ("history", "verify", "--history", "bent.db")):
            done = place.run(*words)
            place.expect(f"damage {turn}: {words[:2]} ends with "
                         f"{done.returncode}: {done.stderr[:200]}",
                         0 <= done.returncode <= 3)
        for path in place.folder.glob("bent.db*"):
            path.unlink()


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Store(sys.argv[1], folder)
        for step in (records, kept_files, imports, kills, full_disk, writers, rescreens,
                     forgeries, pipes, refusals, damage):
            step(place)
        if place.faults:
            sys.exit(f"{len(place.faults)} of what a history promises fails")
        print("the history holds")


if __name__ == "__main__":
    main()
