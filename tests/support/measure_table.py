#!/usr/bin/env python3
"""The table of measures in rules/README.md is that of the rules.

usage: measure_table.py REPOSITORY PROGRAM [--write]

Each measure: whom it binds, since when, its status on the day of the rule
set's version, how sure the source is. --write mends the table.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

BEGIN = "<!-- measures: written by tests/support/measure_table.py -->"
END = "<!-- /measures -->"


def rules_list(program, folder, day):
    command = [program, "rules", "list", "--rules", str(folder), "-f", "json"]
    run = subprocess.run(command + (["--as-of", day] if day else []),
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: {run.stderr}")
    return json.loads(run.stdout)


def day_of(version):
    """2026.11.21 is the rule set of 2026-11-21."""
    match = re.match(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", version)
    if match is None:
        sys.exit(f"the version {version} is no day")
    return "{}-{:0>2}-{:0>2}".format(*match.groups())


def since(measure):
    """The first day of any clause; an ended one says its last day too."""
    first = sorted(c["from"] for c in measure["clauses"] if c["from"])
    last = sorted(c["until"] for c in measure["clauses"] if c["until"])
    if not first:
        return ""
    ended = measure["state"] == "ended" and last
    return f"{first[0]} – {last[-1]}" if ended else first[0]


def row(measure):
    binds = []
    for clause in measure["clauses"]:
        binds += [b for b in clause["binds"] if b not in binds]
    title = measure["title"].replace("|", "\\|")
    return (f"| `{measure['id']}` | {title} | "
            f"{', '.join(f'`{b}`' for b in binds)} | {since(measure)} | "
            f"{measure['state']} | {measure['confidence']} |")


def table(program, folder):
    day = day_of(rules_list(program, folder, None)["ruleset"]["version"])
    measures = rules_list(program, folder, day)["measures"]
    return "\n".join([
        BEGIN, f"{len(measures)} measures, as of {day}:", "",
        "| measure | what | binds | since | status | confidence |",
        "| --- | --- | --- | --- | --- | --- |",
        *[row(m) for m in measures], END])


def main():
    root, program = Path(sys.argv[1]), sys.argv[2]
    path = root / "rules" / "README.md"
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        sys.exit(f"{path}: the lines around the table are missing")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    wanted = before + table(program, root / "rules") + after
    if wanted == text:
        print("the table is up to date")
    elif "--write" in sys.argv[3:]:
        path.write_text(wanted, encoding="utf-8")
        print("the table is written")
    else:
        sys.exit(f"{path}: the table of measures is not that of the rules; "
                 f"{sys.argv[0]} {root} {program} --write mends it")


if __name__ == "__main__":
    main()
