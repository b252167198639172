#!/usr/bin/env python3
"""Two years of one company's boards, and their audits. usage: audit.py PROGRAM

Four boards are checked, quarter after quarter, by the program with a clock that
is set; rules change between the runs. What every audit must then say was worked
out by hand.
"""
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = Path(__file__).resolve().parents[1] / "golden" / "rules"
HEAD = "Reference,Qty,Manufacturer,MPN\nU1,1,STMicroelectronics,STM32F405RGT6\n"
MICRON = "U2,2,MICRON TECH,MT41K256M16TW-107:P\n"
CAMERA = "M1,1,Hikvision,DS-2CD2043G2-I\n"
CXMT = "U3,1,CXMT,CXDQ3BFAM-CJ-A\n"
SAMSUNG = "U3,1,Samsung,K4A8G165WC-BCTD\n"
NOBODY = "U9,1,Quuxotron Ltd,QX-1\n"
YMTC = "U4,1,YMTC,YMEC6A1TB1A2C3\n"
BUYERS = ["-p", "cn-cii-operator", "-p", "us-federal-contractor"]
WAIVER = """- measure: cn-cac-micron-2023
  party: micron
  product: gateway
  kind: installed-stock
  reason: last-time buy of 2022, in our own stock
  expires: 2024-03-31
  approved-by: Head of compliance
"""
STATES = ["new", "persisting", "resolved", "not_checked", "passing"]
FORMATS = ["txt", "json", "xlsx", "md", "html"]


class Company:
    """Its folder, its history, and the program run in it."""

    def __init__(self, program, folder):
        self.program = str(Path(program).resolve())
        self.folder = Path(folder)
        self.faults = []
        self.make_rules()

    def make_rules(self):
        """r1 does not name YMTC yet; r3 says that Micron's ban has ended."""
        for name, version in [("r1", 1), ("r2", 2), ("r3", 3)]:
            shutil.copytree(RULES, self.folder / name)
            self.replace(f"{name}/ruleset.yaml", "2000.1.1",
                         f"2000.1.{version}")
        self.replace("r1/measures/us-ndaa-5949.yaml", "  - {party: ymtc}\n", "")
        self.replace("r3/measures/cn-cac-micron-2023.yaml",
                     "    from: 2023-05-21\n",
                     "    from: 2023-05-21\n    until: 2024-05-15\n")

    def replace(self, name, before, after):
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text, name
        path.write_text(text.replace(before, after), encoding="utf-8")

    def run(self, *words):
        return subprocess.run([self.program, *words], cwd=self.folder,
                              capture_output=True, check=False)

    def check(self, time, board, parts, rules, *words, status=0):
        """Check a board at that time."""
        bom = self.folder / f"{board}.csv"
        bom.write_text(HEAD + parts, encoding="utf-8")
        done = self.run("check", bom.name, "--history", "h.db", "--time", time,
                        "--product", board, "--repository", "acme/boards",
                        "--rules", rules, "--no-fail", *BUYERS, *words)
        self.expect(f"{time} {board}: {done.stderr.decode()}",
                    done.returncode, status)

    def audit(self, *words, status=0):
        done = self.run("audit", "--history", "h.db", *words, "-f", "json")
        self.expect(f"exit of audit {' '.join(words)}: {done.stderr.decode()}",
                    done.returncode, status)
        return json.loads(done.stdout) if done.stdout else None

    def expect(self, what, got, wanted):
        if got != wanted:
            self.faults.append(what)
            print(f"FAILED: {what}: {got}, not {wanted}")

    def expect_counts(self, quarter, audit, *wanted):
        found = [len(audit["findings"][state]) for state in STATES]
        self.expect(f"{quarter}: {', '.join(STATES)}", found, list(wanted))


def year_one(company):
    check = company.check
    # 2023Q1: nobody has announced anything on Micron yet.
    check("2023-02-15", "gateway", MICRON, "r1")
    check("2023-02-15T09:00:00Z", "hub", CAMERA, "r1")
    check("2023-02-16", "logger", CXMT, "r1")
    # Q2: announced on 03-31, in force from 05-21.
    check("2023-04-10", "gateway", MICRON, "r1")
    check("2023-05-04", "hub", CAMERA, "r1")
    check("2023-05-05", "logger", CXMT, "r1")
    check("2023-06-01", "gateway", MICRON, "r1")
    # Q3: the logger is designed anew, the hub is not checked, a board comes.
    check("2023-08-01", "gateway", MICRON, "r1")
    check("2023-08-02", "logger", SAMSUNG, "r1")
    check("2023-08-03", "console", YMTC, "r1")
    # Q4: the rules name YMTC; Micron's parts are accepted for a while.
    (company.folder / ".bomgate-waivers.yaml").write_text(WAIVER)
    check("2023-11-01", "gateway", MICRON, "r2")
    check("2023-11-02", "logger", SAMSUNG, "r2")
    check("2023-11-03", "console", YMTC, "r2")


def year_two(company):
    check = company.check
    # 2024Q1: the hub again; what 2027 will bring; a BOM whose makers nobody
    # knows says nothing of what it does not show.
    check("2024-02-01", "gateway", MICRON, "r2")
    check("2024-02-02", "hub", CAMERA, "r2")
    check("2024-02-03", "console", "", "r2")
    check("2024-02-04", "console", YMTC, "r2", "--as-of", "2027-12-23")
    check("2024-02-05", "logger", NOBODY * 3, "r2", status=2)
    # Q2: the ban on Micron ends, the waiver is over but still listed; a camera
    # comes and goes.
    check("2024-04-10", "console", CAMERA, "r2")
    check("2024-06-01", "gateway", MICRON, "r3")
    check("2024-06-02", "hub", CAMERA, "r3")
    check("2024-06-03", "console", "", "r3")
    check("2024-06-04", "logger", SAMSUNG, "r3")
    # Q3: all as it was. Q4: one board.
    check("2024-08-01", "gateway", MICRON, "r3")
    check("2024-08-02", "hub", CAMERA, "r3")
    check("2024-08-03", "console", "", "r3")
    check("2024-08-04", "logger", SAMSUNG, "r3")
    check("2024-11-01", "hub", CAMERA, "r3")


def causes(audit, state):
    return sorted((f["product"], f["measure"], f["cause"])
                  for f in audit["findings"][state])


def audits_of_year_one(company):
    audit = company.audit("--quarter", "2023Q1")
    # The camera falls under clauses A and B, CXMT's memory under one to come.
    company.expect_counts("2023Q1", audit, 3, 0, 0, 0, 0)
    company.expect("2023Q1 is the first", {f["cause"] for f in
                                           audit["findings"]["new"]},
                   {"first_checked"})
    company.expect("its rules are new", [r["new"] for r in audit["rulesets"]],
                   [True])

    audit = company.audit("--quarter", "2023Q2")
    company.expect_counts("2023Q2", audit, 1, 3, 0, 0, 0)
    company.expect("a day passed", causes(audit, "new"),
                   [("gateway", "cn-cac-micron-2023", "day")])
    company.expect("it is prohibited at the end",
                   audit["findings"]["new"][0]["verdict"], "prohibited")
    company.expect("four runs over three boards",
                   (audit["runs"], audit["boards"], audit["lines"]), (4, 3, 6))

    audit = company.audit("--quarter", "2023Q3")
    company.expect_counts("2023Q3", audit, 0, 1, 1, 2, 0)
    company.expect("designed out", causes(audit, "resolved"),
                   [("logger", "us-ndaa-5949", "design")])
    company.expect("the hub was missed",
                   [b["product"] for b in audit["missed"]], ["hub"])

    audit = company.audit("--quarter", "2023Q4")
    company.expect_counts("2023Q4", audit, 1, 1, 0, 0, 0)
    company.expect("the rules brought it", causes(audit, "new"),
                   [("console", "us-ndaa-5949", "rules")])
    changes = audit["findings"]["new"][0]["rule_changes"]
    company.expect("by that listing", [(c["change"], c["what"], c["id"],
                                        c["item"]) for c in changes],
                   [("added", "listing", "us-ndaa-5949", "ymtc")])
    rules = audit["rulesets"][0]
    company.expect("first used then", (rules["version"], rules["new"],
                                       rules["first_used"]),
                   ("2000.1.2", True, "2023-11-01T00:00:00Z"))
    company.expect("with what it did",
                   [(c["id"], c["added"], c["new"])
                    for c in audit["rule_steps"][0]["changes"] if c["id"] == "us-ndaa-5949"], [("us-ndaa-5949", 1, 1)])
    company.expect("the waiver ends in the next quarter",
                   [(w["expires"], w["findings"], w["approved_by"]) for w in
                    audit["waivers"]["expiring"]],
                   [("2024-03-31", 1, "Head of compliance")])
    company.expect("Micron's part is accepted",
                   audit["findings"]["persisting"][0]["waived"], True)


def audits_of_year_two(company):
    audit = company.audit("--quarter", "2024Q1")
    # New: the hub's two, which the quarter before did not check. Resolved:
    # YMTC's, which left the console. The what-if says nothing.
    company.expect_counts("2024Q1", audit, 2, 1, 1, 0, 0)
    company.expect("the hub is back", causes(audit, "new"),
                   [("hub", "us-ndaa-889", "first_checked")] * 2)
    company.expect("the console is rid of it", causes(audit, "resolved"),
                   [("console", "us-ndaa-5949", "design")])
    company.expect("one what-if, one partial run",
                   (audit["what_ifs"], audit["partial_runs"], audit["runs"]),
                   (1, 1, 4))

    audit = company.audit("--quarter", "2024Q2")
    company.expect_counts("2024Q2", audit, 0, 2, 1, 0, 2)
    company.expect("the rules ended it", causes(audit, "resolved"),
                   [("gateway", "cn-cac-micron-2023", "rules")])
    company.expect("by the clause's last day",
                   [(c["field"], c["after"]) for c in
                    audit["findings"]["resolved"][0]["rule_changes"]],
                   [("until", "2024-05-15")])
    company.expect("the camera came and went",
                   {f["product"] for f in audit["findings"]["passing"]},
                   {"console"})
    company.expect("the waiver has expired",
                   len(audit["waivers"]["expired"]), 1)

    audit = company.audit("--quarter", "2024Q3")
    company.expect_counts("2024Q3", audit, 0, 2, 0, 0, 0)
    company.expect("no rule set is new", [r["new"] for r in audit["rulesets"]],
                   [False])

    audit = company.audit("--quarter", "2024Q4")
    company.expect_counts("2024Q4", audit, 0, 2, 0, 0, 0)
    company.expect("three boards were not checked", len(audit["missed"]), 3)
    trend = [(p["period"]["name"], p["boards"], p["flagged"]["prohibited"],
              p["flagged"]["upcoming"], p["new"], p["resolved"])
             for p in audit["trend"]]
    company.expect("the trend", trend, [
        ("2023Q1", 3, 2, 1, 3, 0), ("2023Q2", 3, 3, 1, 1, 0),
        ("2023Q3", 3, 1, 0, 0, 1), ("2023Q4", 3, 1, 1, 1, 0),
        ("2024Q1", 4, 3, 0, 2, 1), ("2024Q2", 4, 2, 0, 0, 1),
        ("2024Q3", 4, 2, 0, 0, 0), ("2024Q4", 1, 2, 0, 0, 0)])


def other_periods(company):
    audit = company.audit("--quarter", "2023Q1", "--fiscal-year-start", "4")
    company.expect("a fiscal quarter", (audit["from"], audit["to"]),
                   ("2023-04-01", "2023-06-30"))
    company.expect_counts("fiscal 2023Q1", audit, 1, 3, 0, 0, 0)
    audit = company.audit("--from", "2023-04-01", "--to", "2023-05-20")
    company.expect("as many days before", audit["before"]["from"],
                   "2023-02-10")
    company.expect("Micron's ban is to come",
                   [f["verdict"] for f in audit["findings"]["new"]],
                   ["upcoming"])
    audit = company.audit("--from", "2023-05-21", "--to", "2023-07-09")
    changed = audit["findings"]["persisting"]
    company.expect("and then in force",
                   [(f["verdict_before"], f["verdict"]) for f in changed],
                   [("upcoming", "prohibited")])
    audit = company.audit("--quarter", "2024Q1", "--product", "hub")
    company.expect_counts("the hub alone", audit, 2, 0, 0, 0, 0)
    company.expect("with its run", len(audit["evidence"]), 1)
    audit = company.audit("--quarter", "2023Q2", "-p", "cn-cii-operator")
    company.expect_counts("one buyer", audit, 1, 0, 0, 0, 0)
    audit = company.audit("--quarter", "2022Q1", status=3)
    company.expect("no run, no head", audit["chain"]["head"], None)


def repeated(company):
    """A closed quarter gives the same bytes, whatever is recorded later."""
    def written(quarter, folder):
        (company.folder / folder).mkdir()
        names = [f"{folder}/audit.{name}" for name in FORMATS]
        words = [word for name in names for word in ("-o", name)]
        done = company.run("audit", "--history", "h.db", "--quarter", quarter,
                           *words)
        company.expect(f"{folder}: {done.stderr.decode()}", done.returncode, 0)
        return [(company.folder / name).read_bytes() for name in names]
    first = written("2023Q4", "first")
    shutil.copy(company.folder / "h.db", company.folder / "copy.db")
    company.check("2025-01-10", "gateway", CAMERA, "r1")
    company.check("2023-12-01", "gateway", "", "r1")  # recorded far too late
    again = written("2023Q4", "again")
    for name, one, two in zip(FORMATS, first, again):
        company.expect(f"the same bytes of .{name}", one == two, True)
    late = company.audit("--quarter", "2025Q1")
    company.expect("it counts where it was recorded", late["stale_runs"], 1)


def chained(company):
    """The audit before printed a head; who owns the file could change it."""
    company.run("audit", "--history", "h.db", "--quarter", "2023Q4", "-o",
                "q4.json")
    head = json.loads((company.folder / "q4.json").read_text())["chain"]["head"]
    for previous in ("q4.json", head):
        audit = company.audit("--quarter", "2024Q1", "--previous", previous)
        company.expect("the head stands", audit["chain"]["previous"]["holds"],
                       True)
    audit = company.audit("--quarter", "2023Q3", "--previous", head, status=1)
    company.expect("not before its time", audit["chain"]["previous"]["holds"],
                   False)
    company.audit("--quarter", "2024Q1", "--previous", "0" * 64, status=1)
    company.audit("--quarter", "2024Q1", "--previous", "gateway.csv", status=2)
    base = sqlite3.connect(company.folder / "h.db")
    base.execute("UPDATE finding SET waived = 1 WHERE bom IN (SELECT bom.id "
                 "FROM bom JOIN link ON link.id = run WHERE time LIKE "
                 "'2024-02-02%')")
    base.commit()
    base.close()
    audit = company.audit("--quarter", "2024Q1", status=1)
    company.expect("a changed finding shows", audit["chain"]["intact"], False)
    company.audit("--quarter", "2023Q4")


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        company = Company(program, folder)
        for part in (year_one, year_two, audits_of_year_one, audits_of_year_two,
                     other_periods, repeated, chained):
            part(company)
    print(f"{len(company.faults)} faults")
    return 1 if company.faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
