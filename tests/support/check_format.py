#!/usr/bin/env python3
"""Every .c and .h is as clang-format 14 writes it.

usage: check_format.py REPOSITORY
To mend: clang-format -i FILE
"""
import shutil
import subprocess
import sys
from pathlib import Path

from sources import SKIPPED, c_files, finish


def main():
    root = Path(sys.argv[1])
    # Another version breaks lines elsewhere.
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    if tool is None:
        print("skipped: clang-format is not installed")
        sys.exit(SKIPPED)
    files = c_files(root, "src", "tests")
    problems = []
    for path in files:
        run = subprocess.run(
            [tool, "--style=file", "--dry-run", "-Werror",
             "--ferror-limit=1", str(path)],
            cwd=root, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            problems.append(run.stderr.rstrip() or f"{path}: not formatted")
    finish(problems, len(files), "files")


if __name__ == "__main__":
    main()
