#!/usr/bin/env python3
"""Every command in the READMEs works as it stands.

usage: check_readme.py REPOSITORY PROGRAM

The lines of each ```sh block run in a copy of the repository, where `bomgate`
and build/release/bomgate are PROGRAM. A command may exit with 0 or 1 (1 says
that something was found); a comment `# exit N` asks for N; `bomgate serve` must
answer, on a port of its own, until it is stopped. What installs or
builds is not run again: make's targets and cmake's presets must exist.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

READMES = ["README.md", "src/README.md", "sample-boms/README.md",
           "rules/README.md"]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
EXIT = re.compile(r"#.*\bexit (\d)")
PRESET = re.compile(r"--preset[= ](\S+)")
UNIT_TEST = re.compile(r"build/(\S+?)/tests/unit/(\w+)")
NOT_COPIED = shutil.ignore_patterns("build", ".git")


def commands(text):
    """The lines of all sh blocks, with continued lines joined."""
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                yield line.strip()


def check_make(command, root):
    run = subprocess.run(["make", "-n", *command.split()[1:]], cwd=root,
                         capture_output=True, text=True, check=False)
    return run.stderr if run.returncode != 0 else None


def check_presets(command, root):
    presets = json.loads((root / "CMakePresets.json").read_text())
    known = {p["name"] for p in presets["configurePresets"]}
    unknown = [p for p in PRESET.findall(command) if p not in known]
    return f"no such preset: {', '.join(unknown)}" if unknown else None


def check_unit_test(command, root):
    preset, name = UNIT_TEST.match(command).groups()
    if not (root / "tests" / "unit" / f"{name}.c").exists():
        return f"no such test: {name}"
    return check_presets(f"--preset {preset}", root)


def check_run(command, copy, environment):
    wanted = EXIT.search(command)
    run = subprocess.run(["sh", "-c", command], cwd=copy, env=environment,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, errors="replace", timeout=60, check=False)
    print(run.stdout, end="")
    status = run.returncode
    if wanted and status != int(wanted.group(1)):
        return f"exit status {status}, not {wanted.group(1)}"
    if not wanted and status not in (0, 1):
        return f"exit status {status}"
    return None


def check_serve(command, copy, environment):
    words = [w for w in shlex.split(command)]
    if "--listen" in words:
        words[words.index("--listen") + 1] = "127.0.0.1:0"
    else:
        words += ["--listen", "127.0.0.1:0"]
    with subprocess.Popen(words, cwd=copy, env=environment, text=True,
                          stdout=subprocess.PIPE) as server:
        said = server.stdout.readline()
        print(said, end="")
        try:
            address = re.search(r"http://\S+/", said).group()
            urllib.request.urlopen(f"{address}healthz", timeout=10).close()
        except (AttributeError, OSError) as fault:
            return f"does not serve: {fault}"
        finally:
            server.terminate()
    return f"exit status {server.returncode}" if server.returncode else None


def check(command, root, copy, environment):
    first = command.split()[0]
    if first == "cd" and "&&" in command:
        return check_run(command, copy, environment)
    if first in ("git", "cd"):
        return None
    if command.startswith("bomgate serve"):
        return check_serve(command, copy, environment)
    if first in ("openssl", "echo"):
        return check_run(command, copy, environment)
    if first == "make":
        return check_make(command, root)
    if first in ("cmake", "ctest"):
        return check_presets(command, root)
    if first in ("bomgate", "build/release/bomgate"):
        return check_run(command, copy, environment)
    if UNIT_TEST.match(first):
        return check_unit_test(command, root)
    return "this test cannot check such a command"


def prepare(root, program, folder):
    """@return the copy of the repository and the environment to run in."""
    copy = Path(folder) / "repository"
    shutil.copytree(root, copy, ignore=NOT_COPIED)
    programs = copy / "build" / "release"
    programs.mkdir(parents=True)
    (programs / "bomgate").symlink_to(program)
    environment = {k: v for k, v in os.environ.items()
                   if not k.startswith("BOMGATE_")}
    environment["PATH"] = f"{programs}:{os.environ['PATH']}"
    return copy, environment


def main():
    root, program = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    count = problems = 0
    with tempfile.TemporaryDirectory() as folder:
        copy, environment = prepare(root, program, folder)
        for readme in [r for r in READMES if (root / r).exists()]:
            for command in commands((root / readme).read_text("utf-8")):
                print(f"{readme}$ {command}", flush=True)
                problem = check(command, root, copy, environment)
                count += 1
                problems += problem is not None
                if problem:
                    print(f"FAILED: {problem}")
    if count == 0:
        print("FAILED: no command found in any README")
    print(f"{count} commands, {problems} problems")
    sys.exit(1 if problems or count == 0 else 0)


if __name__ == "__main__":
    main()
