"""What the source checks share: finding files, reading C without its text."""
import re
import sys
from pathlib import Path

SKIPPED = 77  # CTest's SKIP_RETURN_CODE

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'
                   r"'(?:\\.|[^'\\\n])*'", re.S)


def c_files(root, *folders):
    """Every .c and .h below the folders, in a fixed order."""
    found = []
    for folder in folders:
        found += [p for p in (Path(root) / folder).rglob("*.[ch]")]
    return sorted(found)


def code_only(text):
    """C without comments and without what stands in quotes; lines stay."""
    def blank(match):
        return '""' + "\n" * match.group().count("\n")
    return TOKEN.sub(blank, text)


def without_comments(text):
    def blank(match):
        piece = match.group()
        return piece if piece[0] in "\"'" else "\n" * piece.count("\n")
    return TOKEN.sub(blank, text)


def finish(problems, checked, what):
    """Print every problem and leave: 0 when there is none."""
    for problem in problems:
        print(problem)
    print(f"{checked} {what} checked, {len(problems)} problems")
    sys.exit(1 if problems else 0)
