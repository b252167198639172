#!/usr/bin/env python3
"""Only cli and web print to the terminal or end the program.

usage: check_calls.py REPOSITORY
"""
import re
import sys
from pathlib import Path

from sources import c_files, code_only, finish

MAY = ("cli", "web")
CALLS = re.compile(
    r"(?<![\w.>])(exit|_exit|_Exit|quick_exit|abort|perror|psignal|printf|"
    r"vprintf|puts|putchar|err|errx|warn|warnx|error|system)\s*\(")
# A report may go to stdout, which a caller hands over as a FILE.
NAMES = re.compile(r"\bstderr\b")


def main():
    src = Path(sys.argv[1]) / "src"
    problems = []
    files = [p for p in c_files(src, ".")
             if p.relative_to(src).parts[0] not in MAY]
    for path in files:
        text = code_only(path.read_text(encoding="utf-8"))
        for match in [*CALLS.finditer(text), *NAMES.finditer(text)]:
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{path.relative_to(src.parent)}:{line}: "
                            f"{match.group().strip('( ')} outside cli and web")
    finish(problems, len(files), "files")


if __name__ == "__main__":
    main()
