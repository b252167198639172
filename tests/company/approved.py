#!/usr/bin/env python3
"""A company's approved parts beside what it knows of them. usage: approved.py
PROGRAM

The list comes as a workbook too, a parts file names what the list judges, and
what is read again leaves alone what is not the list's.
"""
import datetime
import json
import sys
import tempfile
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

HEADER = ["IPN", "Manufacturer", "MPN", "Category", "Status", "Valid until",
          "Approved by", "Date", "Evidence"]
ROWS = [
    ["100-0001", "Micron", "MT41K256M16TW-107:P", None, "approved", None,
     "J. Doe", datetime.date(2026, 2, 1), "QR-12"],
    [None, "Winbond", None, None, "approved", datetime.date(2026, 6, 30),
     "J. Doe", datetime.date(2026, 1, 5), "audit 7"],
    [None, "Texas Instruments", None, None, "approved", None, "J. Doe",
     datetime.date(2026, 3, 1), None],
]
# A KiCad export that names nobody; all it has is the company's own numbers.
BOARD = """Refs,Qty,IPN,Value
U1,1,100-0001,DDR3L
U2,1,100-0002,NOR flash
U3,1,100-0003,Buck
U4,1,100-0004,DDR3L
"""
PARTS = """IPN,Manufacturer,MPN,By,Evidence
100-0001,Samsung,K4B4G1646E-BYMA,J. Doe,PO-1
100-0002,Winbond,W25Q128JVSIQ,J. Doe,PO-2
100-0003,Texas Instruments,TPS54331DR,J. Doe,PO-3
100-0004,Micron,MT41K256M16TW-107:P,J. Doe,PO-4
"""


class Company(Place):
    """A folder with a board, and rules of the company's own."""

    def bring(self, name, measure="acme-avl", into="own"):
        done = self.run("rules", "import", name, "--measure", measure, "--into",
                        into, "--from", "2026-01-01")
        self.expect(f"{name} is read: {done.stderr}", done.returncode == 0)
        return (self.folder / into / "measures" / f"{measure}.yaml").read_text(
            encoding="utf-8")

    def check(self, *words):
        done = self.run("check", "board.csv", "-p", "us-federal-contractor",
                        "--as-of", "2026-11-21", "-f", "json", *words)
        return json.loads(done.stdout)


def as_text(rows):
    return "".join(",".join("" if cell is None else str(cell) for cell in row)
                   + "\n" for row in [HEADER, *rows])


def in_a_workbook(company):
    """Read from a workbook it is the list that its text is."""
    book = openpyxl.Workbook()
    book.active.title = "AVL"
    book.active.append(["Approved vendors of Acme"])
    book.active.append([])
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.save(company.folder / "avl.xlsx")
    company.write("avl.csv", as_text(ROWS))
    made = company.bring("avl.xlsx")
    text = company.bring("avl.csv", into="other")
    company.expect(f"the same rows: {made}", made.replace("avl.xlsx", "avl.csv")
                   == text and "until: 2026-06-30" in made)
    done = company.run("rules", "lint", "own")
    company.expect(f"lint: {done.stdout}", done.returncode == 0 and
                   "no address" not in done.stdout)


def with_a_parts_file(company):
    """What the parts file names is what the list judges."""
    company.write("board.csv", BOARD)
    company.write("parts.csv", PARTS)
    company.write(".bomgate.yaml", "rules: [own]\nparts: parts.csv\n")
    report = company.check()
    found = {finding["line"]: (finding["reason"], finding["matched_by"])
             for finding in report["findings"]
             if finding["measure"] == "acme-avl"}
    company.expect(f"what is not approved: {found}", {
        line: reason for line, (reason, _) in found.items()} == {
            2: "other-approved", 3: "approval-expired", 5: "not-listed"})
    company.expect("by the parts file", all(
        "parts-file" in matched for _, matched in found.values()))
    company.expect("nobody is unknown", report["counts"]["unknown"] == 0)
    company.write(".bomgate.yaml", "rules: [own]\n")
    found = [finding["reason"] for finding in company.check()["findings"]
             if finding["measure"] == "acme-avl"]
    company.expect(f"without it an IPN is bought as its list says: {found}",
                   len(found) < 4)
    company.write(".bomgate.yaml", "")


def read_again(company):
    """Only its rows are written anew; how far it is known is its keeper's."""
    text = company.bring("avl.csv", into="again")
    company.expect(f"known to its newest day: {text}",
                   "\nknown-to: 2026-03-01\n" in text)
    company.write("avl.csv", as_text([
        [None, "Samsung", None, None, "approved", None, "J. Doe",
         datetime.date(2026, 9, 1), "audit 9"]]))
    again = company.bring("avl.csv", into="again")
    company.expect(f"other rows: {again}", "samsung" in again and
                   "winbond" not in again)
    head = text[:text.index("approved:\n")]
    company.expect(f"and nothing else: {again}", again.startswith(head))


def main():
    with tempfile.TemporaryDirectory() as folder:
        company = Company(sys.argv[1], folder)
        in_a_workbook(company)
        with_a_parts_file(company)
        read_again(company)
        return len(company.faults) != 0


if __name__ == "__main__":
    sys.exit(main())
