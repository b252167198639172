#!/usr/bin/env python3
"""Does every memory part of real BOMs get alternatives that hold up?

usage: alternatives.py PROGRAM CORPUS FLOOR

Takes every memory part on the BOMs of CORPUS and in its labelled cases, asks for its alternatives for a
Chinese operator of critical infrastructure, a US federal contractor, and both,
and holds each answer against the part numbers themselves: a drop-in or
equivalent must decode to the part's type and density, what is plugged in to its
form and interface as well, and nobody may be offered
whom `explain` says is prohibited, now or within the horizon. Prints the share
of parts with a drop-in, an equivalent, a supplier, and fails when fewer than
FLOOR per mille have two makers to choose from, or when anything offered is
wrong.
"""
import csv
import json
import subprocess
import sys
from pathlib import Path

DAY = "2026-11-21"
HORIZON = "2029-11-21"
BUYERS = [["cn-cii-operator"], ["us-federal-contractor"],
          ["cn-cii-operator", "us-federal-contractor"]]
# Not memory in the sense of a chip that others make too.
OTHER_KINDS = ("memory/eeprom", "memory/sram", "memory/fram", "memory/psram")

# What goes into a slot: its form and interface must be known and the same.
PLUGGED_IN = ("memory/dram/module", "storage")


def run(program, words, text=None):
    return subprocess.run([program, *words], input=text, capture_output=True,
                          encoding="utf-8", check=False).stdout


def ask(program, command, queries, options):
    """One object a query."""
    out = run(program, [command, "-", "-f", "json", "--as-of", DAY, *options],
              "".join(query + "\n" for query in queries))
    return [json.loads(line) for line in out.splitlines()]


def one_line(text):
    return " ".join(text.split())


def memory_parts(program, folder):
    """Part number -> category, of every BOM that can be read."""
    parts = {}
    for path in sorted(Path(folder).rglob("*")):
        if not path.is_file():
            continue
        out = run(program, ["check", str(path), "-f", "json", "--all-lines",
                            "--no-digest", "-p", "cn-cii-operator"])
        for line in json.loads(out)["lines"] if out else []:
            for part in line["parts"]:
                category = part["category"] or ""
                if (category.startswith("memory") and part["mpn"] and
                        not category.startswith(OTHER_KINDS)):
                    parts[one_line(part["mpn"])] = category
    return parts


def labelled_parts(program, path):
    """The memory parts among the labelled part numbers."""
    with open(path, encoding="utf-8", newline="") as file:
        numbers = [row["mpn"] for row in csv.DictReader(file, delimiter="\t")
                   if row["kind"] == "mpn"]
    said = ask(program, "explain", numbers, ["-p", "cn-any"])
    return {number: answer["category"]
            for number, answer in zip(numbers, said)
            if (answer["category"] or "").startswith("memory") and
            not answer["category"].startswith(OTHER_KINDS)}


class Judge:
    """Knows what part numbers say and who is closed to whom."""

    def __init__(self, program):
        self.program = program
        self.faults = []

    def numbers(self, answers):
        """What `explain` says of each number that was offered."""
        offered = sorted({item["mpn"] for answer in answers
                          for item in answer["alternatives"]
                          if item["mpn"] and not item["family"]})
        said = ask(self.program, "explain", offered, ["-p", "cn-any"])
        return dict(zip(offered, said))

    def closed(self, answers, buyers):
        """Who is prohibited to these buyers within the horizon."""
        parties = sorted({item["party"] for answer in answers
                          for item in answer["alternatives"]})
        closed = {}
        for party in parties:
            category = next(answer["category"] for answer in answers
                            for item in answer["alternatives"]
                            if item["party"] == party)
            name = run(self.program, ["rules", "show", party]).split("\n")[0]
            said = json.loads(run(self.program, [
                "explain", name, "-f", "json", "--as-of", DAY,
                "--category", category,
                *(word for buyer in buyers for word in ("-p", buyer))]))
            for hit in said["measures"]:
                if (hit["verdict"] == "prohibited" or
                        (hit["becomes"] == "prohibited" and
                         hit["from"] <= HORIZON)):
                    closed[party] = hit["measure"]
        return closed

    def check(self, answers, buyers):
        numbers = self.numbers(answers)
        closed = self.closed(answers, buyers)
        for answer in answers:
            for item in answer["alternatives"]:
                self.check_item(answer, item, numbers, closed)

    def check_item(self, answer, item, numbers, closed):
        what = f"{answer['mpn']}: {item['party']} {item['mpn']}"
        if item["party"] in closed:
            self.faults.append(f"{what}: {closed[item['party']]} closes it")
        if item["party"] in {one["party"] for one in answer["excluded"]}:
            self.faults.append(f"{what}: offered and excluded")
        if item["fit"] == "supplier" or item["family"] or not item["mpn"]:
            return
        said = numbers[item["mpn"]]
        for key in ("density_mbit", "width"):
            mine = answer["parameters"].get(key)
            theirs = said["parameters"].get(key)
            if mine and theirs and mine != theirs:
                self.faults.append(f"{what}: {key} {theirs}, not {mine}")
        for key in ("interface", "package"):
            mine = answer["parameters"].get(key)
            theirs = said["parameters"].get(key)
            if answer["category"].startswith(PLUGGED_IN) and (
                    not mine or mine != theirs):
                self.faults.append(f"{what}: {key} {theirs}, not {mine}")
        if said["category"] and said["category"] != answer["category"]:
            self.faults.append(f"{what}: {said['category']}, "
                               f"not {answer['category']}")


def has(answer, fit):
    return any(item["fit"] == fit for item in answer["alternatives"])


def choices(answer):
    """Makers that are clear for everybody who asked."""
    return len({item["party"] for item in answer["alternatives"]
                if item["verdict"] == "clear"})


def main(program, corpus, floor):
    if not Path(corpus).is_dir():
        print("skipped: no corpus")
        return 77
    parts = memory_parts(program, Path(corpus) / "boms")
    print(f"{len(parts)} memory parts on BOMs")
    parts |= labelled_parts(program, Path(corpus) / "cases-dev.tsv")
    judge = Judge(program)
    few = 0
    total = 0
    for buyers in BUYERS:
        options = [word for buyer in buyers for word in ("-p", buyer)]
        answers = ask(program, "alternatives", sorted(parts), options)
        judge.check(answers, buyers)
        for answer in answers:
            if choices(answer) < 2:
                print(f"{answer['mpn']}: {answer['category']} "
                      f"{answer['parameters']}: {choices(answer)} clear "
                      f"for {' and '.join(buyers)}")
        poor = sum(choices(answer) < 2 for answer in answers)
        shares = ", ".join(
            f"{fit} {sum(has(answer, fit) for answer in answers)}"
            for fit in ("drop-in", "equivalent", "supplier"))
        print(f"{' and '.join(buyers)}: {len(answers)} memory parts: {shares}; "
              f"two or more clear {len(answers) - poor}")
        few += poor
        total += len(answers)
    for fault in judge.faults:
        print(fault)
    right = 1000 * (total - few) // max(total, 1)
    print(f"{right} per mille with two or more, {len(judge.faults)} faults")
    return 1 if judge.faults or right < int(floor) or not total else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
