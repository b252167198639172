#!/usr/bin/env python3
"""Stop the program at any moment. usage: kills.py PROGRAM COUNT

COUNT runs that write reports and a history are killed, or asked to end, at
random moments: a report is whole, or as it was, or not there; the history is
whole. Only what had no time to clean up leaves something behind.
"""
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

HEAD = "Reference,Qty,Manufacturer,MPN,Description\n"
WORDS = ["check", "board.csv", "-p", "cn-cii-operator", "--history", "h.db",
         "-o", "r.json", "-o", "r.xlsx", "-o", "r.html", "-o", "r.sarif"]


def is_whole(path):
    """Is it all of a report?"""
    if path.suffix in (".json", ".sarif"):
        return bool(json.loads(path.read_text(encoding="utf-8")))
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return book.testzip() is None and "xl/workbook.xml" in \
                book.namelist()
    return path.read_text(encoding="utf-8").rstrip().endswith("</html>")


class Kills(Place):
    """A folder in which runs are stopped."""

    def set_up(self):
        self.write("board.csv", HEAD + "".join(
            f"U{i},1,Micron,MT41K256M16TW-107:P,memory {i}\n"
            for i in range(400)))
        begin = time.monotonic()
        done = self.run(*WORDS)
        self.seconds = time.monotonic() - begin
        self.expect(f"it works at all: {done.stderr}", done.returncode == 1)
        self.runs = 1

    def stop_one(self, how, after):
        job = subprocess.Popen(self.command(*WORDS), cwd=self.folder,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
        time.sleep(after)
        job.send_signal(how)
        said = job.communicate()[1]
        return job.returncode, said

    def look(self, how, status, said):
        for name in ("r.json", "r.xlsx", "r.html", "r.sarif"):
            path = self.folder / name
            try:
                whole = not path.exists() or is_whole(path)
            except (ValueError, zipfile.BadZipFile) as error:
                whole = False
                said = error
            self.expect(f"{name} is whole after {how.name}: {said}", whole)
        left = [p.name for p in self.folder.iterdir()
                if p.name.endswith(".tmp")]
        # It is killed before it can take notice while it starts.
        if how != signal.SIGKILL and status != -how:
            self.expect(f"{how.name} ends it in words: {status} {said}",
                        status in (0, 1) or (status == 2 and said))
            self.expect(f"{how.name} leaves nothing: {left}", not left)
        for name in left:
            (self.folder / name).unlink()

    def look_at_history(self):
        store = sqlite3.connect(self.folder / "h.db")
        whole = store.execute("PRAGMA integrity_check").fetchall()
        runs = store.execute("SELECT count(*) FROM run").fetchone()[0]
        store.close()
        self.expect(f"the history is whole: {whole}", whole == [("ok",)])
        self.expect(f"no run is lost: {runs} of {self.runs}",
                    runs >= self.runs)
        self.runs = runs


def main():
    count, chance, ends = int(sys.argv[2]), random.Random(10), {}
    with tempfile.TemporaryDirectory() as folder:
        place = Kills(sys.argv[1], folder)
        place.set_up()
        for n in range(count):
            how = chance.choice((signal.SIGKILL, signal.SIGKILL,
                                 signal.SIGTERM, signal.SIGINT))
            status, said = place.stop_one(
                how, chance.uniform(0, place.seconds * 1.1))
            ends[status] = ends.get(status, 0) + 1
            place.look(how, status, said)
            place.look_at_history()
            if n % 5 == 0:
                for report in place.folder.glob("r.*"):
                    report.unlink()
            if n % 50 == 49:  # it grows
                done = place.run("history", "verify", "--history", "h.db")
                place.expect(f"the chain holds: {done.stdout}",
                             done.returncode == 0)
                for path in place.folder.glob("h.db*"):
                    path.unlink()
                place.run(*WORDS)
                place.runs = 1
        done = place.run("history", "verify", "--history", "h.db")
        place.expect(f"the chain holds: {done.stdout}", done.returncode == 0)
        print(f"{count} runs were stopped; exit statuses {ends}")
        sys.exit(f"{len(place.faults)} faults" if place.faults else 0)


if __name__ == "__main__":
    main()
