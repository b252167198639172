#!/usr/bin/env python3
"""Every header compiles alone, and twice.

usage: check_headers.py REPOSITORY [FOLDER_OF_MADE_HEADERS]
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sources import SKIPPED, c_files, finish

FLAGS = ["-std=c17", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra",
         "-Wpedantic", "-Werror", "-fsyntax-only", "-x", "c", "-"]


def compile_alone(compiler, folders, name):
    """@return what the compiler says, empty when it is content."""
    text = f'#include "{name}"\n' * 2 + "extern int not_empty;\n"
    run = subprocess.run([compiler, *(f"-I{f}" for f in folders), *FLAGS],
                         input=text, capture_output=True, text=True,
                         check=False)
    return run.stderr if run.returncode != 0 else ""


def main():
    src = Path(sys.argv[1]) / "src"
    compiler = os.environ.get("CC") or "gcc"
    if shutil.which(compiler) is None:
        print(f"skipped: {compiler} is not installed")
        sys.exit(SKIPPED)
    headers = [p.relative_to(src) for p in c_files(src, ".")
               if p.suffix == ".h"]
    problems = []
    for header in headers:
        said = compile_alone(compiler, [src, *sys.argv[2:]], header)
        if said:
            problems.append(f"src/{header} does not compile alone:\n{said}")
    finish(problems, len(headers), "headers")


if __name__ == "__main__":
    main()
