#!/usr/bin/env python3
"""A company that says what its products are. usage: products.py PROGRAM

Two products in two markets: what is fitted where, for whom, until when, and how
often a part is in each.
"""
import csv
import io
import json
import sys
import tempfile

import openpyxl
from parts import Company

SETTINGS = """products:
  - name: Gateway
    boms:
      - {path: gateway/main.csv}
      - {path: gateway/power.csv, times: 2}
    markets: [us-federal-contractor]
    facts: [{profile: us-federal-critical-system, applies: yes}]
    contract: 2027-07-01
    sold-until: 2027-06-30
    revision: C
    variants:
      - {name: lite, not-fitted: [U1, U7]}
      - {name: china, markets: [cn-cii-operator], boms: [{path: gateway/main.csv}]}
  - name: Radio
    boms: [{path: radio.csv}]
    markets: [uk-telecom-provider]
    facts: [{profile: uk-telecom-5g, applies: no}]
"""
MAIN = """Ref,Qty,Manufacturer,MPN
U1,1,Micron,MT41K256M16TW-107:P
U2,1,CXMT,CXDQ3BFAM-IQ
U3 U4,2,Texas Instruments,TPS54331DR
"""
POWER = """Ref,Qty,Manufacturer,MPN
U1,1,Texas Instruments,TPS54331DR
"""
RADIO = """Ref,Qty,Manufacturer,MPN,Description
U1,1,Huawei,RRU5901,Remote radio unit
U2,1,Texas Instruments,TPS54331DR,Regulator
"""


class Products(Company):
    """The company's folder, with its settings."""

    def check(self, *words):
        done = self.run("check", *words, "-f", "json", "--all-lines")
        return done.returncode, json.loads(done.stdout or "{}"), done.stderr

    def settle(self, text):
        self.write(".bomgate.yaml", text)

    def refused(self, what, text, line, *words):
        """These settings are refused, at that line, in these words."""
        self.settle(text)
        done = self.run("check", "--product", "A")
        told = done.stderr
        self.expect(f"{what}: {told}", done.returncode == 2 and
                    f".bomgate.yaml:{line}:" in told and
                    all(word in told for word in words))


def of(report, **wanted):
    return [finding for finding in report["findings"]
            if all(finding[key] == value for key, value in wanted.items())]


def set_up(company):
    (company.folder / "gateway").mkdir()
    company.write("gateway/main.csv", MAIN)
    company.write("gateway/power.csv", POWER)
    company.write("radio.csv", RADIO)
    company.settle(SETTINGS)


def checked_by_name(company):
    """What the settings say of a product is what it is checked by."""
    status, report, told = company.check("--product", "Gateway")
    company.expect(f"its BOMs are checked: {told}", status == 0 and
                   [bom["path"] for bom in report["boms"]] ==
                   ["gateway/main.csv", "gateway/power.csv"])
    company.expect("as that product", {(bom["product"], bom["revision"])
                                       for bom in report["boms"]} ==
                   {("Gateway", "C")})
    company.expect("for its markets and what its facts declare",
                   report["profiles"] == ["us-federal-contractor",
                                          "us-federal-critical-system"])
    company.expect("on the day of its contract",
                   report["as_of"] == "2027-07-01")
    _, report, _ = company.check("--product", "Gateway", "-p",
                                 "cn-cii-operator", "--as-of", "2026-11-21")
    company.expect("flags go first", report["profiles"] == ["cn-cii-operator"]
                   and report["as_of"] == "2026-11-21")
    _, report, _ = company.check("--product", "Gateway", "radio.csv")
    company.expect("with a BOM it is only a name", len(report["boms"]) == 1 and
                   not report["declared"])
    (company.folder / "deep").mkdir()
    done = company.run("check", "--product", "Other")
    company.expect(f"what there is is named: {done.stderr}",
                   done.returncode == 2 and "Gateway, Radio" in done.stderr)
    company.settle("product: Radio\n" + SETTINGS)
    _, report, _ = company.check()
    company.expect("the settings can choose", report["boms"][0]["product"] ==
                   "Radio")
    company.settle(SETTINGS)


def facts(company):
    """A fact answers what a profile's tree leaves open, either way."""
    _, report, _ = company.check("--product", "Radio")
    five_g = [f for f in of(report, measure="uk-dvd-huawei-2022")
              if "5G" in f["why"]]
    company.expect("the other parts of the network are still open",
                   {f["reason"] for f in of(report, verdict="review",
                                            party="huawei")} ==
                   {"open-profile"})
    company.expect("that of 5G is not", not five_g)
    others = ["uk-telecom-core", "uk-telecom-fibre", "uk-telecom-transmission",
              "uk-telecom-sensitive-site"]
    company.settle(SETTINGS.replace(
        "facts: [{profile: uk-telecom-5g, applies: no}]", "facts: [" + ", ".join(
            f"{{profile: {name}, applies: no}}"
            for name in ["uk-telecom-5g", *others]) + "]"))
    _, report, _ = company.check("--product", "Radio")
    found = of(report, measure="uk-dvd-huawei-2022")
    company.expect(f"nothing is left open: {found}", len(found) == 1 and
                   found[0]["verdict"] == "out-of-scope" and
                   found[0]["reason"] == "buyer" and
                   "the settings say does not apply" in found[0]["why"])
    company.settle(SETTINGS.replace("applies: no", "applies: yes"))
    _, report, _ = company.check("--product", "Radio")
    company.expect("yes is as good as declaring it",
                   of(report, measure="uk-dvd-huawei-2022",
                      profile="uk-telecom-5g", verdict="prohibited"))
    company.settle(SETTINGS)


def sold_until(company):
    """What comes after the last day of sale is told, and fails nothing."""
    words = ["--product", "Gateway", "--fail-on", "upcoming"]
    status, report, _ = company.check(*words)
    upcoming = of(report, verdict="upcoming")
    company.expect("it is told", upcoming and all(
        f.get("after_sale") and "sold until 2027-06-30" in f["why"]
        for f in upcoming))
    company.expect("and fails nothing", status == 0)
    status, _, _ = company.check(*words, "--sold-until", "2027-12-23")
    company.expect("sold on that day it does", status == 1)
    company.settle(SETTINGS.replace("    sold-until: 2027-06-30\n", ""))
    status, report, _ = company.check(*words)
    company.expect("without a last day it does", status == 1 and not any(
        "after_sale" in f for f in report["findings"]))
    company.settle(SETTINGS)


STRUCTURE = """products:
  - name: Gateway
    boms: [{path: levels.csv, times: 2}]
    markets: [us-federal-contractor]
  - name: Radio
    boms: [{path: parents.csv}]
    markets: [uk-telecom-provider]
  - name: Station
    boms:
      - {path: station.csv, times: 2}
      - {path: files/module.csv, is: 500-0100}
      - {path: files/ddr.csv, is: 500-0200}
    markets: [us-federal-contractor]
    variants: [{name: lite, not-fitted: [M2, U2]}]
"""
# 4 modules in each, 2 sockets in a module, 3 chips in a socket.
LEVELS = """Level,IPN,Qty,Manufacturer,MPN
1,500-0100,4,,
2,500-0200,2,,
3,100-1,3,CXMT,CXDQ3BFAM-IQ
2,100-2,1.5,Texas Instruments,TPS54331DR
1,100-2,1,Texas Instruments,TPS54331DR
1,100-3,some,Micron,MT41K256M16TW-107:P
"""
PARENTS = """Parent Part Number,Component Part Number,Qty Per,Manufacturer,MPN
500-0200,100-1,3,CXMT,CXDQ3BFAM-IQ
500-0100,500-0200,2,,
Radio,500-0100,4,,
500-0100,100-2,1.5,Texas Instruments,TPS54331DR
Radio,100-2,1,Texas Instruments,TPS54331DR
Radio,100-3,some,Micron,MT41K256M16TW-107:P
"""
STATION = """Ref,IPN,Qty,Manufacturer,MPN
M1 M2 M3 M4,500-0100,4,,
U1,100-2,1,Texas Instruments,TPS54331DR
U5,100-3,some,Micron,MT41K256M16TW-107:P
"""
MODULE = """Ref,IPN,Qty,Manufacturer,MPN
S1 S2,500-0200,2,,
U1 U2,100-2,1.5,Texas Instruments,TPS54331DR
"""
SOCKET = """Ref,IPN,Qty,Manufacturer,MPN
U1-U3,100-1,,CXMT,CXDQ3BFAM-IQ
"""


def sums(report):
    """@return for each part number, where it sits and how often."""
    return {(line["parts"][0]["mpn"], *map(tuple, line["sits"])):
            line["total_quantity"] for line in report["lines"]
            if line["parts"][0]["mpn"]}


def expected(product, times):
    """What the three structures above come to."""
    module = (product, "500-0100")
    return {("CXDQ3BFAM-IQ", (*module, "500-0200")): 24 * times,
            ("TPS54331DR", module): 6 * times,
            ("TPS54331DR", (product,)): times,
            ("MT41K256M16TW-107:P", (product,)): None}


def rolled_up(company):
    """Three levels, said in each of the three ways, are the same sums."""
    (company.folder / "files").mkdir()
    company.settle(STRUCTURE)
    for name, text in (("levels.csv", LEVELS), ("parents.csv", PARENTS),
                       ("station.csv", STATION), ("files/module.csv", MODULE),
                       ("files/ddr.csv", SOCKET)):
        company.write(name, text)
    for product, times in (("Gateway", 2), ("Radio", 1), ("Station", 2)):
        _, report, told = company.check("--product", product)
        company.expect(f"{product} sums up: {sums(report)} {told}",
                       sums(report) == expected(product, times))
    for form in ("1.1.1 1.1 1.2 1 2 3", "...3 ..2 ..2 .1 .1 .1",
                 "   3   2   2 1 1 1"):
        deep = iter([form.split()[i] for i in (3, 1, 0, 2, 4, 5)])
        company.write("levels.csv", "\n".join(
            [LEVELS.splitlines()[0]] + [f"{next(deep)},{line[2:]}"
                                        for line in LEVELS.splitlines()[1:]]))
        _, report, _ = company.check("--product", "Gateway")
        company.expect(f"levels written as {form}: {sums(report)}",
                       sums(report) == expected("Gateway", 2))
    _, report, _ = company.check("--product", "Station", "--variant", "lite")
    company.expect(f"a variant has less: {sums(report)}", sums(report)[
        "CXDQ3BFAM-IQ", ("Station/lite", "500-0100", "500-0200")] == 24)
    _, report, _ = company.check("--product", "Station")
    company.expect("findings say it too", all(
        f["total_quantity"] == 48 for f in of(report, party="cxmt")))
    done = company.run("check", "--product", "Station")
    rows = list(csv.DictReader(io.StringIO(company.run(
        "check", "--product", "Station", "-f", "csv").stdout)))
    company.expect(f"a spreadsheet too: {rows[0]}", [
        (row["total_quantity"], row["sits"]) for row in rows
        if row["mpn"] == "CXDQ3BFAM-IQ"][:1] == [
            ("48", "Station > 500-0100 > 500-0200")])
    plain = company.run("check", "station.csv", "-f", "csv").stdout
    company.expect("only of a product", "total_quantity" not in plain)
    company.expect(f"and people are told: {done.stdout}",
                   "48 in all, in Station > 500-0100 > 500-0200" in done.stdout)


# The parents are what "Item" calls the parts, or the numbers of the rows.
ITEMS = """Item,Parent Item,Qty,Manufacturer,MPN
1000,,1,,
1001,1000,4,,
1002,1001,2,,
1003,1002,3,CXMT,CXDQ3BFAM-IQ
"""
NUMBERED = """Item,Parent,Part Number,Qty,Manufacturer,MPN
1,,500-0000,1,,
2,1,500-0100,4,,
3,2,500-0200,2,,
4,3,100-1,3,CXMT,CXDQ3BFAM-IQ
"""


def parents_by_item(company):
    """A column "Item" beside that of the parents is what they go by."""
    company.settle("products: [{name: A, boms: [{path: items.csv}]}]\n")
    for text in (ITEMS, ITEMS.replace("100", "P-10"), NUMBERED,
                 NUMBERED.replace("Part Number", "Rating")):
        company.write("items.csv", text)
        _, report, told = company.check("--product", "A")
        company.expect(f"24 in {text}: {sums(report)} {told}",
                       [line["total_quantity"] for line in report["lines"]
                        if line["parts"][0]["mpn"]] == [24])


def numbers(report):
    return [line["total_quantity"] for line in report["lines"]
            if line["parts"][0]["mpn"] == "MT41K256M16TW-107:P"]


M = "Micron,MT41K256M16TW-107:P"


def listed_again(company):
    """What an ERP system lists again is counted once, or not at all."""
    one = "products: [{name: A, boms: [{path: erp.csv}]}]\n"
    levels = "Level,IPN,Qty,Manufacturer,MPN\n"
    parents = "Parent,Item,Qty,Manufacturer,MPN\n"
    cases = (
        ("levels go before parents",
         "Level,Parent,Item,Qty,Manufacturer,MPN\n0,,900,1,,\n"
         f"1,900,500,1,,\n2,500,100,1,{M}\n1,900,510,2,,\n2,510,500,3,,\n"
         f"3,500,100,1,{M}\n", [1, 6], None),
        ("listed wherever it is used",
         f"{parents},900,1,,\n900,500,1,,\n500,100,1,{M}\n,901,1,,\n"
         f"901,500,1,,\n500,100,1,{M}\n", [None, None],
         "erp.csv:4: 2 lines, this one first, stand below their parents"),
        ("at different designators it is another part",
         "Parent,Item,Qty,Ref,Manufacturer,MPN\n,500,2,,,\n"
         f"500,100,1,U1,{M}\n500,100,1,U2,{M}\n", [2, 2], None),
        ("used again, and taken apart once",
         f"{levels}1,500,2,,\n2,100,5,{M}\n1,510,1,,\n2,500,3,,\n", [25],
         None),
        ("levels with a word", f"{levels}L1,500,2,,\nL2,100,5,{M}\n", [10],
         None),
        ("in Chinese", f"{levels}第1层,500,2,,\n第2层,100,5,{M}\n", [10], None),
        ("levels that are none", f"{levels}top,500,2,,\nlow,100,5,{M}\n",
         [None], "2 lines, this one first, have no level that can be read"),
        ("a level that is missing", f"{levels}1,500,2,,\n,100,5,{M}\n",
         [None], "erp.csv:3: 1 line has no level that can be read"),
    )
    for what, text, wanted, line in cases:
        company.write("erp.csv", text)
        report = told(company, what, one, [], *([line] if line else []))
        company.expect(f"{what}: {numbers(report)}", numbers(report) == wanted)
    for head in ("Parent Item,Component Item", "Parent Number,Child Number",
                 "父项料号,子项料号", "上级料号,料号",
                 "Assembly P/N,Component P/N"):
        company.write("erp.csv", f"{head},Qty,Manufacturer,MPN\n900,500,2,,\n"
                      f"500,100,3,{M}\n500,102,3,,\n,900,1,,\n")
        report = told(company, head, one, [])
        company.expect(f"{head}: {report['lines']}", numbers(report) == [6] and
                       len(report["lines"]) == 4)
    company.write("erp.csv", f"Thing,Qty,Manufacturer,MPN\n500,2,,\n5,3,{M}\n")
    report = told(company, "numbers alone", one, [])
    company.expect("a row that is passed over is told of", [
        (item["line"], item["code"])
        for item in report["boms"][0]["diagnostics"]] == [(2, "not-a-part")])
    company.write("erp.csv", f"{levels}0,900,1,,\n1,500,2,,\n")
    company.write("module.csv", f"{levels}0,500,1,,\n1,100,5,{M}\n")
    report = told(company, "a module's own row", "products:\n  - name: A\n"
                  "    boms: [{path: erp.csv}, {path: module.csv, is: 500}]\n",
                  [])
    company.expect(f"is the module itself: {numbers(report)}",
                   numbers(report) == [10])
    company.settle(STRUCTURE)


def used_twice(company):
    """A sub-assembly in two places counts in both."""
    company.settle(STRUCTURE)
    company.write("parents.csv", PARENTS + "Radio,500-0200,5,,\n")
    _, report, _ = company.check("--product", "Radio")
    line = [line for line in report["lines"]
            if line["parts"][0]["mpn"] == "CXDQ3BFAM-IQ"][0]
    company.expect(f"both count: {line}", line["total_quantity"] == 39 and
                   sorted(line["sits"]) == [["Radio", "500-0100", "500-0200"],
                                            ["Radio", "500-0200"]])
    company.write("parents.csv", PARENTS)


def circles(company):
    """What contains itself has no sum, and is refused by name."""
    company.write("parents.csv", PARENTS + "500-0200,500-0100,1,,\n")
    done = company.run("check", "--product", "Radio")
    company.expect(f"a circle is named: {done.stderr}", done.returncode == 2 and
                   "parents.csv:" in done.stderr and
                   "500-0200 > 500-0100 > 500-0200" in done.stderr)
    company.write("parents.csv", "Parent,IPN,Qty,MPN\n" + "".join(
        f"A{i},A{i + 1},1,\n" for i in range(300)))
    done = company.run("check", "--product", "Radio")
    company.expect(f"so is what is too deep: {done.stderr}",
                   done.returncode == 2 and "deep" in done.stderr)
    company.write("parents.csv", PARENTS)
    company.settle(STRUCTURE.replace("is: 500-0100", "is: 500-0100, times: 2"))
    done = company.run("check", "--product", "Station")
    company.expect(f"how often is said once: {done.stderr}",
                   done.returncode == 2 and "has times" in done.stderr)
    company.settle(SETTINGS)


def variants(company):
    """A variant leaves out designators, and may be sold elsewhere."""
    _, report, _ = company.check("--product", "Gateway", "--variant", "lite")
    fitted = {(line["bom"][-9:], line["refdes"]): line["fitted"]
              for line in report["lines"]}
    company.expect(f"what it leaves out is not fitted: {fitted}", fitted == {
        ("/main.csv", "U1"): False, ("/main.csv", "U2"): True,
        ("/main.csv", "U3 U4"): True, ("power.csv", "U1"): False})
    company.expect("it has a name of its own", report["boms"][0]["product"] ==
                   "Gateway/lite")
    _, report, _ = company.check("--product", "Gateway", "--variant", "china")
    company.expect("another market and other BOMs", len(report["boms"]) == 1 and
                   "cn-cii-operator" in report["profiles"] and
                   "us-federal-contractor" not in report["profiles"])
    for words in (["--product", "Gateway", "--variant", "large"],
                  ["radio.csv", "--variant", "lite"]):
        done = company.run("check", *words)
        company.expect(f"a variant must be there: {done.stderr}",
                       done.returncode == 2 and "variant" in done.stderr)


def audited(company):
    """An audit names what nobody checked."""
    words = ["--history", "h.db"]
    company.check("--product", "Gateway", "--variant", "lite", "--as-of",
                  "2026-05-04", *words, "--time", "2026-05-04")
    company.check("radio.csv", *words, "--time", "2026-05-05")

    def audit(quarter, name):
        done = company.run("audit", *words, "--quarter", quarter, "-f", name)
        return done.stdout + done.stderr
    found = json.loads(audit("2026Q2", "json"))["products_not_checked"]
    company.expect(f"one was never checked: {found}",
                   found == [{"product": "Radio", "last": None}])
    found = json.loads(audit("2026Q3", "json"))["products_not_checked"]
    company.expect(f"none was in the quarter after: {found}", [
        (item["product"], item["last"] and item["last"][:10])
        for item in found] == [("Gateway", "2026-05-04"), ("Radio", None)])
    for name in ("text", "markdown", "html"):
        told = " ".join(audit("2026Q3", name).split())
        company.expect(f"{name} names them: {told}",
                       "settings: Gateway, Radio (never)" in told)
    company.run("audit", *words, "--quarter", "2026Q3", "-o", "audit.xlsx")
    book = openpyxl.load_workbook(company.folder / "audit.xlsx")
    cells = {cell.value for row in book["Coverage"] for cell in row}
    company.expect("so does the workbook", {"Radio", "! never"} <= cells)
    company.settle("lang: en\n")
    company.expect("without products nothing is said",
                   "settings" not in audit("2026Q3", "text") and
                   "products_not_checked" not in audit("2026Q3", "json"))
    company.settle(SETTINGS)


def audited_in_part(company):
    """Who looks at one BOM of a product has not checked it."""
    words = ["--history", "part.db"]
    company.check("gateway/main.csv", "--product", "Gateway", "--as-of",
                  "2026-05-04", *words, "--time", "2026-05-04")
    done = company.run("audit", *words, "--quarter", "2026Q2", "-f", "json")
    found = json.loads(done.stdout)["products_not_checked"]
    company.expect(f"a part is not all of it: {found}",
                   {"product": "Gateway", "last": None} in found)
    company.check("--product", "Gateway", "-p", "cn-cii-operator", "--as-of",
                  "2026-05-04", *words, "--time", "2026-05-05")
    done = company.run("audit", *words, "--quarter", "2026Q2", "-f", "json")
    company.expect("nor is another market", {
        "product": "Gateway", "last": None} in json.loads(
            done.stdout)["products_not_checked"])
    company.check("--product", "Gateway", "--as-of", "2026-05-04", *words,
                  "--time", "2026-05-06")
    done = company.run("audit", *words, "--quarter", "2026Q2", "-f", "json")
    company.expect("its own is", [item["product"] for item in json.loads(
        done.stdout)["products_not_checked"]] == ["Radio"])


def asked_again(company):
    """What a history judges again is judged as that product."""
    one = ("products:\n  - name: A\n    boms: [{path: radio.csv}]\n"
           "    markets: [uk-telecom-provider]\n    facts:\n" + "".join(
               f"      - {{profile: {name}, applies: no}}\n" for name in (
                   "uk-telecom-5g", "uk-telecom-core", "uk-telecom-fibre",
                   "uk-telecom-transmission", "uk-telecom-sensitive-site")))
    company.settle(one)
    where = ["--history", "again.db"]

    def rescreened(*words):
        done = company.run("history", "rescreen", *words, "--as-of",
                           "2026-11-22", "-f", "json")
        return done.returncode, [
            (f["state"], f["measure"], f["verdict"])
            for bom in json.loads(done.stdout)["boms"] for f in bom["findings"]]
    day = ["--as-of", "2026-11-21", "--time", "2026-11-21"]
    status, report, said = company.check("--product", "A", *where, *day)
    company.expect(f"nothing is open: {said}", status == 0 and
                   report["counts"]["review"] == 0 and
                   len(report["profiles_denied"]) == 5)
    company.write("again.json", json.dumps(report))
    company.settle("lang: en\n")
    found = rescreened(*where, "--fail-on", "review")
    company.expect(f"nor is it later: {found}", found == (0, []))
    company.run("history", "import", "again.json", "--history", "other.db")
    found = rescreened("--history", "other.db", "--fail-on", "review")
    company.expect(f"nor elsewhere: {found}", found == (0, []))
    company.settle("products:\n  - name: B\n    boms: [{path: gateway/"
                   "main.csv}]\n    markets: [us-federal-contractor]\n"
                   "    sold-until: 2027-06-30\n")
    where = ["--history", "sold.db"]
    company.check("--product", "B", *where, *day)
    company.settle("lang: en\n")
    status, found = rescreened(*where, "--fail-on", "upcoming")
    company.expect(f"nor fails what comes after its sale: {status} {found}",
                   status == 0 and any(f[2] == "upcoming" for f in found))
    company.settle(SETTINGS)


def by_contract(company):
    """A contract that is still to come is no what-if: it is the product's."""
    company.settle("products:\n  - name: B\n    boms: [{path: gateway/"
                   "main.csv}]\n    markets: [us-federal-contractor]\n"
                   "    contract: 2028-01-01\n")
    where = ["--history", "contract.db"]
    day = ["--time", "2026-11-21"]
    status, report, said = company.check("--product", "B", *where, *day)
    company.expect(f"it is judged by its contract: {said}",
                   report["contract"] == report["as_of"] == "2028-01-01" and
                   report["counts"]["prohibited"] != 0)
    done = company.run("audit", "--quarter", "2026Q4", *where, "-f", "json")
    audit = json.loads(done.stdout)
    company.expect(f"it is audited: {done.stderr}", done.returncode == 0 and
                   audit["what_ifs"] == 0 and audit["runs"] == 1)
    company.settle("lang: en\n")
    done = company.run("history", "rescreen", *where, "--as-of", "2026-11-22",
                       "-f", "json")
    states = {f["state"] for bom in json.loads(done.stdout)["boms"]
              for f in bom["findings"]}
    company.expect(f"and judged by that day again: {states}",
                   done.returncode == 1 and "new" not in states and
                   "gone" not in states and states)
    company.settle(SETTINGS)


def faults(company):
    """Each fault is told with its file and line."""
    company.refused("unknown key", "products:\n  - name: A\n    bom: x\n", 3,
                    "unknown key 'bom'")
    one = "products:\n  - name: A\n    boms: [{path: radio.csv}]\n"
    company.refused("two of one name", one + one[10:], 4, "'A' stands twice")
    for times in ("0", "1.5", "-1", "x", "2x", "1e3", "99999999999"):
        company.refused(f"times {times}", one.replace(
            "radio.csv", f"radio.csv, times: {times}"), 3, f"'{times}'")
    for key in ("boms", "markets", "facts", "variants"):
        company.refused(f"no {key}", one.replace(
            "boms: [{path: radio.csv}]", "boms: []") if key == "boms" else
            one + f"    {key}: []\n", 3 if key == "boms" else 4,
            f"'{key}' must not be empty")
    company.refused("a text among BOMs", one.replace(
        "[{path: radio.csv}]", "\n      - {path: radio.csv}\n      - x.csv"),
        5, "entry 2 of 'boms'", "key: value")
    company.refused("a text for BOMs", one.replace(
        "[{path: radio.csv}]", "radio.csv"), 3, "'boms' must be a list")
    for word in ("maybe", "", "~", "1"):
        company.refused(f"applies {word}", one + "    markets: [us-any]\n"
                        "    facts:\n      - profile: us-dod\n"
                        f"        applies: {word}\n", 7, "applies")
    company.refused("two BOMs of one number", one.replace(
        "}]", ", is: X-1}, {path: gateway/main.csv, is: x-1}]"), 3, "is: 'x-1'")
    company.refused("a BOM twice", one.replace(
        "}]", "}, {path: radio.csv}]"), 3, "stands twice")
    company.refused("no BOM there", one.replace("radio", "no"), 3,
                    "no.csv of the product 'A' is not there")
    company.refused("unknown market", one + "    markets:\n      - us-any\n"
                    "      - us-moon\n", 6, "unknown profile 'us-moon'")
    company.refused("unknown fact", one + "    markets: [us-any]\n    facts:\n"
                    "      - {profile: us-moon, applies: no}\n", 6,
                    "unknown profile 'us-moon'")
    company.refused("yes and no", one + "    markets: [uk-telecom-5g]\n    facts:"
                    "\n      - {profile: uk-telecom-provider, applies: no}\n",
                    6, "'uk-telecom-5g' is declared")
    company.refused("facts without a market", one + "    facts: [{profile: "
                    "us-any, applies: no}]\n", 2, "has no markets")
    company.refused("a day", one + "    sold-until: soon\n", 4,
                    "sold-until 'soon'")
    company.settle(one.replace("radio.csv", "radio.csv, times: 1.5"))
    done = company.run("check", "--product", "A", "--lang", "zh-CN")
    company.expect(f"in the language of the call: {done.stderr}",
                   "整数" in done.stderr and ".bomgate.yaml:3:" in done.stderr)
    company.refused("variants", one + "    variants:\n      - name: x\n"
                    "      - name: x\n", 6, "variant 'x' stands twice")
    company.settle(SETTINGS)


def told(company, what, text, words, *lines):
    """@return what `check --product A WORDS` said beside the report."""
    company.settle(text)
    status, report, said = company.check("--product", "A", *words)
    for line in lines:
        company.expect(f"{what}: {said}", line in said)
    if not lines:
        company.expect(f"{what}: nothing is said: {said}", said == "")
    company.expect(f"{what}: it is checked", status in (0, 1) and report)
    return report


def days(company):
    """A day that is past is told; that of a contract is said in the report."""
    one = "products:\n  - name: A\n    boms: [{path: gateway/main.csv}]\n"
    report = told(company, "a contract to come", one +
                  "    contract: 2099-01-01\n", [])
    company.expect("the report says which day that is", any(
        "2099-01-01, the day of the product's contract" in line
        for line in report["not_checked"]))
    past = one + "    contract: 2022-01-01\n"
    told(company, "a contract that is past", past, [], ".bomgate.yaml:4: ",
         "'A' is judged as of 2022-01-01", "is past")
    report = told(company, "another day was given", past,
                  ["--as-of", "2026-11-21"])
    company.expect("then it is not the contract's", not any(
        "contract" in line for line in report["not_checked"]))
    sold = one + "    sold-until: 2026-06-30\n"
    told(company, "sold no more", sold, ["--as-of", "2026-07-01"],
         ".bomgate.yaml:4: ", "sold until 2026-06-30, before 2026-07-01")
    told(company, "sold on that day", sold, ["--as-of", "2026-06-30"])
    told(company, "sold longer", sold, ["--as-of", "2026-07-01",
                                        "--sold-until", "2027-01-01"])
    company.settle(SETTINGS)


def nowhere(company):
    """What is named and stands nowhere is told with its place."""
    numbers = PARENTS.replace("some", "5")
    company.write("parents.csv", numbers)
    one = ("products:\n  - name: A\n    boms:\n"
           "      - {path: parents.csv}\n      - {path: radio.csv, is: 500}\n")
    told(company, "a number that no line is", one, [],
         ".bomgate.yaml:5: is: no line of the product is '500'")
    told(company, "unless it says how often", one.replace(
        "is: 500", "is: 500, times: 1"), [])
    variant = one.replace(", is: 500", "") + (
        "    variants:\n      - name: lite\n        not-fitted:\n"
        "          - U1\n          - U99\n          - '*'\n")
    told(company, "a designator that is none", variant, ["--variant", "lite"],
         ".bomgate.yaml:10: not-fitted: 'U99'", ".bomgate.yaml:11: not-fitted: '*'")
    company.expect("U1 is one", "'U1'" not in company.check(
        "--product", "A", "--variant", "lite")[2])
    several = ("products:\n  - name: A\n    boms:\n"
               "      - {path: gateway/main.csv}\n      - {path: radio.csv}\n"
               "    variants:\n      - name: lite\n        not-fitted:\n"
               "          - U1\n")
    told(company, "a designator of two BOMs", several, ["--variant", "lite"],
         ".bomgate.yaml:9: not-fitted: 'U1' is in 2 BOMs")
    report = told(company, "one BOM's", several.replace(
        "- U1", "- radio.csv:U1"), ["--variant", "lite"])
    company.expect("only there it is not fitted", [
        line["fitted"] for line in report["lines"]
        if line["refdes"] == "U1"] == [True, False])
    company.refused("a BOM that is none", several.replace(
        "- U1", "- nowhere.csv:U1"), 9, "nowhere.csv:U1")
    plain = one.replace(", is: 500", "")
    company.write("parents.csv", numbers.replace("Radio,500", ",500").replace(
        "Radio,", ",").replace("500-0100,100-2", "500-0199,100-2"))
    report = told(company, "a parent that is no line", plain, [],
                  "parents.csv:5: no line is its parent '500-0199'")
    company.expect(f"nor guessed at: {sums(report)}", sums(report)[
        "TPS54331DR", ("A", "500-0199")] is None)
    company.write("parents.csv", numbers.replace("Radio,", "TOP,"))
    told(company, "one parent of all is the product", plain, [])
    company.write("parents.csv", PARENTS)
    company.settle(SETTINGS)


def uncounted(company):
    """A quantity that is no number, and a level that is missing, are told."""
    company.write("levels.csv", LEVELS + "4,100-4,some,,\n")
    company.settle("products: [{name: A, boms: [{path: levels.csv}]}]\n")
    told(company, "both are told", (company.folder / ".bomgate.yaml").read_text(),
         [], "levels.csv:7: 2 lines, this one first, have no quantity",
         "levels.csv:8: 1 line is more than a level below")
    company.write("levels.csv", LEVELS.replace("some", "1"))
    told(company, "nothing is", (company.folder / ".bomgate.yaml").read_text(),
         [])
    company.write("levels.csv", LEVELS)
    company.settle(SETTINGS)


def sub_assemblies(company):
    """A line that stands for others is not one of an unknown maker."""
    one = ("products:\n  - name: A\n    boms:\n      - {path: top.csv}\n"
           "      - {path: radio.csv, is: 500}\n"
           "      - {path: gateway/power.csv, is: 501}\n")
    for text in ("IPN,Qty,Manufacturer,MPN\n500,3,,\n501,1,,\n",
                 "IPN,Qty,Description\n500,3,Board\n501,1,Supply\n",
                 "Ref,Qty,Manufacturer,MPN\nA1,3,,500\nA2,1,,501\n"):
        company.write("top.csv", text)
        report = told(company, "only sub-assemblies", one, [])
        company.expect(f"none is unknown: {report['counts']}",
                       report["counts"]["unknown"] == 0 and
                       not of(report, verdict="unknown"))
        top = report["boms"][0]
        company.expect(f"it is conclusive: {top}", report["conclusive"] and
                       top["resolved"] == 1 and top["assemblies"] == 2)
    company.write("top.csv", "IPN,Qty,Manufacturer,MPN\n500,3,Nobody,\n"
                  "501,1,,\n502,1,,\n")
    report = company.check("--product", "A", "--min-resolved", "0")[1]
    company.expect("who names a maker, or is none, stays unknown", [
        finding["line"] for finding in of(report, verdict="unknown")] == [2, 4])
    company.write("top.csv", "Level,IPN,Qty,Manufacturer,MPN\n1,500-1,2,,\n"
                  "2,100-1,1,Texas Instruments,TPS54331DR\n")
    report = told(company, "levels", one[:one.index("      - {path: radio")], [])
    company.expect("likewise", report["counts"]["unknown"] == 0)
    company.settle(SETTINGS)


def main():
    steps = [set_up, checked_by_name, facts, sold_until, variants,
             rolled_up, parents_by_item, listed_again, used_twice, circles, audited,
             audited_in_part, asked_again, by_contract, days, nowhere,
             uncounted, sub_assemblies, faults]
    with tempfile.TemporaryDirectory() as folder:
        company = Products(sys.argv[1], folder)
        for step in steps:
            step(company)
    for fault in company.faults:
        print(f"FAILED: {fault}")
    sys.exit(bool(company.faults))


if __name__ == "__main__":
    main()
