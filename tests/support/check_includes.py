#!/usr/bin/env python3
"""Includes go only downward. usage: check_includes.py REPOSITORY"""
import re
import sys
from pathlib import Path

from sources import c_files, finish, without_comments

# From the top to the bottom; cli starts the server, so web stands below it.
ORDER = ["cli", "web", "run", "report", "history", "screen", "maker", "bom",
         "ruleset", "core"]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
# Their answers depend on the locale; core/str.h has ascii_is_digit() and so on.
FORBIDDEN = {"ctype.h", "wctype.h", "locale.h"}


def check_own(source, kind, name):
    """A module's header is quoted, exists, and is not above the module."""
    module = source.parts[0]
    if kind == "<":
        return f"<{name}> is forbidden" if name in FORBIDDEN else None
    target = name.split("/")[0]
    if "/" not in name or target not in ORDER:
        return f'"{name}" names no module: write "module/file.h"'
    if module not in ORDER:
        return f"{module} is no module: {', '.join(ORDER)}"
    if ORDER.index(target) < ORDER.index(module):
        return f'{module} must not include "{name}": {target} is above it'
    return None


def own_header_first(source, names):
    own = str(source.with_suffix(".h"))
    if source.suffix == ".c" and own in names and names[0] != own:
        return f'"{own}" must be the first include'
    return None


def main():
    src = Path(sys.argv[1]) / "src"
    problems = []
    files = c_files(src, ".")
    for path in files:
        source = path.relative_to(src)
        text = without_comments(path.read_text(encoding="utf-8"))
        found = [(text.count("\n", 0, m.start(1)) + 1, *m.groups())
                 for m in INCLUDE.finditer(text)]
        faults = [(line, check_own(source, kind, name))
                  for line, kind, name in found]
        faults += [(line, f'"{name}" does not exist')
                   for line, kind, name in found
                   if kind == '"' and not (src / name).exists()]
        faults.append((1, own_header_first(source, [f[2] for f in found])))
        problems += [f"src/{source}:{line}: {fault}"
                     for line, fault in faults if fault]
    finish(problems, len(files), "files")


if __name__ == "__main__":
    main()
