#!/usr/bin/env python3
"""A company that says once what its BOMs do not. usage: parts.py PROGRAM

A KiCad export without makers becomes a work-list, which is filled in with
another program as a person would, and is the parts file of the next check.
"""
import csv
import datetime
import json
import sys
import tempfile
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

BOARD = """Refs,Value,Footprint,Qty,DNP
U1,W25Q128,Package_SO:SOIC-8_5.23x5.23mm,1,
U2,DDR3-4Gb,Package_BGA:FBGA-96,2,
D1 D2,SK34,Diode_SMD:D_SMA,2,
R1 R2,10k,Resistor_SMD:R_0402_1005Metric,2,
Y1,25MHz,Crystal:Crystal_SMD_3225,1,x
"""
ANSWERS = {
    "W25Q128": ("Winbond Electronics Corporation", "W25Q128JVSIQ"),
    "DDR3-4Gb": ("Samsung Electronics Co., Ltd.", "K4B4G1646E-BYMA"),
    "SK34": ("onsemi", "SK34"),
    "10k": ("Yageo", "RC0402FR-0710KL"),
    "25MHz": ("Seiko Epson Corporation", "FA-238 25.0000MB"),
}


class Company(Place):
    """A folder of boards."""

    def check(self, *words):
        done = self.run("check", *words, "-p", "cn-cii-operator", "--as-of",
                        "2026-11-21", "-f", "json", "--all-lines")
        return done.returncode, json.loads(done.stdout)

    def todo(self, *words):
        return self.run("parts", "todo", *words, "-p", "cn-cii-operator",
                        "--as-of", "2026-11-21")


def columns_of(sheet):
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


def by_value(sheet):
    at = columns_of(sheet)["Value"]
    return {sheet.cell(row, at).value: row
            for row in range(2, sheet.max_row + 1)}


def fill_in(company, name, answers):
    """As a person does: a value is looked for, and the row is filled in."""
    book = openpyxl.load_workbook(company.folder / name)
    sheet = book["Parts"]
    at, rows = columns_of(sheet), by_value(sheet)
    for value, (maker, mpn) in answers.items():
        row = rows[value]
        sheet.cell(row, at["Manufacturer"]).value = maker
        sheet.cell(row, at["MPN"]).value = mpn
        sheet.cell(row, at["By"]).value = "Li Wei"
        sheet.cell(row, at["Date"]).value = datetime.date(2026, 10, 2)
        sheet.cell(row, at["Evidence"]).value = "invoice 4711"
    book.save(company.folder / name)


def from_nothing_to_all(company):
    """What the issue of a company without part numbers is, from end to end."""
    company.write("board.csv", BOARD)
    status, before = company.check("board.csv")
    company.expect("without makers there is no answer",
                   status == 2 and not before["conclusive"])
    done = company.todo("board.csv", "-o", "parts.xlsx")
    company.expect(f"the work-list is written: {done.stderr}",
                   done.returncode == 0)
    book = openpyxl.load_workbook(company.folder / "parts.xlsx")
    sheet = book["Parts"]
    at = columns_of(sheet)
    company.expect("every column of a parts file is there", {
        "IPN", "Distributor P/N", "Value", "Footprint", "Manufacturer", "MPN",
        "Category", "Origin", "Lifecycle", "By", "Date", "Evidence"} <= set(at))
    company.expect("what is open stands there once",
                   set(by_value(sheet)) == set(ANSWERS) - {"W25Q128"})
    offered = {validation.sqref.ranges[0].min_col: validation.formula1
               for validation in sheet.data_validations.dataValidation}
    company.expect("makers, categories, origins and lifecycles are offered",
                   {at["Manufacturer"], at["Category"], at["Origin"],
                    at["Lifecycle"]} <= set(offered))
    makers = [cell.value for cell in book["Lists"]["A"]]
    company.expect("the makers that the rules know are among them", {
        "Micron Technology, Inc.", "Samsung Electronics Co., Ltd."} <=
        set(makers))
    fill_in(company, "parts.xlsx",
            {value: answer for value, answer in ANSWERS.items()
             if value != "W25Q128"})
    done = company.run("parts", "check", "parts.xlsx")
    company.expect(f"it is a sound parts file: {done.stdout}{done.stderr}",
                   done.returncode == 0 and "4 answered, 0 to be" in
                   done.stdout)
    company.write(".bomgate.yaml", "parts: parts.xlsx\n")
    status, after = company.check("board.csv")
    company.expect(f"all is resolved: {after['problems']}",
                   status == 0 and after["boms"][0]["resolved"] == 1 and
                   after["counts"]["unknown"] == 0)
    company.expect("the report says by what", after["parts_file"]["rows"] == 4
                   and after["parts_file"]["lines"] == 4)
    done = company.todo("board.csv", "-o", "again.xlsx")
    company.expect("nothing is left", done.stdout.startswith("0 parts"))
    again = openpyxl.load_workbook(company.folder / "again.xlsx")["Parts"]
    company.expect("and what was said stays", set(by_value(again)) ==
                   set(ANSWERS) - {"W25Q128"})
    twice = company.todo("board.csv", "-o", "twice.xlsx")
    company.expect("the same twice", twice.returncode == 0 and
                   (company.folder / "again.xlsx").read_bytes() ==
                   (company.folder / "twice.xlsx").read_bytes())
    (company.folder / ".bomgate.yaml").unlink()


def in_chinese(company):
    """A work-list in Chinese is a parts file in any language."""
    company.todo("board.csv", "-o", "zh.csv", "--lang", "zh-CN")
    with open(company.folder / "zh.csv", encoding="utf-8-sig",
              newline="") as source:
        rows = list(csv.reader(source))
    head = rows[0]
    for row in rows[1:]:
        maker, mpn = ANSWERS[row[head.index("参数值")]]
        row[head.index("制造商")], row[head.index("料号")] = maker, mpn
        row[head.index("填写人")] = "李伟"
    with open(company.folder / "zh.csv", "w", encoding="gbk",
              newline="") as out:
        csv.writer(out).writerows(rows)
    status, report = company.check("board.csv", "--parts", "zh.csv")
    company.expect("a Chinese work-list answers too",
                   status == 0 and report["counts"]["unknown"] == 0)


def wrong_cells(company):
    """Each cell that is wrong is named, and nothing is checked by halves."""
    company.todo("board.csv", "-o", "wrong.xlsx")
    fill_in(company, "wrong.xlsx", {"SK34": ("onsemi", "SK34")})
    book = openpyxl.load_workbook(company.folder / "wrong.xlsx")
    sheet = book["Parts"]
    at, row = columns_of(sheet), by_value(sheet)["SK34"]
    sheet.cell(row, at["Category"]).value = "diodish"
    sheet.cell(row, at["Origin"]).value = "Atlantis"
    sheet.cell(row, at["Date"]).value = "soon"
    book.save(company.folder / "wrong.xlsx")
    done = company.run("check", "board.csv", "--parts", "wrong.xlsx")
    for column, word in (("Category", "diodish"), ("Origin", "Atlantis"),
                         ("Date", "soon")):
        company.expect(f"{word} is named with its place: {done.stderr}",
                       f"wrong.xlsx:{row}:{at[column]}: '{word}'" in
                       done.stderr)
    company.expect("and nothing is checked", done.returncode == 2 and
                   done.stdout == "")


HEAD = "IPN,Manufacturer,MPN,Category,Origin,By,Date,Evidence\n"


def parts_of(report):
    return [part for line in report["lines"] for part in line["parts"]]


def makers_and_numbers(company):
    """What the file settles, and what it must not hide."""
    company.write("own.csv", "Ref,IPN,Manufacturer,MPN\n"
                             "U1,1,SK,SK34\n"
                             "U2,2,,\n"
                             "U3,3,Micron,MT41K256M16TW-107:P\n")
    company.write("p.csv", HEAD +
                  "1,onsemi,SK34,,,Li Wei,2026-10-02,datasheet\n"
                  "2,Samsung,K4B4G1646E-BYMA,,,Li Wei,2026-10-02,AVL\n"
                  "2,Micron,MT41K256M16TW-107:P,,,Li Wei,2026-10-02,AVL\n"
                  "3,Samsung,K4B4G1646E-BYMA,,,Li Wei,2026-10-02,AVL\n")
    status, report = company.check("own.csv", "--parts", "p.csv")
    found = {(part["line"], part["mpn"]): part["party"]
             for part in parts_of(report)}
    company.expect(f"a false match is settled: {found}",
                   found.get((2, "SK34")) == "onsemi")
    company.expect("all that is approved is checked",
                   found.get((3, "K4B4G1646E-BYMA")) == "samsung" and
                   found.get((3, "MT41K256M16TW-107:P")) == "micron")
    company.expect("what the BOM names stays, whatever is approved",
                   found.get((4, "MT41K256M16TW-107:P")) == "micron" and
                   status == 1)
    said = [finding for finding in report["findings"]
            if finding["line"] == 3 and finding["party"] == "micron"]
    company.expect("a finding says who said so", said and
                   "parts-file" in said[0]["matched_by"] and
                   "p.csv, line 4: Li Wei, 2026-10-02: AVL" in
                   said[0]["evidence"])


def contradictions(company):
    """A number of another maker's form is answered for by name, or asked."""
    company.write("one.csv", "Ref,Manufacturer,MPN\n"
                             "U1,,MT41K256M16TW-107:P\n")
    company.write("p.csv", HEAD + ",Samsung,MT41K256M16TW-107:P,,,,,\n")
    _, report = company.check("one.csv", "--parts", "p.csv")
    company.expect("unsigned it is still asked",
                   report["counts"]["review"] == 1)
    company.write("p.csv", HEAD + ",Samsung,MT41K256M16TW-107:P,,,A. Smith,"
                                  "2026-10-02,letter of the maker\n")
    _, report = company.check("one.csv", "--parts", "p.csv")
    company.expect("signed it holds", report["counts"]["clear"] == 1)
    done = company.run("parts", "check", "p.csv")
    company.expect("and the check of the file tells of it",
                   "another maker's part number" in done.stderr)


def slips(company):
    """What a slip in the file must not hide."""
    own = "Ref,Manufacturer,MPN\nU1,Micron Technology,MT41K256M16TW-107:P\n"
    signed = ",,,A. Smith,2026-10-02,letter\n"
    cases = {
        "a name and a number that agree go before the file":
            (own, "9,Samsung,MT41K256M16TW-107:P" + signed),
        "two makers of one number are both checked":
            ("Ref,MPN\nU1,ABC123\n",
             "1,Samsung,ABC123" + signed + "2,Micron,ABC123" + signed),
        "a value that is another maker's number stays":
            ("Refs,Value,Footprint,Qty\nU1,MT41K256M16TW-107:P,BGA-96,1\n",
             None),
    }
    for what, (bom, rows) in cases.items():
        company.write("slip.csv", bom)
        company.write("p.csv", HEAD + rows if rows else
                      "Value,Footprint,Manufacturer,MPN\n"
                      "MT41K256M16TW-107:P,BGA-96,Samsung,K4B4G1646E-BYMA\n")
        status, report = company.check("slip.csv", "--parts", "p.csv")
        company.expect(f"{what}: {report['counts']}",
                       report["counts"]["prohibited"] == 1 and status != 0)
    company.write("p.csv", HEAD + cases[
        "two makers of one number are both checked"][1])
    company.expect("and the check of the file says so", company.run(
        "parts", "check", "p.csv").returncode == 1)
    company.write("slip.csv", "Ref,IPN,Manufacturer,MPN\n"
                              "U1,1,BOE,OLED-1\n")
    company.write("p.csv", HEAD + "1,BOE,OLED-1,,KR,Li Wei,2026-10-02,label\n"
                                  "1,BOE,OLED-1,,CN,Li Wei,2026-10-02,label\n")
    _, report = company.check("slip.csv", "--parts", "p.csv")
    company.expect("two origins are none",
                   report["lines"][0]["origin"] is None)
    done = company.run("parts", "check", "p.csv")
    company.expect(f"and told of: {done.stderr}", done.returncode == 1)


def nightly(company):
    """What was settled is no news to the nightly look at the history."""
    company.write("one.csv", "Ref,Manufacturer,MPN\n"
                             "U1,,MT41K256M16TW-107:P\n")
    company.write("p.csv", HEAD + ",Samsung,MT41K256M16TW-107:P,,,A. Smith,"
                                  "2026-10-02,letter of the maker\n")
    company.check("one.csv", "--parts", "p.csv", "--history", "h.db")
    looks = {words: company.run("history", "rescreen", "--history", "h.db",
                                "--as-of", "2026-11-21", "-f", "json",
                                "-p", "cn-cii-operator", "--fail-on", "review",
                                *words).returncode
             for words in ((), ("--parts", "p.csv"))}
    company.expect(f"a settled part is no news: {looks}",
                   looks == {(): 1, ("--parts", "p.csv"): 0})


def origins(company):
    """Where a part is made is the BOM's word, else the file's."""
    company.write("o.csv", "Ref,IPN,Manufacturer,MPN,Country of Origin\n"
                           "U1,1,Samsung,K4B4G1646E-BYMA,\n"
                           "U2,1,Samsung,K4B4G1646E-BYMA,KR\n")
    company.write("p.csv", HEAD + "1,Samsung,K4B4G1646E-BYMA,memory/dram,CN,"
                                  "Li Wei,2026-10-02,label\n")
    _, report = company.check("o.csv", "--parts", "p.csv")
    company.expect("origins", [line["origin"] for line in report["lines"]] ==
                   ["CN", "KR"])
    company.expect("categories", {line["category"] for line in
                                  report["lines"]} == {"memory/dram"})


def main():
    with tempfile.TemporaryDirectory() as folder:
        company = Company(sys.argv[1], folder)
        for step in (from_nothing_to_all, in_chinese, wrong_cells,
                     makers_and_numbers, contradictions, slips, nightly,
                     origins):
            step(company)
        if company.faults:
            sys.exit(f"{len(company.faults)} of what a company knows fails")
        print("what the company knows is used")


if __name__ == "__main__":
    main()
