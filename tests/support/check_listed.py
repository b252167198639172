#!/usr/bin/env python3
"""Every source file and unit test is named in its CMakeLists.txt.

usage: check_listed.py REPOSITORY
A test that nobody lists never runs, and nobody notices.
"""
import re
import sys
from pathlib import Path

from sources import finish


def names_in(path):
    if not path.exists():
        return set()
    text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
    return set(re.findall(r"[\w./]+", text))


def main():
    root = Path(sys.argv[1])
    problems = []
    files = sorted((root / "src").glob("*/*.c"))
    for path in files:
        # The program's own files stand in src/CMakeLists.txt: cli/main.c.
        listed = (path.name in names_in(path.parent / "CMakeLists.txt") or
                  f"{path.parent.name}/{path.name}" in
                  names_in(root / "src" / "CMakeLists.txt"))
        if not listed:
            problems.append(f"{path.relative_to(root)} is not listed")
    for folder, prefix in [("unit", "test_"), ("fuzz", "fuzz_")]:
        listed = names_in(root / "tests" / folder / "CMakeLists.txt")
        tests = sorted((root / "tests" / folder).glob(f"{prefix}*.c"))
        problems += [f"{p.relative_to(root)} is not listed" for p in tests
                     if p.stem not in listed and
                     p.stem.removeprefix(prefix) not in listed]
        files += tests
    finish(problems, len(files), "files")


if __name__ == "__main__":
    main()
