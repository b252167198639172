#!/usr/bin/env python3
"""cppcheck finds nothing in src. usage: check_cppcheck.py REPOSITORY BUILD"""
import shutil
import subprocess
import sys
from pathlib import Path

from sources import SKIPPED


def main():
    root, build = Path(sys.argv[1]), Path(sys.argv[2])
    if shutil.which("cppcheck") is None:
        print("skipped: cppcheck is not installed")
        sys.exit(SKIPPED)
    cache = build / "cppcheck"
    cache.mkdir(exist_ok=True)
    run = subprocess.run(
        ["cppcheck", "--quiet", "--std=c11", "--language=c", "-j2",
         "--enable=warning,performance,portability", "--inconclusive",
         "--error-exitcode=1", f"--cppcheck-build-dir={cache}",
         f"--suppressions-list={root / 'tests/support/cppcheck.txt'}",
         "--template={file}:{line}: {severity}: {message} [{id}]",
         "-D_POSIX_C_SOURCE=200809L", "-D__GNUC__=12",
         f"-I{root / 'src'}", str(root / "src")], check=False)
    print("cppcheck: " + ("findings" if run.returncode else "no findings"))
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
