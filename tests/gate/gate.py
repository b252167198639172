#!/usr/bin/env python3
"""Gate a hardware repository as its CI would. usage: gate.py PROGRAM

Makes a throwaway git repository with a board, pushes one change after the other
at it, and holds exit status and report of each against what an engineer and an
auditor would expect.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

BUYER = "cn-cii-operator"
DAY = "2026-11-21"
HEAD = "Reference,Qty,Manufacturer,MPN\n"
CLEAN = ("U1,1,STMicroelectronics,STM32F405RGT6\n"
         "U2,1,Winbond,W25Q128JVSIQ\n")
MICRON = "U3,1,MICRON TECH,MT41K256M16TW-107:P\n"
WAIVER = """- measure: cn-cac-micron-2023
  party: micron
  product: {product}
  kind: {kind}
  reason: last-time buy of 2022, in our own stock
  expires: {expires}
  approved-by: Head of compliance
"""
OWN_RULE = """id: our-ban
title: We buy nothing of this maker
authority: Acme
jurisdiction: DE
citation: Purchasing rule 1
announced: 2024-01-01
known-to: 2026-11-21
reach: named
binds: [cn-cii-operator]
covers: [all]
parties: [{party: winbond}]
clauses:
  - {id: buy, effect: prohibit, activities: [purchase], from: 2024-01-01,
     do: Buy of another maker.}
sources:
  - {url: "https://example.com/", title: our rules, seen: 2026-11-21}
confidence: official-text
"""


class Repository:
    """A working tree, and the program run in it."""

    def __init__(self, program, folder):
        self.program = str(Path(program).resolve())
        self.folder = Path(folder) / "tree"
        self.temp = Path(folder) / "temp"
        self.folder.mkdir()
        self.temp.mkdir()
        self.faults = []
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "ci@example.com")
        self.git("config", "user.name", "CI")
        self.write(".bomgate.yaml", f"profiles: [{BUYER}]\n")

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.folder, check=True,
                       capture_output=True)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-qm", "a change")

    def run(self, *words, **variables):
        return subprocess.run([self.program, *words], cwd=self.folder,
                              capture_output=True, encoding="utf-8",
                              check=False,
                              env={**os.environ, "TMPDIR": str(self.temp),
                                   **variables})

    def check(self, *words):
        """The exit status, the JSON report, and what was said on stderr."""
        done = self.run("check", *words, "-f", "json", "--as-of", DAY)
        report = json.loads(done.stdout) if done.stdout else None
        return done.returncode, report, done.stderr

    def expect(self, what, is_so):
        if not is_so:
            self.faults.append(what)
            print(f"FAILED: {what}")


def flagged(report):
    return [finding for finding in report["findings"]
            if finding["verdict"] == "prohibited"]


def pushes(repo):
    """What is pushed, one after the other."""
    repo.write("board-a.csv", HEAD + CLEAN)
    repo.commit()
    status, report, _ = repo.check("board-a.csv")
    repo.expect("a clean push passes", status == 0)
    repo.expect("nothing is flagged in it", not flagged(report))

    repo.git("checkout", "-qb", "change")
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    repo.commit()
    status, report, _ = repo.check("board-a.csv")
    repo.expect("a Micron part fails the push", status == 1)
    repo.expect("its line is named",
                [finding["line"] for finding in flagged(report)] == [4])
    repo.expect("so is its designator",
                flagged(report)[0]["refdes"] == "U3")
    repo.write("old.json", json.dumps(report))


def baselines(repo):
    """What was there before is not this change's."""
    status, report, _ = repo.check("board-a.csv", "--baseline", "old.json")
    repo.expect("what the baseline has passes", status == 0)
    repo.expect("and is called known",
                flagged(report)[0]["baseline"] == "known")
    repo.write("board-a.csv", HEAD + MICRON.replace("U3", "U5") + CLEAN)
    status, report, _ = repo.check("board-a.csv", "--baseline", "old.json")
    repo.expect("a new designator and line are not new", status == 0)
    repo.expect("the report has them as they are now",
                flagged(report)[0]["line"] == 2)
    (repo.folder / "board-a.csv").rename(repo.folder / "board-a2.csv")
    status, _, _ = repo.check("board-a2.csv", "--baseline", "old.json")
    repo.expect("a renamed file is not new", status == 0)
    (repo.folder / "board-a2.csv").rename(repo.folder / "board-a.csv")
    repo.write("board-b.csv", HEAD + MICRON)
    status, report, _ = repo.check("board-a.csv", "board-b.csv",
                                   "--baseline", "old.json")
    repo.expect("the same part on another board is new", status == 1)
    repo.expect("on that board alone",
                [finding["bom"] for finding in flagged(report)
                 if finding["baseline"] == "new"] == ["board-b.csv"])
    for board in ("a", "b"):
        (repo.folder / board).mkdir()
        repo.write(f"{board}/bom.csv", HEAD + CLEAN)
    repo.write("a/bom.csv", HEAD + CLEAN + MICRON)
    repo.check("a", "b", "-o", "both.json")
    repo.write("b/bom.csv", HEAD + CLEAN + MICRON)
    status, report, _ = repo.check("a", "b", "--baseline", "both.json")
    repo.expect("nor does another board's file of the same name hide it",
                status == 1 and
                [finding["bom"] for finding in flagged(report)
                 if finding["baseline"] == "new"] == ["b/bom.csv"])
    done = repo.run("waive", flagged(report)[0]["fingerprint"], "--from",
                    "both.json", "--kind", "exception", "--reason", "asked",
                    "--expires", "2027-01-01", "--approved-by", "A. Reviewer")
    status, report, _ = repo.check("a", "b")
    repo.expect("nor is it waived by what waives that one",
                done.returncode == 0 and status == 1 and
                {finding["bom"]: finding["waiver"] is None
                 for finding in flagged(report)} ==
                {"a/bom.csv": False, "b/bom.csv": True})
    repo.check("a", "b", "-o", "both.json")
    done = repo.run("waive", flagged(report)[0]["fingerprint"], "--from",
                    "both.json", "--kind", "exception", "--reason", "asked",
                    "--expires", "2027-01-01", "--approved-by", "A. Reviewer")
    repo.expect("what both have is waived for both by name",
                "product: a/bom.csv" in done.stdout and
                "product: b/bom.csv" in done.stdout and
                done.stdout.count("- measure") == 2 and
                repo.check("a", "b")[0] == 0)
    (repo.folder / ".bomgate-waivers.yaml").unlink()
    repo.write("bom.csv", HEAD + CLEAN + MICRON)
    _, report, _ = repo.check("bom.csv", "-o", "root.json")
    repo.run("waive", flagged(report)[0]["fingerprint"], "--from", "root.json",
             "--kind", "exception", "--reason", "asked", "--expires",
             "2027-01-01", "--approved-by", "A. Reviewer")
    repo.expect("a waiver for a file in the root covers that file",
                repo.check("bom.csv")[0] == 0)
    repo.expect("and none of the same name below",
                repo.check("a/bom.csv")[0] == 1)
    for item in ("a", "b"):
        shutil.rmtree(repo.folder / item)
    (repo.folder / "bom.csv").unlink()
    (repo.folder / ".bomgate-waivers.yaml").unlink()
    repo.write("broken.json", "{")
    status, _, said = repo.check("board-a.csv", "--baseline", "broken.json")
    repo.expect("a broken baseline is no answer", status == 2)
    repo.expect("and is named", "broken.json" in said)
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)


def rule_changes(repo):
    """What is new though nobody touched the board is not the design's."""
    says = "not the design"
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    repo.run("check", "board-a.csv", "--as-of", "2023-01-01", "-o",
             "then.json", "--product", "Crab")
    done = repo.run("check", "board-a.csv", "--as-of", DAY, "--baseline",
                    "then.json", "--product", "Crab", "-f", "markdown")
    repo.expect("a rule that came since is new", done.returncode == 1)
    repo.expect("the comment says that it is not the design",
                says in done.stdout and "2023-01-01" in done.stdout)
    repo.run("check", "board-a.csv", "--as-of", "2023-05-20", "-o",
             "then.json", "--product", "Crab")
    done = repo.run("check", "board-a.csv", "--as-of", DAY, "--baseline",
                    "then.json", "--product", "Crab", "-f", "markdown")
    repo.expect("what was announced and is prohibited now is not known",
                done.returncode == 1 and says in done.stdout)
    repo.run("check", "board-a.csv", "--as-of", "2023-01-01", "-o",
             "then.json", "--product", "Crab")
    repo.write("board-a.csv", HEAD + CLEAN + MICRON.replace("U3", "U30"))
    done = repo.run("check", "board-a.csv", "--as-of", DAY, "--baseline",
                    "then.json", "--product", "Crab", "-f", "markdown")
    repo.expect("of a board that changed it does not",
                done.returncode == 1 and says not in done.stdout)
    repo.run("check", "board-a.csv", "--as-of", DAY, "-o", "then.json",
             "--product", "Crab")
    done = repo.run("check", "board-a.csv", "--as-of", DAY, "--baseline",
                    "then.json", "--product", "Crab", "-f", "markdown")
    repo.expect("a product that is named is known by that name",
                done.returncode == 0 and says not in done.stdout)


def waivers(repo):
    """Who accepted what until when."""
    waiver = WAIVER.format(product="board-a.csv", kind="installed-stock",
                           expires="2027-03-31")
    repo.write(".bomgate-waivers.yaml", waiver)
    status, report, _ = repo.check("board-a.csv")
    repo.expect("a waiver lets it pass", status == 0)
    repo.expect("and is seen in the finding",
                flagged(report)[0]["waiver"]["state"] == "used")
    repo.expect("and in the list", report["waivers"][0]["state"] == "used")
    repo.expect("its line counts as waived only",
                report["counts"]["waived"] == 1 and
                report["counts"]["prohibited"] == 0)
    status, _, _ = repo.check("board-b.csv")
    repo.expect("board A's waiver does not cover board B", status == 1)

    status, report, said = repo.check("board-a.csv", "--waivers-from", "main")
    repo.expect("one added in the same change does not pass", status == 1)
    repo.expect("it is pending",
                flagged(report)[0]["waiver"]["state"] == "pending")
    repo.expect("and said to be", ".bomgate-waivers.yaml:1" in said)
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "change")
    repo.git("checkout", "-q", "change")
    status, _, _ = repo.check("board-a.csv", "--waivers-from", "main")
    repo.expect("once it is in the base it passes", status == 0)
    status, _, said = repo.check("board-a.csv", "--waivers-from", "nowhere")
    repo.expect("a base that is not there is no answer", status == 2)
    repo.expect("and is named", "nowhere" in said)

    repo.write(".bomgate-waivers.yaml",
               waiver.replace("2027-03-31", "2026-11-20"))
    status, report, said = repo.check("board-a.csv")
    repo.expect("an expired waiver fails the push again", status == 1)
    repo.expect("and is named", "expired" in said and
                flagged(report)[0]["waiver"]["state"] == "expired")
    repo.write(".bomgate-waivers.yaml",
               waiver.replace("2027-03-31", DAY))
    status, _, _ = repo.check("board-a.csv")
    repo.expect("on its last day it holds", status == 0)


def policies(repo):
    """What may be waived at all."""
    repo.write(".bomgate-waivers.yaml",
               WAIVER.format(product="board-a.csv", kind="risk-accepted",
                             expires="2027-03-31"))
    status, report, _ = repo.check("board-a.csv")
    repo.expect("risk-accepted covers nothing prohibited", status == 1)
    repo.expect("it is refused",
                flagged(report)[0]["waiver"]["state"] == "refused")
    settings = f"profiles: [{BUYER}]\npolicy: {{risk-accepted: prohibited}}\n"
    repo.write(".bomgate.yaml", settings)
    status, _, _ = repo.check("board-a.csv")
    repo.expect("unless the policy says so", status == 0)
    status, _, _ = repo.check("board-a.csv", "--waivers-from", "main")
    repo.expect("but a policy of the same change does not count", status == 1)
    repo.write(".bomgate.yaml", f"profiles: [{BUYER}]\n")

    for key in ("kind", "reason", "expires", "approved-by"):
        text = "".join(line for line in WAIVER.format(
            product="x", kind="exception", expires=DAY).splitlines(True)
            if not line.startswith(f"  {key}:"))
        repo.write(".bomgate-waivers.yaml", text)
        status, _, said = repo.check("board-a.csv")
        repo.expect(f"a waiver without {key} is refused",
                    status == 2 and key in said and
                    ".bomgate-waivers.yaml:1" in said)
    repo.write(".bomgate-waivers.yaml", "- {measure: cn-cac-micron-2023, "
               "party: micron, kind: exception, reason: r, expires: "
               "2027-01-01, approved-by: me, aproved: yes}\n")
    status, _, said = repo.check("board-a.csv")
    repo.expect("an unknown key is refused", status == 2 and "aproved" in said)
    repo.write(".bomgate-waivers.yaml",
               WAIVER.format(product="board-a.csv", kind="exception",
                             expires="2027-03-31"))
    repo.write("board-a.csv", HEAD + CLEAN)
    status, _, said = repo.check("board-a.csv")
    repo.expect("an unused waiver warns and passes",
                status == 0 and "covers nothing" in said)
    (repo.folder / ".bomgate-waivers.yaml").unlink()


def bans(report):
    """How often the company's own rule says no."""
    return sum(finding["measure"] == "our-ban"
               for finding in report["findings"])


def settings(repo):
    """A change does not choose what it is gated by."""
    pending = "holds once this change is in the base branch"
    repo.git("checkout", "-qB", "settled", "main")
    (repo.folder / "ours" / "measures").mkdir(parents=True)
    repo.write("ours/measures/ban.yaml", OWN_RULE)
    repo.write("board-a.csv", HEAD + CLEAN)
    repo.run("check", "board-a.csv", "-o", "known.json", "--as-of", DAY,
             "--no-fail", "-p", BUYER)
    repo.write(".bomgate.yaml", f"profiles: [{BUYER}]\nrules: [ours]\n"
               "baseline: known.json\n")
    repo.commit()
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    how = ("board-a.csv", "--waivers-from", "settled")
    status, report, said = repo.check(*how)
    repo.expect("unchanged settings hold without a word",
                status == 1 and said == "" and
                "settled" not in " ".join(report["not_checked"]))
    for what, text in (
            ("buyer", "profiles: [us-any]\n"),
            ("activity", f"profiles: [{BUYER}]\nactivity: use\n"),
            ("column", f"profiles: [{BUYER}]\n"
             "map: [{field: mpn, header: Reference}]\n"),
            ("set of rules", f"profiles: [{BUYER}]\n")):
        repo.write(".bomgate.yaml", text)
        status, report, said = repo.check(*how)
        repo.expect(f"another {what} of the same change does not count",
                    status == 1 and report["profiles"] == [BUYER])
        repo.expect(f"another {what} is said to wait",
                    ".bomgate.yaml: " in said and pending in said)
        repo.expect("and the report says what it went by", any(
            ".bomgate.yaml" in sentence and "settled" in sentence
            for sentence in report["not_checked"]))
    repo.write(".bomgate.yaml", "profile: typo\n")
    status, _, said = repo.check(*how)
    repo.expect("settings that nobody could merge are refused",
                status == 2 and ".bomgate.yaml:1" in said)
    (repo.folder / ".bomgate.yaml").unlink()
    status, report, said = repo.check(*how)
    repo.expect("settings that are taken away hold",
                status == 1 and report["profiles"] == [BUYER])
    repo.expect("which is said", ".bomgate.yaml: " in said and pending in said)
    repo.git("checkout", "-q", "settled", "--", ".bomgate.yaml")

    (repo.folder / "new").mkdir()
    repo.write("new/.bomgate.yaml", "profiles: [us-any]\n")
    repo.write("new/bom.csv", HEAD + CLEAN + MICRON)
    status, report, said = repo.check("new/bom.csv", *how[1:])
    repo.expect("nor do nearer ones hide those of the base",
                status == 1 and report["profiles"] == [BUYER])
    repo.expect("they wait", "new/.bomgate.yaml: " in said and pending in said)

    repo.write("board-a.csv", HEAD + CLEAN)
    repo.write("ours/measures/ban.yaml",
               OWN_RULE.replace("{party: winbond}", "{party: micron}"))
    repo.write("known.json", "{}")
    _, report, said = repo.check(*how)
    repo.expect("rules of the company that the change touches wait",
                bans(report) == 1 and "ours: " in said)
    repo.write("ours/measures/ban.yaml", OWN_RULE)
    repo.write("ours/measures/more.yaml", OWN_RULE.replace("our-ban", "more"))
    repo.git("add", "ours")
    _, report, said = repo.check(*how)
    repo.expect("so do those that it adds",
                bans(report) == 1 and "ours: " in said)
    repo.git("reset", "-q")
    _, report, said = repo.check(*how)
    repo.expect("those that no change brings along are read",
                len({finding["measure"] for finding in report["findings"]} &
                    {"our-ban", "more"}) == 2 and said.count("\n") == 1)
    shutil.rmtree(repo.folder / "ours")
    _, report, said = repo.check(*how)
    repo.expect("those that it takes away hold",
                bans(report) == 1 and "ours: " in said)
    repo.expect("nothing is left behind", not list(
        repo.temp.iterdir()))
    repo.git("checkout", "-q", "--", "ours", "known.json")
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    repo.run("check", "board-a.csv", "-o", "known.json", "--as-of", DAY,
             "--no-fail", "-p", BUYER)
    status, _, said = repo.check(*how)
    repo.expect("a baseline that the change brings knows nothing",
                status == 1 and "known.json: " in said)
    repo.git("checkout", "-q", "--", "known.json")

    repo.git("rm", "-q", ".bomgate.yaml")
    repo.commit()
    repo.write(".bomgate.yaml", "profiles: [us-any]\n")
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    status, report, said = repo.check(*how, "-p", BUYER)
    repo.expect("the first settings wait too",
                status == 1 and report["profiles"] == [BUYER] and
                pending in said)
    repo.git("checkout", "-q", "-f", "change")
    (repo.folder / ".bomgate-waivers.yaml").unlink()
    repo.write(".bomgate.yaml", f"profiles: [{BUYER}]\n")


def writing(repo):
    """`bomgate waive` writes what `check` takes."""
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    _, report, _ = repo.check("board-a.csv")
    repo.write("report.json", json.dumps(report))
    fingerprint = flagged(report)[0]["fingerprint"]
    words = ["waive", fingerprint[:12], "--from", "report.json", "--kind",
             "exception", "--reason", 'customer\'s letter: "go ahead"',
             "--expires", "2027-06-30", "--approved-by", "A. Reviewer"]
    done = repo.run(*words)
    repo.expect("a waiver is written", done.returncode == 0)
    status, report, _ = repo.check("board-a.csv")
    repo.expect("and holds", status == 0)
    repo.expect("with the words as they were given",
                flagged(report)[0]["waiver"]["reason"] ==
                'customer\'s letter: "go ahead"')
    before = (repo.folder / ".bomgate-waivers.yaml").read_bytes()
    done = repo.run(*[word.replace("2027-06-30", "soon") for word in words])
    repo.expect("a wrong one is refused", done.returncode == 2)
    repo.expect("and the file stays as it was",
                (repo.folder / ".bomgate-waivers.yaml").read_bytes() == before)
    done = repo.run("waive", "0" * 12, *words[2:])
    repo.expect("so is a fingerprint that nobody has", done.returncode == 2)
    (repo.folder / ".bomgate-waivers.yaml").unlink()


def pasting(repo):
    """A waiver of a report says nothing until somebody fills it in."""
    done = repo.run("check", "board-a.csv", "-f", "markdown", "--as-of", DAY)
    form = re.search(r"```yaml\n(.*?)```", done.stdout, re.DOTALL)[1]
    answers = {"kind: KIND": "kind: exception", "reason: WHY": "reason: asked",
               "expires: YYYY-MM-DD": "expires: 2027-01-01",
               "approved-by: WHO": "approved-by: A. Reviewer"}
    repo.expect("the form has all that is to be said",
                all(blank in form for blank in answers))
    repo.write(".bomgate-waivers.yaml", "# ours\n" + form)
    status, _, said = repo.check("board-a.csv")
    repo.expect("as it is it is refused, with its line",
                status == 2 and ".bomgate-waivers.yaml:2: " in said)
    repo.expect("and what is to be filled in", all(
        blank.split(":")[0] in said for blank in answers))
    for left in answers:
        text = form
        for blank, answer in answers.items():
            text = text.replace(blank, left if blank == left else answer)
        repo.write(".bomgate-waivers.yaml", text)
        status, _, said = repo.check("board-a.csv")
        key, word = left.split(": ")
        repo.expect(f"{left} alone is refused",
                    status == 2 and f"{key} ({word})" in said)
        repo.expect("and nothing else named", not any(
            f"{blank.split(': ')[0]} (" in said
            for blank in answers if blank != left))
    for blank, answer in answers.items():
        form = form.replace(blank, answer)
    repo.write(".bomgate-waivers.yaml", form)
    repo.expect("filled in it holds", repo.check("board-a.csv")[0] == 0)
    (repo.folder / ".bomgate-waivers.yaml").unlink()


def blind(repo):
    """A gate that sees nothing is not green."""
    (repo.folder / "broken.csv").write_bytes(
        HEAD.encode() + bytes(range(256)) * 20)
    repo.expect("a broken CSV is no answer",
                repo.check("broken.csv")[0] == 2)
    repo.write("quote.csv", HEAD + 'U1,1,"Micron,MT41K256M16TW\nU2,1,a,b')
    repo.expect("a quote that is left open hides no part",
                repo.check("quote.csv")[0] == 1)
    repo.write("kicad.csv", '"Reference","Value","Footprint","Qty"\n'
               '"C1","100nF","Capacitor_SMD:C_0402","1"\n'
               '"U1","STM32F405","Package_QFP:LQFP-64","1"\n')
    status, report, _ = repo.check("kicad.csv")
    repo.expect("no maker and no part number is no answer", status == 2)
    repo.expect("the run is inconclusive", not report["conclusive"])
    repo.expect("and says how to export a BOM that helps",
                "kicad-cli sch export bom" in " ".join(report["problems"]))
    repo.write("empty.csv", HEAD)
    repo.expect("an empty BOM has its own status",
                repo.check("empty.csv")[0] == 3)
    repo.expect("unless that is allowed",
                repo.check("empty.csv", "--allow-empty")[0] == 0)
    repo.write("board-a.csv", HEAD + CLEAN + MICRON)
    repo.expect("a missing file is no answer",
                repo.check("board-a.csv", "nowhere.csv")[0] == 2)
    repo.expect("--no-fail reports and passes",
                repo.check("board-a.csv", "--no-fail")[0] == 0)


def surroundings(repo):
    """A setting that is misspelt in the environment gates nothing: it is told."""
    def told(**variables):
        done = repo.run("check", "board-a.csv", "--as-of", DAY, **variables)
        return done.returncode, done.stderr
    repo.expect("what is known passes without a word",
                told(BOMGATE_PROFILE=BUYER, BOMGATE_NO_FAIL="1",
                     BOMGATE_BOMS="x", BOMGATE_PACKAGE="y") == (0, ""))
    repo.expect("so does what says nothing", told(BOMGATE_PROFIL="") == (1, ""))
    status, said = told(BOMGATE_PROFIL="us-any")
    repo.expect("a slip is told on one line, with what was meant",
                said.count("\n") == 1 and "BOMGATE_PROFIL:" in said and
                "BOMGATE_PROFILE?" in said)
    repo.expect("and changes no status", status == 1)
    status, said = told(BOMGATE_SOMETHING_ELSE="x")
    repo.expect("where nothing is near nothing is proposed",
                status == 1 and "BOMGATE_SOMETHING_ELSE:" in said and
                "?" not in said)
    done = repo.run("rules", "list", "--as-of", DAY, BOMGATE_WAIVERS_FRM="x")
    repo.expect("every command tells it", "BOMGATE_WAIVERS_FROM?" in
                done.stderr)


def places(repo):
    """A finding is shown at its file, wherever the program is called from."""
    board = repo.folder / "boards" / "mainboard"
    board.mkdir(parents=True)
    (board / "bom 1.csv").write_text(HEAD + CLEAN + MICRON, encoding="utf-8")
    seen = {}
    for how, folder, name in (
            ("from the root", repo.folder, "./boards/mainboard/bom 1.csv"),
            ("from its folder", board, "bom 1.csv"),
            ("from beside it", repo.folder / "boards", "mainboard"),
            ("by its full path", repo.folder, str(board / "bom 1.csv"))):
        seen[how] = show_places(repo, folder, name)
        repo.expect(f"{how} each format names it from the root",
                    seen[how]["places"] == {"boards/mainboard/bom 1.csv"})
    prints = {how: what["fingerprints"] for how, what in seen.items()}
    repo.expect("how it is called changes no fingerprint",
                len(set(map(str, prints.values()))) == 1)
    with tempfile.TemporaryDirectory() as elsewhere:
        bom = Path(elsewhere) / "bom.csv"
        bom.write_text(HEAD + CLEAN + MICRON, encoding="utf-8")
        outside = show_places(repo, elsewhere, str(bom))
        repo.expect("outside a repository from the working folder",
                    outside["places"] == {"bom.csv"})
        outside = show_places(repo, repo.folder, str(bom))
        repo.expect("a file that lies elsewhere keeps its name",
                    outside["places"] == {str(bom), "file://" + str(bom)})
    for item in board.iterdir():
        item.unlink()


def show_places(repo, folder, name):
    """Under which names the formats show a finding, and its fingerprints."""
    formats = ("sarif", "gitlab", "github", "junit", "markdown", "json")
    text = {}
    for form in formats:
        text[form] = subprocess.run(
            [repo.program, "check", name, "-f", form, "-p", BUYER, "--as-of",
             DAY], cwd=folder, capture_output=True, encoding="utf-8",
            check=False).stdout
    run = json.loads(text["sarif"])["runs"][0]
    files = {unquote(item["locations"][0]["physicalLocation"]
                     ["artifactLocation"]["uri"]) for item in run["results"]}
    files |= {unquote(item["location"]["uri"]) for item in run["artifacts"]}
    files |= {item["location"]["path"] for item in json.loads(text["gitlab"])}
    files |= {unquote(found) for found in
              re.findall(r"file=(.*?),", text["github"])}
    files |= set(re.findall(r' file="(.*?)"', text["junit"]))
    files |= {found for found in re.findall(r"^`(.*?)` line",
                                            text["markdown"], re.MULTILINE)}
    return {"places": files, "fingerprints": sorted(
        finding["fingerprint"]
        for finding in json.loads(text["json"])["findings"])}


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        repo = Repository(program, folder)
        for part in (pushes, baselines, rule_changes, waivers, policies,
                     settings, writing, pasting, blind, surroundings,
                     places):
            part(repo)
    print(f"{len(repo.faults)} faults")
    return 1 if repo.faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
