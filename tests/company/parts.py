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


def false_match(company):
    """A name that only looks like a restricted one is settled once."""
    company.write("own.csv", "Ref,IPN,Manufacturer,MPN\nD1,1,Micorn,ZX34\n")
    company.write("p.csv", HEAD + "2,onsemi,ZX99,,,,,\n")
    status, report = company.check("own.csv", "--parts", "p.csv")
    company.expect(f"it is asked about: {report['findings']}", [
        (finding["verdict"], finding["party"])
        for finding in report["findings"]] == [("review", "micron")])
    company.write("p.csv", HEAD +
                  "1,onsemi,ZX34,,,Li Wei,2026-10-02,label on the reel\n")
    status, report = company.check("own.csv", "--parts", "p.csv")
    company.expect(f"and then not any more: {report['findings']}",
                   status == 0 and report["findings"] == [] and
                   [part["party"] for part in parts_of(report)] == ["onsemi"])


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
    company.expect("and every report says so", any(
        "one.csv:2 (MT41K256M16TW-107:P: Samsung)" in sentence
        for sentence in report["not_checked"]))
    done = company.run("parts", "check", "p.csv")
    company.expect("and the check of the file tells of it",
                   "another maker's part number" in done.stderr)


def advice(company):
    """The check of a file says what each slip is, and what to do."""
    company.write("p.csv", HEAD + "1,N/A,X1,,,,,\n2,Digi-Key,X2,,,,,\n"
                                  "3,Frobnicate,X3,,,,,\n"
                                  "4,Micron,,passive/resistor,,,,\n")
    told = company.run("parts", "check", "p.csv").stderr
    for line in ("p.csv:2:2: 'N/A' names nobody; leave the cell empty",
                 "p.csv:3:2: 'Digi-Key' sells parts and makes none",
                 "p.csv:4:2: 'Frobnicate' is no maker that the rules know",
                 "until then its category takes no question away"):
        company.expect(f"{line}: {told}", line in told)
    company.write("p.csv", "IPN,Manufacturer,MPN,Lifecycle\n"
                           "1,Micron,MT41K256M16TW-107:P,obsoleet\n")
    told = company.run("parts", "check", "p.csv").stderr
    company.expect(f"a slip in the lifecycle is told of: {told}",
                   "p.csv:2:4: note: 'obsoleet' is none of" in told)
    for head in ("2nd source,2nd source P/N", "Alternate,Alternate P/N",
                 "Manufacturer 2,MPN 2"):
        company.write("p.csv", f"IPN,Manufacturer,MPN,{head}\n1,Samsung,"
                      "K4B4G1646E-BYMA,Micron,MT41K256M16TW-107:P\n")
        company.write("one.csv", "Refs,IPN,Qty,Value\nU3,1,1,x\n")
        _, report = company.check("one.csv", "--parts", "p.csv")
        company.expect(f"{head}: the alternate is checked too", {
            part["party"]: part["verdict"] for part in parts_of(report)} ==
            {"samsung": "clear", "micron": "prohibited"})
    company.write(".bomgate.yaml", "parts: first.xlsx\n")
    done = company.run("parts", "todo", "board.csv", "-o", "first.xlsx")
    company.expect(f"the first work-list makes the file: {done.stderr}",
                   done.returncode == 0 and
                   (company.folder / "first.xlsx").exists())
    company.write(".bomgate.yaml", "lang: en\n")
    book = openpyxl.Workbook()
    for title in ("Parts", "Old"):
        sheet = book.create_sheet(title)
        sheet.append(["IPN", "Manufacturer", "MPN"])
        sheet.append(["1", "Micron", "MT41K256M16TW-107:P"])
    book.save(company.folder / "two.xlsx")
    told = company.run("parts", "check", "two.xlsx").stderr
    company.expect(f"two tables are one too many: {told}",
                   "more than one sheet has such a table" in told)
    book["Old"].sheet_state = "hidden"
    book.save(company.folder / "two.xlsx")
    told = company.run("parts", "check", "two.xlsx")
    company.expect(f"hidden it is not in the way: {told.stderr}",
                   told.returncode == 0)


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


NO_CN = """id: acme-no-cn
title: No displays from China
authority: Acme
jurisdiction: DE
citation: Acme 1
announced: 2026-01-01
known-to: 2026-11-01
binds: [any]
covers: [display/oled]
clauses:
  - id: cn
    effect: prohibit
    activities: [purchase]
    made-in: [CN]
    from: 2026-01-01
    do: Buy elsewhere.
sources:
  - {url: "https://example.com/a", title: Acme, seen: 2026-11-01}
confidence: official-text
"""


def part_verdicts(company, bom, parts, *words):
    company.write("made.csv", bom)
    company.write("p.csv", parts or "IPN,Manufacturer,MPN\n")
    done = company.run("check", "made.csv", "-p", "us-dod", "--as-of",
                       "2026-11-21", "-f", "json", "--all-lines",
                       "--min-resolved", "0", "--parts", "p.csv", *words)
    return {part["mpn"]: part["verdict"]
            for part in parts_of(json.loads(done.stdout))}


def each_part_its_own(company):
    """What is said of one part is not lent to another."""
    (company.folder / "own" / "measures").mkdir(parents=True)
    company.write("own/measures/acme-no-cn.yaml", NO_CN)
    company.write(".bomgate.yaml", "rules: [own]\n")
    head = "Ref,IPN,Manufacturer,MPN,Category,Origin\n"
    cases = (
        ("the BOM says it", "D1,1,Samsung,KW-1,display/oled,CN\n", "",
         {"KW-1": "prohibited"}),
        ("an alternate in a row of its own",
         "D1,1,Samsung,KW-1,display/oled,KR\n,,LG,KW-2,display/oled,CN\n", "",
         {"KW-1": "clear", "KW-2": "prohibited"}),
        ("another part that the BOM names",
         "D1,1,LG,KW-9,display/oled,\n",
         "1,Samsung,KW-1,display/oled,KR" + SIGNED[2:],
         {"KW-9": "review", "KW-1": "clear"}),
        ("the file against the BOM",
         "D1,1,Samsung,KW-1,display/oled,KR\n",
         "1,Samsung,KW-1,display/oled,CN" + SIGNED[2:],
         {"KW-1": "review"}),
        ("the file alone", "D1,1,Samsung,KW-1,display/oled,\n",
         "1,Samsung,KW-1,display/oled,CN" + SIGNED[2:],
         {"KW-1": "prohibited"}),
        ("who signs it answers", "D1,1,Samsung,KW-1,display/oled,\n",
         "1,Samsung,KW-1,display/oled,KR" + SIGNED[2:], {"KW-1": "clear"}),
        ("who does not leaves it open",
         "D1,1,Samsung,KW-1,display/oled,\n",
         "1,Samsung,KW-1,display/oled,KR,,,\n", {"KW-1": "review"}),
        ("two rows, two origins", "D1,1,,,display/oled,\n",
         "1,Samsung,KW-1,display/oled,KR" + SIGNED[2:] +
         "1,LG,KW-2,display/oled,CN" + SIGNED[2:],
         {"KW-1": "clear", "KW-2": "prohibited"}),
    )
    for what, bom, rows, wanted in cases:
        found = part_verdicts(company, head + bom, HEAD + rows)
        company.expect(f"{what}: {found}", found == wanted)
    found = part_verdicts(
        company, "Ref,Manufacturer,MPN,Origin,Manufacturer 2,MPN 2,Origin 2,"
        "Category\nD1,Samsung,KW-1,KR,LG,KW-2,CN,display/oled\n", "")
    company.expect(f"an alternate in columns of its own: {found}",
                   found == {"KW-1": "clear", "KW-2": "prohibited"})
    found = part_verdicts(
        company, "Ref,Manufacturer,MPN,Origin,Manufacturer 2,MPN 2,"
        "Category\nD1,Samsung,KW-1,KR,LG,KW-2,display/oled\n", "")
    company.expect(f"one origin is the first part's: {found}",
                   found == {"KW-1": "clear", "KW-2": "review"})
    company.write(".bomgate.yaml", "lang: en\n")


def categories_of_others(company):
    """A category is that of the part that its row names, and is signed."""
    company.write("c.csv", "Ref,IPN,Manufacturer,MPN,Description\n"
                  "U1,500-1,Netac,NT01N930E-512G,NVMe SSD 512 GB\n")

    def asked(bom, rows):
        company.write("p.csv", HEAD + rows)
        done = company.run("check", bom, "-p", "us-federal-contractor",
                           "--as-of", "2026-11-21", "-f", "json",
                           "--min-resolved", "0", "--parts", "p.csv")
        report = json.loads(done.stdout)
        return len(report["contents"]), {
            finding["measure"] for finding in report["findings"]
            if finding["verdict"] == "review"}
    alone = asked("c.csv", "9,,,,,,,\n")
    lent = asked("c.csv", "500-1,Yageo,RC0402FR-0710KL,passive/resistor"
                 + SIGNED[1:])
    company.expect(f"what another part is says nothing: {alone} {lent}",
                   alone == lent and alone[0] != 0)
    company.write("h.csv", "Ref,IPN,Manufacturer,MPN\nU1,1-1,Hikvision,XX-1\n")
    alone = asked("h.csv", "9,,,,,,,\n")
    unsigned = asked("h.csv", "1-1,,,passive/resistor,,,,\n")
    company.expect(f"nobody signed it: {alone} {unsigned}",
                   "us-ndaa-889" in alone[1] and alone == unsigned)


SIGNED = ",,,Li Wei,2026-10-02,label\n"


def keys(company):
    """What a row is known by, however the BOM writes it."""
    company.write("k.csv", "Ref,IPN,Supplier PN,Value,Footprint\n"
                           "U1,1,557-1,,\n"
                           "U2,N/A,,,\n"
                           "U3,,,DDR3  4Gb,Package_BGA:FBGA-96\n")
    company.write("p.csv",
                  "IPN,Supplier PN,Value,Footprint,Manufacturer,MPN,Category,"
                  "By,Date,Evidence\n"
                  "1,,,,,,memory/dram,Li Wei,2026-10-02,label\n"
                  ",557-1,,,Micron,MT41K256M16TW-107:P,,Li Wei,2026-10-02,x\n"
                  "N/A,557-2,,,Micron,MT41K128M16JT-125:K,,Li,2026-10-02,x\n"
                  ",,DDR3 4Gb,FBGA-96,Micron,MT41K256M16HA-125:E,,Li Wei,"
                  "2026-10-02,x\n")
    _, report = company.check("k.csv", "--parts", "p.csv")
    found = {part["line"]: part["mpn"] for part in parts_of(report)}
    company.expect(f"the rows of both numbers are the line's: {found}",
                   found.get(2) == "MT41K256M16TW-107:P")
    company.expect(f"no number is no key: {found}", not found.get(3))
    company.expect(f"blanks and libraries tell nothing apart: {found}",
                   found.get(4) == "MT41K256M16HA-125:E")
    company.write("v.csv", "Refs,Value,Footprint,Qty\nR1,10M,R_2512,1\n"
                           "R2,10m,R_2512,1\nR3,10 m,R_2512,1\n")
    company.write("p.csv", "Value,Footprint,Manufacturer,MPN\n"
                           "10m,R_2512,Vishay,WSL2512R0100FEA\n")
    _, report = company.check("v.csv", "--parts", "p.csv")
    found = {part["line"] for part in parts_of(report) if part["mpn"]}
    company.expect(f"a million ohms are no thousandth: {found}",
                   found == {3})
    company.write("p.csv", "数值,封装,制造商,型号\n"
                           "DDR3 4Gb,FBGA-96,Micron,MT41K256M16HA-125:E\n")
    _, report = company.check("k.csv", "--parts", "p.csv")
    company.expect("a file in Chinese says the same", any(
        part["mpn"] == "MT41K256M16HA-125:E" for part in parts_of(report)))


def maker_alone(company):
    """A row may say who makes it, and the BOM which part it is."""
    company.write("m.csv", "Ref,IPN,Manufacturer,MPN\n"
                           "U1,1,,XYZ-123\nU2,2,Hikvision,DS-2CD2143\n")
    company.write("p.csv", HEAD + "1,Samsung,,,,Li Wei,2026-10-02,x\n"
                                  "2,Hikvision,,,,,,\n")
    _, report = company.check("m.csv", "--parts", "p.csv")
    found = [(part["line"], part["mpn"], part["party"])
             for part in parts_of(report)]
    company.expect(f"they are one part: {found}", found == [
        (2, "XYZ-123", "samsung"), (3, "DS-2CD2143", "hikvision")])


def crowds(company):
    """Nobody chooses between thousands: a slip, and a check without end."""
    company.write("c.csv", "Ref,IPN\nU1,7\n")
    company.write("p.csv", HEAD + "".join(
        f"7,Samsung,AB{i}{SIGNED}" for i in range(1001)))
    done = company.run("check", "c.csv", "--parts", "p.csv")
    company.expect(f"rows of one key are counted: {done.stderr}",
                   done.returncode == 2 and
                   "'7' in the column 'IPN' is what more than 1000 rows are "
                   "known by" in done.stderr)
    company.write("p.csv", HEAD + "".join(
        f"7,Samsung,AB{i}{SIGNED}" for i in range(1000)))
    _, report = company.check("c.csv", "--parts", "p.csv")
    company.expect("so many are all checked", len(parts_of(report)) == 1000)


def keyless(company):
    """Who has no number and no value cannot be named in a parts file."""
    company.write("n.csv", "Ref,Manufacturer,MPN,Description\n"
                           "U1,Frobnicate GmbH,,a part\n"
                           "U2,Frobnicate GmbH,FW-1,another\n")
    done = company.todo("n.csv", "-o", "n-todo.csv")
    rows = list(csv.reader(
        (company.folder / "n-todo.csv").open(encoding="utf-8-sig")))
    company.expect(f"it is told of, and not asked: {done.stdout}",
                   "1 line has no number and no value" in done.stdout and
                   "n.csv:2" in done.stdout and len(rows) == 2)
    done = company.run("parts", "check", "n-todo.csv")
    company.expect(f"what is asked can be answered: {done.stderr}",
                   done.returncode == 0)


def own_columns(company):
    """What the company keeps beside stays when the list is written anew."""
    company.write("p.csv", "IPN,Manufacturer,MPN,Rack,By,Date,Evidence\n"
                           "1,Samsung,K4B4G1646E-BYMA,=B7,Li,2026-10-02,x\n")
    for name in ("again.csv", "again.xlsx", "third.csv"):
        source = "again.csv" if name == "third.csv" else "p.csv"
        done = company.todo("board.csv", "--parts", source, "-o", name)
        company.expect(f"written: {done.stderr}", done.returncode in (0, 1))
    for name in ("again.csv", "third.csv"):
        with (company.folder / name).open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        company.expect(f"{name} keeps the rack: {rows[-1]}",
                       rows[-1]["Rack"] == "'=B7" and
                       list(rows[-1]).count("Uses") == 1)
    sheet = openpyxl.load_workbook(company.folder / "again.xlsx")["Parts"]
    at = columns_of(sheet)
    company.expect(f"the workbook too: {list(at)}", "Rack" in at and
                   sheet.cell(sheet.max_row, at["Rack"]).value == "=B7" and
                   sheet.cell(sheet.max_row, at["Rack"]).data_type == "s")


def lint(company):
    """What the check of the file finds, wrong cells or not."""
    cases = {
        "makes this part, but line 2 says":
            "Supplier PN,Manufacturer,MPN\n557-1,Samsung,A1\n"
            "557-1,Micron,B2\n",
        "another 'Category'":
            "Value,Footprint,Manufacturer,Category\n"
            "10k,R_0402,Yageo,passive\n10k,R_0402,Yageo,memory/dram\n",
        "not used: Status, Valid until;":
            "IPN,Manufacturer,Status,Valid until\n1,Yageo,blocked,2020-01-01\n",
        "is still to come":
            "IPN,Manufacturer,By,Date,Evidence\n1,Yageo,Li,2999-01-01,x\n",
        "has no footprint":
            "Value,Footprint,Manufacturer\n10k,,Yageo\n",
        "says another 'Origin'":
            "IPN,Manufacturer,MPN,Origin\n1,BOE,X1,KR\n1,BOE,X1,CN\n"
            "2,BOE,X2,Atlantis\n",
    }
    for words, text in cases.items():
        company.write("p.csv", text)
        done = company.run("parts", "check", "p.csv")
        company.expect(f"{words}: {done.stderr}", words in done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        company = Company(sys.argv[1], folder)
        for step in (from_nothing_to_all, in_chinese, wrong_cells,
                     makers_and_numbers, false_match, contradictions, advice,
                     slips, nightly, origins,
                     each_part_its_own, categories_of_others, keys, maker_alone, crowds,
                     keyless, own_columns, lint):
            step(company)
        if company.faults:
            sys.exit(f"{len(company.faults)} of what a company knows fails")
        print("what the company knows is used")


if __name__ == "__main__":
    main()
