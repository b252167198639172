#!/usr/bin/env python3
"""Does the program say what the law says? Labelled cases, through `explain`.

usage: quality_law.py PROGRAM CASES.tsv MISSES [-v]

A case names a company, who buys, what for, on which day, and the verdicts that
are right; with a `measure`, what that measure alone says. A table of clauses
(law_table.py) makes its own cases, and must show every clause of the rules.
Every miss is printed, then the total; fails with more misses than MISSES. Exit
status 77: the cases are not there.
"""
import csv
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import law_table

SKIPPED = 77

# Cases that the program answers otherwise, and rightly: note -> verdicts, why.
DIFFERENCES = {
    "154 catl battery, DoD": (
        "prohibited", "on the 1260H list since 2026-06-08, and section "
        "805(a)(1)(A) is in force; section 154 comes on top in 2027"),
}


def ask(program, case):
    """@return what the program answers, as a document."""
    command = [program, "explain", case["name"], "-p", case["profile"],
               "-a", case["activity"], "--as-of", case["as_of"], "-f", "json"]
    for option in ("category", "origin"):
        if case[option]:
            command += ["--" + option, case[option]]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60,
                         check=False)
    if run.returncode != 0:
        return {"verdict": "error", "error": run.stderr.strip()}
    return json.loads(run.stdout)


def reasons(answer):
    """The hits behind a verdict, worst first, for a person to look at."""
    if "error" in answer:
        return answer["error"]
    hits = [f'{hit["measure"]}, {hit["clause"]}: {hit["verdict"]}'
            + (f' ({hit["reason"]})' if hit["reason"] else "")
            for hit in answer["measures"][:4]]
    return f'{answer["party"]}, {answer["confidence"]}; ' + "; ".join(hits)


def verdict_of(case, answer):
    """The verdict on the part, or of the one measure, or clause, that the case
    is about."""
    measure, clause = case.get("measure"), case.get("clause")
    if not measure or "error" in answer:
        return answer["verdict"]
    said = [hit["verdict"] for hit in answer["measures"]
            if hit["measure"] == measure
            and (not clause or hit["clause"] == clause)]
    return said[0] if said else "clear"  # worst first


def is_right(case, answer):
    expected = case["expected"].split("|")
    if case["note"] in DIFFERENCES:
        expected = DIFFERENCES[case["note"]][0].split("|")
    return verdict_of(case, answer) in expected


def rules_of(program):
    run = subprocess.run([program, "rules", "list", "-f", "json"],
                         capture_output=True, text=True, timeout=60, check=True)
    return json.loads(run.stdout)["measures"]


def read_cases(program, path):
    """@return the cases, and what they leave out of the rules."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    if not rows or "from" not in rows[0]:
        return rows, []
    cases = [case for row in rows for case in law_table.cases_of(row)]
    return cases, list(law_table.gaps(rows, rules_of(program)))


def main():
    program, path, allowed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    verbose = "-v" in sys.argv[4:]
    if not path.exists():
        print(f"skipped: {path} is not there")
        sys.exit(SKIPPED)
    cases, gaps = read_cases(program, path)
    for gap in gaps:
        print(f"GAP: {gap}")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda case: ask(program, case), cases)
    misses = 0
    for case, answer in zip(cases, answers):
        right = is_right(case, answer)
        misses += not right
        if verbose or not right:
            print(f'{"right" if right else "MISS"}: {case["note"]}: '
                  f'{verdict_of(case, answer)}, expected {case["expected"]}; '
                  f"{reasons(answer)}")
    print(f"{path.name}: {len(cases) - misses} of {len(cases)} cases right; "
          f"at most {allowed} may be wrong")
    sys.exit(1 if misses > allowed or gaps or not cases else 0)


if __name__ == "__main__":
    main()
