#!/usr/bin/env python3
"""What suppliers declare, kept as people keep it. usage: declarations.py PROGRAM

A workbook of declarations answers as a text does, and a change does not answer
for itself what is asked of it.
"""
import datetime
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

HEADER = ["Party", "MPN", "Measure", "Statement", "Country", "Document",
          "SHA-256", "Date", "Valid until", "By"]
BOARD = """Reference,Qty,Manufacturer,MPN,Description
U1,1,Netac,NT01N930E-512G,NVMe SSD 512 GB
"""
ROW = ["Netac", None, "all", "contains-none", None, "made-up.pdf", "a" * 64]
IDENTITY = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]


class Company(Place):
    """A folder of boards."""

    def git(self, *words):
        subprocess.run(["git", *IDENTITY, *words], cwd=self.folder, check=True,
                       capture_output=True)

    def states(self, *words):
        """How each measure's question stands, and how many findings ask."""
        done = self.run("check", "board.csv", "-p", "us-federal-contractor",
                        "--as-of", "2026-11-21", "-f", "json", *words)
        report = json.loads(done.stdout)
        return ({item["state"] for item in report["contents"]},
                report["counts"]["review"])


def in_a_workbook(company):
    """Days are cells of a calendar there, not texts."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(ROW + [datetime.date(2026, 3, 1),
                              datetime.datetime(2026, 12, 31), "A. Buyer"])
    book.save(company.folder / "declared.xlsx")
    company.expect("nothing is declared",
                   company.states() == ({"undeclared"}, 1))
    company.expect("a workbook answers", company.states(
        "--declarations", "declared.xlsx") == ({"declared"}, 0))


def in_a_change(company):
    """What the base has counts; what the change adds, once it is merged."""
    text = ",".join(HEADER) + "\n"
    company.write("declared.csv", text)
    company.write(".bomgate.yaml", "declarations: declared.csv\n")
    company.git("init", "-q", "-b", "main")
    company.git("add", ".")
    company.git("commit", "-qm", "boards")
    row = ",".join(cell or "" for cell in ROW)
    company.write("declared.csv", f"{text}{row},2026-03-01,2026-12-31,Me\n")
    company.expect("in the tree it is declared",
                   company.states() == ({"declared"}, 0))
    company.expect("in the base it is not", company.states(
        "--waivers-from", "main") == ({"undeclared"}, 1))
    company.git("commit", "-qam", "declared")
    company.expect("once merged it is", company.states(
        "--waivers-from", "main") == ({"declared"}, 0))


def unsigned(company):
    """A category that nobody answers for takes no question away."""
    company.write("named.csv", BOARD.replace("Reference", "IPN").replace(
        "U1", "500-1"))
    header = "IPN,Category,Origin,By,Evidence\n"

    def states(row, *words):
        company.write("parts.csv", header + row)
        done = company.run("check", "named.csv", "-p", "us-federal-contractor",
                           "--as-of", "2026-11-21", "-f", "json", "--parts",
                           "parts.csv", *words)
        report = json.loads(done.stdout)
        return ({item["state"] for item in report["contents"]},
                report["counts"]["review"])
    asked = ({"undeclared"}, 1)
    company.expect("asked without a category", states("500-2,,,,\n") == asked)
    company.expect("nobody signed it", states(
        "500-1,passive/resistor,,,\n") == asked)
    company.expect("no ground for it", states(
        "500-1,passive/resistor,,J. Doe,\n") == asked)
    company.expect("strictly too", states(
        "500-1,passive/resistor,,,\n", "--strict-contents") == asked)
    company.expect("signed, it counts", states(
        "500-1,passive/resistor,,J. Doe,drawing 7\n")[0] == set())
    company.expect("and an unsigned one may ask", states(
        "500-1,storage/ssd,KR,,\n") == asked)


def unread_origin(company):
    """An origin that is no country is not called missing."""
    def whys(origin):
        company.write("boards.csv", "Ref,Manufacturer,MPN,Category,Origin\n"
                      f"PCB1,Kinwong,KW-1,pcb,{origin}\n")
        done = company.run("check", "boards.csv", "-p", "us-dod", "--as-of",
                           "2027-03-01", "-f", "json", "--min-resolved", "0")
        return [(finding["verdict"], finding["reason"], finding["why"])
                for finding in json.loads(done.stdout)["findings"]
                if finding["measure"] == "us-10usc4873-pcb"]
    (missing,) = whys("")
    company.expect(f"missing: {missing}", missing[:2] == (
        "review", "open-origin") and "does not say where" in missing[2])
    for origin in ("Atlantis", "CN/TW"):
        (unread,) = whys(origin)
        company.expect(f"{origin}: {unread}", unread[:2] == (
            "review", "open-origin") and "names no country" in unread[2])
    company.expect("a country outside is nothing", whys("Taiwan") == [])


def exactness(company):
    """What was said of one part is not silenced by a word for all parts."""
    header = ",".join(HEADER) + "\n"
    row = "{},{},{},{},,{},{},{},{},A. Buyer\n"

    def states(*rows):
        company.write("exact.csv", header + "".join(
            row.format(*cells) for cells in rows))
        return company.states("--declarations", "exact.csv")
    wide = ("Netac", "", "all", "contains-none", "a.pdf", "a" * 64,
            "2026-06-01", "2027-05-31")
    was = ("", "NT01N930E-512G", "us-ndaa-5949", "contains", "b.pdf", "b" * 64,
           "2025-06-01", "2026-05-31")
    company.expect("the party answers", states(wide) == ({"declared"}, 0))
    found = states(wide, was)
    company.expect(f"but not for that part: {found}",
                   found == ({"declared", "expired"}, 1))
    now = ("Netac", "NT01N930E-512G", "US-NDAA-5949", "contains-none", "c.pdf",
           "c" * 64, "2026-08-01", "2027-05-31")
    company.expect("until it is answered for it",
                   states(wide, was, now) == ({"declared"}, 0))
    company.write("exact.csv", header + row.format(*now) + row.format(*now))
    done = company.run("check", "board.csv", "--declarations", "exact.csv")
    company.expect(f"twice is told: {done.stderr}",
                   "exact.csv:3: declares the same as line 2" in done.stderr)


def documents(company):
    """A document that lies there is the one that was declared."""
    header = ",".join(HEADER) + "\n"
    row = "Netac,,all,contains-none,,{},{},2026-03-01,2026-12-31,A. Buyer\n"
    (company.folder / "letters").mkdir()
    for name in ("a..b.txt", "letters/c.txt"):
        company.write(name, "we declare\n")
        company.write("signed.csv", header + row.format(name, "a" * 64))
        done = company.run("check", "board.csv", "--declarations", "signed.csv")
        company.expect(f"{name} is looked at: {done.stderr}",
                       done.returncode == 2 and "signed.csv:2:7:" in done.stderr)
        digest = hashlib.sha256(b"we declare\n").hexdigest()
        company.write("signed.csv", header + row.format(name, digest.upper()))
        company.expect(f"{name} is the one", company.states(
            "--declarations", "signed.csv") == ({"declared"}, 0))


def main():
    with tempfile.TemporaryDirectory() as folder:
        company = Company(sys.argv[1], folder)
        company.write("board.csv", BOARD)
        in_a_workbook(company)
        exactness(company)
        unread_origin(company)
        documents(company)
        unsigned(company)
        in_a_change(company)
        return len(company.faults) != 0


if __name__ == "__main__":
    sys.exit(main())
