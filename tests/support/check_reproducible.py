#!/usr/bin/env python3
"""Two builds of two folders give the same program, byte for byte.

usage: check_reproducible.py REPOSITORY

The folders' names, the time zone, the language, the umask and the number of
jobs differ. Takes the time of two whole builds.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PARTS = ["CMakeLists.txt", "CMakePresets.json", "cmake", "src", "rules",
         "schemas", ".ci", "README.md", "LICENSE"]
WORLDS = [("a", {"TZ": "UTC", "LC_ALL": "C.UTF-8"}, 0o022, 1),
          ("another-folder/deeper/b", {"TZ": "Asia/Shanghai", "LC_ALL": "C"},
           0o077, 2)]


def build(root, folder, world, umask, jobs):
    """@return the digest of the program that is built in `folder`."""
    previous = os.umask(umask)
    folder.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (root / part).is_dir() else shutil.copyfile
        copy(root / part, folder / part)
    # A cache of compiled files would compare a file with itself.
    how = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL,
           "env": {**os.environ, **world, "CCACHE_DISABLE": "1"}}
    subprocess.run(["cmake", "--preset", "release"], **how)
    subprocess.run(["cmake", "--build", "--preset", "release", "--target",
                    "bomgate", "-j", str(jobs)], **how)
    os.umask(previous)
    program = folder / "build/release/bomgate"
    return hashlib.sha256(program.read_bytes()).hexdigest()


def main():
    root = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        digests = [build(root, Path(folder) / name, *world)
                   for name, *world in WORLDS]
    print("\n".join(digests))
    sys.exit(0 if digests[0] == digests[1] else "the two builds differ")


if __name__ == "__main__":
    main()
