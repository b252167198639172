#!/usr/bin/env python3
"""Run one golden case. usage: [UPDATE=1] run.py PROGRAM CASE

A case is a folder:
  cmd      what to run, a line a command: `check bom.csv -o report.json`.
           Understood beyond plain words: '…', "…", `< FILE`, `> FILE`,
           and comments with #.
  stdout   what must come out; with several commands each is headed by
           `$ COMMAND`
  stderr   likewise; without this file nothing may come out there
  exit     the exit status, one a command; without this file 0
  and the input files. A file that cmd names after `-o` or `>`, or that lies in
  a folder named after `--into` or that a history is exported to, is an output
  and must come out as it lies there; of X.xlsx the cells, as X.xlsx.txt. A file
  named after `--history` is no output.

The case runs twice, each time in a fresh copy of the folder and under another
time zone and language: every byte must be the same. A line that names
`sample-boms/…` finds that folder beside the inputs; `--rules rules` finds
tests/golden/rules, unless the case has a folder of that name. Every
output is read back by documents.py. The version of the shipped rules is written
<rules-version>, the digest of any rules <rules-sha256>, the hash of a run in a
history <hash of run N>. UPDATE=1 writes the expectations.
"""
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import documents  # noqa: E402
import xlsx_cells  # noqa: E402
from documents import Failure  # noqa: E402

REPOSITORY = Path(os.environ.get("BOMGATE_REPOSITORY") or
                  Path(__file__).resolve().parents[2])
RULES = Path(__file__).resolve().parent / "rules"
EXPECTATIONS = {"cmd", "stdout", "stderr", "exit"}
SANITIZER = re.compile("LeakSanitizer|AddressSanitizer|ThreadSanitizer|"
                       "runtime error:")
WORLDS = [{"TZ": "UTC", "LC_ALL": "C.UTF-8"},
          {"TZ": "Asia/Shanghai", "LC_ALL": "C"}]
# Seconds a command; a whole case has as many as CTest gives it.
TIMEOUT = int(os.environ.get("GOLDEN_TIMEOUT", "50"))


class Command:
    """One line of cmd."""

    def __init__(self, line):
        self.line = line
        words = shlex.split(line, comments=True)
        self.stdin = self.take(words, "<")
        self.stdout = self.take(words, ">")
        self.words = words

    @staticmethod
    def take(words, sign):
        """Remove `sign FILE` from the words. @return the file, or None."""
        if sign not in words:
            return None
        at = words.index(sign)
        name = words[at + 1]
        del words[at:at + 2]
        return name

    def outputs(self):
        """Names of the files that this command is to write."""
        named = [value for option, value in zip(self.words, self.words[1:])
                 if option in ("-o", "--output")]
        named += [w.split("=", 1)[1] for w in self.words
                  if w.startswith("--output=")]
        # `-o sarif=out.json` names the format first.
        named = [re.sub(r"^[a-z]+=", "", name) for name in named
                 if name != self.into()]
        return named + ([self.stdout] if self.stdout else [])

    def value(self, option):
        """What stands after an option, or None."""
        pairs = zip(self.words, self.words[1:])
        return next((value for word, value in pairs if word == option), None)

    def into(self):
        """The folder that files are written to, or None."""
        export = self.words[:2] == ["history", "export"]
        return self.value("-o" if export else "--into")

    def rules(self):
        return self.value("--rules")

    def history(self):
        return self.value("--history")


def written_into(folder, commands):
    """Files of a case that lie where its commands write folders."""
    found = set()
    for name in {c.into() for c in commands} - {None}:
        found |= {str(p.relative_to(folder))
                  for p in (folder / name).rglob("*") if p.is_file()}
    return found


def is_kept(name, commands):
    """Is it a rule file or BOM that a history gives back as it was?"""
    folders = {c.into() for c in commands if c.words[0] == "history"} - {None}
    return any(Path(name).is_relative_to(Path(folder, kind))
               for folder in folders for kind in ("rules", "boms"))


class Result:
    """What one run of a case gave."""

    def __init__(self):
        self.stdout, self.stderr, self.exits = b"", b"", []
        self.printed = []  # stdout, a command each
        self.files = {}
        self.digests = []  # of the rules in use
        self.chain = {}  # hash of a run: what to call it


def read_commands(case):
    text = (case / "cmd").read_text(encoding="utf-8")
    return [Command(line) for line in text.splitlines()
            if line.strip() and not line.lstrip().startswith("#")]


def run_command(program, command, folder, world):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **world}
    environment |= {k: v for k, v in os.environ.items()
                    if k.endswith("SAN_OPTIONS")}
    stdin = (folder / command.stdin).read_bytes() if command.stdin else b""
    try:
        return subprocess.run([program, *command.words], cwd=folder,
                              env=environment, input=stdin, timeout=TIMEOUT,
                              capture_output=True, check=False)
    except subprocess.TimeoutExpired as late:
        raise Failure(f"still running after {TIMEOUT} s: "
                      f"{command.line}") from late


def copy_inputs(case, commands, outputs, folder):
    expected = EXPECTATIONS | outputs | {name + ".txt" for name in outputs}
    expected |= written_into(case, commands)
    for item in sorted(case.rglob("*")):
        name = str(item.relative_to(case))
        if item.is_file() and name not in expected:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(item, target)
    if any("sample-boms/" in c.line for c in commands):
        shutil.copytree(REPOSITORY / "sample-boms", folder / "sample-boms")
    if (any(c.rules() == "rules" for c in commands)
            and not (folder / "rules").exists()):
        shutil.copytree(RULES, folder / "rules")


def listing(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*")
            if p.is_file()}


def run_once(program, case, commands, world):
    """Run every command in a fresh copy of the case."""
    result = Result()
    outputs = {name for c in commands for name in c.outputs()}
    with tempfile.TemporaryDirectory(prefix="bomgate-golden-") as temp:
        folder = Path(temp)
        copy_inputs(case, commands, outputs, folder)
        before = listing(folder)
        for command in commands:
            run = run_command(program, command, folder, world)
            # A config names its folders in full.
            for name in ("stdout", "stderr"):
                setattr(run, name, getattr(run, name).replace(
                    f"{folder.resolve()}/".encode(), b""))
            head = f"$ {command.line}\n".encode() if len(commands) > 1 else b""
            if command.stdout:
                (folder / command.stdout).write_bytes(run.stdout)
                result.stdout += head
            else:
                result.stdout += head + run.stdout
                result.printed.append(run.stdout)
            result.stderr += (head if run.stderr else b"") + run.stderr
            result.exits.append(run.returncode)
        after = listing(folder)
        outputs |= written_into(folder, commands)
        result.chain = chain_hashes(program, commands, folder)
        # A history is what the later commands are for; they say what it holds.
        after -= {c.history() for c in commands} - before
        after -= {name for name in after - before if is_kept(name, commands)}
        if before - after:
            raise Failure(f"inputs are gone: {sorted(before - after)}")
        if after - before - outputs:
            raise Failure("files are left behind: "
                          f"{sorted(after - before - outputs)}")
        result.files = {name: (folder / name).read_bytes()
                        for name in outputs & after}
        result.digests = rules_digests(program, commands, folder)
    return result


def check_same(first, second):
    """The same input gives the same bytes, whatever the clock and place."""
    pairs = [("stdout", first.stdout, second.stdout),
             ("stderr", first.stderr, second.stderr),
             ("exit", first.exits, second.exits),
             ("files", sorted(first.files), sorted(second.files))]
    pairs += [(name, data, second.files.get(name))
              for name, data in first.files.items()]
    for name, one, two in pairs:
        if one != two:
            raise Failure(f"{name} differs between two runs")


def rules_identity(program, options, folder=None):
    """@return version and digest of rules as the program reports them."""
    run = subprocess.run([program, "rules", "list", "-f", "json", *options],
                         cwd=folder, capture_output=True, timeout=TIMEOUT,
                         check=False)
    try:
        rules = json.loads(run.stdout)["ruleset"]
        return rules["version"], rules["sha256"]
    except (ValueError, KeyError, TypeError):
        return None


def rules_digests(program, commands, folder):
    """Digests of all rules in use; a broken folder has none."""
    folders = {c.rules() for c in commands} - {None}
    found = [rules_identity(program, ["--rules", name], folder)
             for name in sorted(folders)]
    found.append(rules_identity(program, []))
    return [rules[1] for rules in found if rules is not None]


def chain_hashes(program, commands, folder):
    """The hash of every run in the histories, which covers the rules'."""
    found = {}
    for name in sorted({c.history() for c in commands} - {None}):
        run = subprocess.run([program, "history", "list", "-f", "json",
                              "--history", name], cwd=folder,
                             capture_output=True, timeout=TIMEOUT, check=False)
        runs = json.loads(run.stdout)["runs"] if run.returncode == 0 else []
        found |= {r["hash"]: f"<hash of run {r['run']}>" for r in runs}
    return found


def hide_chain(text, chain):
    for whole, name in chain.items():
        text = text.replace(whole, name)
    return text


def hide_rules(text, shipped, digests):
    """Replace what changes with every change of the rules: a digest always,
    because it covers the shipped words too."""
    if shipped is not None:
        text = re.sub(rf"\b{re.escape(shipped[0])}\b", "<rules-version>", text)
    # One of several folders together is known to the program alone.
    text = re.sub(r"\bsha256 [0-9a-f]{16}…", "sha256 <rules-sha256>…", text)
    for digest in digests:
        # A report for people shows the first digits only.
        text = re.sub(rf"\b{digest[:8]}[0-9a-f]*\b",
                      lambda m, whole=digest: "<rules-sha256>"
                      if whole.startswith(m.group()) else m.group(), text)
    return text


def cells(name, data):
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        try:
            return "\n".join(xlsx_cells.dump(file.name)) + "\n"
        except Exception as fault:  # any damage at all
            raise Failure(f"{name} cannot be read back: {fault}") from fault


def expectations(result, shipped):
    """Every expectation file of a case: name -> text."""
    texts = {"stdout": result.stdout.decode("utf-8")}
    if result.stderr:
        texts["stderr"] = result.stderr.decode("utf-8")
    if any(result.exits):
        texts["exit"] = "".join(f"{status}\n" for status in result.exits)
    for name, data in result.files.items():
        if name.endswith(".xlsx"):
            texts[name + ".txt"] = cells(name, data)
        else:
            texts[name] = data.decode("utf-8")
    return {name: hide_chain(hide_rules(text, shipped, result.digests),
                             result.chain)
            for name, text in texts.items()}


def expected_names(case, commands):
    names = set(EXPECTATIONS - {"cmd"})
    for command in commands:
        names |= {n + ".txt" if n.endswith(".xlsx") else n
                  for n in command.outputs()}
    names |= written_into(case, commands)
    return {name for name in names if (case / name).exists()}


def compare(case, names, actual):
    """@return the differences, empty when there is none."""
    differences = []
    for name in sorted(names | set(actual)):
        path = case / name
        want = path.read_bytes().decode("utf-8") if name in names else ""
        got = actual.get(name, "")
        if want != got or (name in names) != (name in actual):
            differences += difflib.unified_diff(
                want.splitlines(), got.splitlines(), f"expected {name}",
                f"actual {name}" if name in actual else "missing",
                lineterm="")
            if want == got:
                differences.append(f"{name}: only one of both exists")
    return differences


def update(case, names, actual):
    for name in names - set(actual):
        (case / name).unlink()
    for name, text in actual.items():
        path = case / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def run_case(program, case):
    commands = read_commands(case)
    if not commands:
        raise Failure("cmd holds no command")
    first, second = (run_once(program, case, commands, world)
                     for world in WORLDS)
    for name, data in [("stdout", first.stdout), ("stderr", first.stderr)]:
        if SANITIZER.search(data.decode("utf-8", "replace")):
            raise Failure(f"a sanitizer speaks on {name}:\n"
                          + data.decode("utf-8", "replace"))
    if any(status < 0 for status in first.exits):
        raise Failure(f"ended by a signal: {first.exits}")
    check_same(first, second)
    for printed in first.printed:
        documents.check("stdout", printed, REPOSITORY / "schemas")
    for name, data in first.files.items():
        if not name.endswith(".xlsx"):
            documents.check(name, data, REPOSITORY / "schemas")
    actual = expectations(first, rules_identity(program, []))
    actual.setdefault("stdout", "")
    names = expected_names(case, commands)
    if os.environ.get("UPDATE") == "1":
        update(case, names, actual)
        print(f"{case.name}: expectations written")
        return
    differences = compare(case, names, actual)
    if differences:
        raise Failure("\n".join(differences) + "\nIf this is right now: "
                      f"UPDATE=1 {sys.argv[0]} PROGRAM {case}")


def main():
    program, case = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    try:
        run_case(program, case)
    except (Failure, UnicodeDecodeError) as failure:
        print(f"{case.name}: {failure}")
        sys.exit(1)


if __name__ == "__main__":
    main()
