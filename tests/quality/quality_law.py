#!/usr/bin/env python3
"""Does the program say what the law says? Labelled cases, through `explain`.

usage: quality_law.py PROGRAM CASES.tsv [-v]

A case names a company, who buys, what for, on which day, and the verdicts that
are right. Every miss is printed, then the total; fails with any miss that
DIFFERENCES does not explain. Exit status 77: the cases are not there.
"""
import csv
import json
import subprocess
import sys
from pathlib import Path

SKIPPED = 77

# Cases that the program answers otherwise, and rightly: note -> verdict, why.
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


def is_right(case, answer):
    expected = case["expected"].split("|")
    if case["note"] in DIFFERENCES:
        expected = [DIFFERENCES[case["note"]][0]]
    # A name that is not known says nothing about the law.
    return answer["verdict"] in expected and answer.get("party") is not None \
        or (answer["verdict"] in expected and "unknown-maker" in case["note"])


def main():
    program, path = sys.argv[1], Path(sys.argv[2])
    verbose = "-v" in sys.argv[3:]
    if not path.exists():
        print(f"skipped: {path} is not there")
        sys.exit(SKIPPED)
    with path.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t"))
    misses = 0
    for case in cases:
        answer = ask(program, case)
        right = is_right(case, answer)
        misses += not right
        if verbose or not right:
            print(f'{"right" if right else "MISS"}: {case["note"]}: '
                  f'{answer["verdict"]}, expected {case["expected"]}; '
                  f"{reasons(answer)}")
    print(f"{path.name}: {len(cases) - misses} of {len(cases)} cases right")
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
