#!/usr/bin/env python3
"""check_rule_schemas.py finds planted faults. usage: test_rule_schemas.py"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NEEDED = ["schemas", "rules/measures", "rules/ruleset.yaml",
          "src/ruleset/schema.c", "src/run/config.c",
          "src/run/yaml_products.c"]
MEASURE = "rules/measures/cn-cac-micron-2023.yaml"

# File, what is replaced in it, by what, and what the check must say.
FAULTS = [
    ("src/ruleset/schema.c", 'TEXT_IF("exceptions"', 'TEXT_IF("excuses"',
     "'excuses' of measure is missing"),
    ("src/ruleset/schema.c", 'TEXT("title"', 'TEXT_IF("title"',
     "whether 'title' of measure is required"),
    ("src/ruleset/schema.c", '{"owned", 2}', '{"held", 2}',
     "the words of 'reach'"),
    ("src/ruleset/schema.c", '{"fund", 64}', '{"pay", 64}',
     "the words of 'activities'"),
    ("src/run/config.c", '"max-rule-age"', '"max-age"',
     "'max-rule-age' of config is unknown to the code"),
    ("schemas/rules-party.schema.json", '"brands"', '"marks"',
     "'brands' of party is missing"),
    (MEASURE, "reach: owned", "reach: everybody", "'everybody' is not one of"),
    (MEASURE, "announced: ", "announced: about ", "does not match"),
    (MEASURE, "jurisdiction:", "country:", "'country' was unexpected"),
]


def run_check(root):
    run = subprocess.run([sys.executable, HERE / "check_rule_schemas.py", root],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, check=False)
    return run.returncode, run.stdout


def copy(folder):
    for name in NEEDED:
        source, target = ROOT / name, Path(folder) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        copy(folder)
        status, output = run_check(folder)
        if status == 77:
            print(output, end="")
            sys.exit(77)
        failed = status != 0
        print(f"good tree: {status}\n{output}")
        for name, old, new, words in FAULTS:
            path = Path(folder) / name
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new), encoding="utf-8")
            status, output = run_check(folder)
            missed = status != 1 or words not in output or old not in text
            failed |= missed
            print(f"{words!r}: {'MISSED' if missed else 'found'}")
            if missed:
                print(output)
            path.write_text(text, encoding="utf-8")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
