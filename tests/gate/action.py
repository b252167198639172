#!/usr/bin/env python3
"""Run the steps of action.yml, those of the template for GitLab and the hook for
pre-commit, as a runner would. usage: action.py PROGRAM

Makes a repository with a base branch, proposes changes to it, and runs the
shell of each step with the environment that the step asks for. `gh` is a stand-in
that keeps what it is told.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
HEAD = "Reference,Qty,Manufacturer,MPN\n"
CLEAN = "U1,1,STMicroelectronics,STM32F405RGT6\n"
FILLING = "".join(f"R{i},1,Yageo,RC0402FR-07{i}KL\n" for i in range(1, 20))
OLD = "U2,1,Micron,MT41K256M16TW-107:P\n"
NEW = "U3,1,Micron,MTFC8GAKAJCN-4M\n"
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in *--jq*) [ -e "$GH_LOG.old" ] && cat "$GH_LOG.old";; esac
exit 0
"""


def git(folder, *words):
    """@return what it prints."""
    return subprocess.run(["git", "-c", "user.email=ci@example.com", "-c",
                           "user.name=CI", *words], cwd=folder, check=True,
                          capture_output=True, encoding="utf-8").stdout


class Runner:
    """The parts of a runner that the steps use."""

    def __init__(self, program, folder):
        self.action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        self.folder = folder
        self.temp = folder / "temp"
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.bin / "gh").write_text(GH, encoding="utf-8")
        (self.bin / "gh").chmod(0o755)
        (self.bin / "bomgate").symlink_to(Path(program).resolve())
        self.log = folder / "gh.log"

    def value(self, expression, inputs, outputs):
        """What ${{ … }} stands for, as far as action.yml uses it."""
        name = expression.strip()
        if name.startswith("inputs."):
            return inputs[name[len("inputs."):]]
        found = re.fullmatch(r"steps\.check\.outputs\.([a-z]+)", name)
        if found:
            return outputs.get(found[1], "")
        return {"github.repository": "acme/board", "github.token": "t",
                "github.event.pull_request.number": "7",
                "github.action_repository": "acme/bomgate",
                "github.action_path": str(ROOT),
                "github.action_ref": "v0"}[name]

    def fill(self, text, inputs, outputs):
        return re.sub(r"\$\{\{(.*?)\}\}",
                      lambda m: self.value(m[1], inputs, outputs), str(text))

    def run(self, tree, base, **given):
        """Every step with a shell. Returns exit statuses, outputs, summary."""
        subprocess.run(["rm", "-rf", str(self.temp)], check=True)
        self.temp.mkdir()
        inputs = {name: str(rule.get("default", ""))
                  for name, rule in self.action["inputs"].items()}
        inputs.update(given)
        files = {name: self.temp / name.lower()
                 for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY",
                              "GITHUB_PATH")}
        for path in files.values():
            path.touch()
        outputs, statuses, said = {}, {}, ""
        for step in self.action["runs"]["steps"]:
            if "run" not in step:
                continue
            env = {"PATH": f"{self.bin}:{os.environ['PATH']}",
                   "RUNNER_TEMP": str(self.temp), "HOME": str(self.folder),
                   "GITHUB_BASE_REF": base, "GH_LOG": str(self.log),
                   "LC_ALL": "C.UTF-8",
                   **{name: str(path) for name, path in files.items()},
                   **{name: self.fill(text, inputs, outputs)
                      for name, text in step.get("env", {}).items()}}
            done = subprocess.run(["bash", "-eo", "pipefail", "-c",
                                   step["run"]], cwd=tree,
                                  env=env, capture_output=True,
                                  encoding="utf-8", check=False)
            statuses[step["name"]] = done.returncode
            said += done.stdout + done.stderr
            for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
                name, value = line.split("=", 1)
                outputs[name] = value
        summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        return statuses, outputs, summary, said


class Template:
    """What .ci/bomgate.gitlab-ci.yml does in a merge request."""

    def __init__(self, program, folder):
        text = (ROOT / ".ci/bomgate.gitlab-ci.yml").read_text("utf-8")
        self.steps = yaml.safe_load(text)["bomgate"]["script"]
        self.bin, share = folder / "bin", folder / "share/bomgate"
        self.bin.mkdir(parents=True)
        share.mkdir(parents=True)
        (self.bin / "bomgate").symlink_to(Path(program).resolve())
        (share / "base-report").symlink_to(ROOT / ".ci/base-report")

    def run(self, tree, boms):
        env = {"PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(tree),
               "LC_ALL": "C.UTF-8", "BOMGATE_PROFILE": "cn-cii-operator",
               "BOMGATE_BOMS": boms.replace("\n", " "),
               "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(
                   tree, "rev-parse", "origin/main").strip()}
        done = subprocess.run(["sh", "-ec", "\n".join(self.steps)], cwd=tree,
                              env=env, capture_output=True, check=False)
        return done.returncode


def hook(expect, program, folder):
    """What .pre-commit-hooks.yaml does to a commit."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    rule, = yaml.safe_load(text)
    folder.mkdir()
    (folder / "bomgate").symlink_to(Path(program).resolve())
    git(folder, "init", "-q")

    def commit(**files):
        names = []
        for name, text in files.items():
            name = name.replace("_", ".")
            (folder / name).write_text(text, encoding="utf-8")
            names += [name] if re.search(rule["files"], name) else []
        return names, subprocess.run(
            [*shlex.split(rule["entry"]), *names], cwd=folder,
            env={"PATH": f"{folder}:{os.environ['PATH']}"},
            capture_output=True, check=False).returncode

    (folder / ".bomgate.yaml").write_text("profiles: [cn-cii-operator]\n",
                                          encoding="utf-8")
    names, status = commit(bom_csv=HEAD + CLEAN, places_csv="x,y\n1,2\n")
    expect("the hook is given BOMs alone", names == ["bom.csv"])
    expect("it lets a clean one pass", status == 0)
    names, status = commit(bom_csv=HEAD + CLEAN, BOM_tsv=HEAD + OLD)
    expect("and stops a Micron part", len(names) == 2 and status == 1)


def renames(expect, tree, gate):
    """A BOM with another name has the parts that it had."""
    def start(name, text, message):
        git(tree, "fetch", "-q")
        git(tree, "checkout", "-q", "-f", "-B", "change", "origin/main")
        git(tree, "clean", "-qfdx")
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        git(tree, "mv", "bom.csv", name)
        (tree / name).write_text(HEAD + FILLING + OLD + text,
                                 encoding="utf-8")
        git(tree, "add", "-A")
        git(tree, "commit", "-qm", message)

    clean = "U9,1,Winbond,W25Q128JVSIQ\n"
    for name, boms in (("mainboard.csv", "./mainboard.csv"),
                       ("hw/bom.csv", "hw/bom.csv"),
                       ("hw/main.csv", "hw/"),
                       ("hw/main.csv", str(tree / "hw/main.csv")),
                       ("hw/main.csv", ".")):
        start(name, clean, "moved")
        expect(f"what moved to {name} is not new: {boms}", gate(boms) == 0)
        start(name, clean + NEW, "moved, and more")
        expect(f"what came with it is: {boms}", gate(boms) == 1)
    expect("nothing is left behind",
           len(git(tree, "worktree", "list").splitlines()) == 1)


def main(program):
    faults = []

    def expect(what, is_so):
        if not is_so:
            faults.append(what)
            print(f"FAILED: {what}")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        origin, tree = folder / "origin", folder / "tree"
        origin.mkdir()
        git(origin, "init", "-q", "-b", "main")
        (origin / "bom.csv").write_text(HEAD + CLEAN + OLD, encoding="utf-8")
        git(origin, "add", "-A")
        git(origin, "commit", "-qm", "board")
        git(folder, "clone", "-q", str(origin), str(tree))
        runner = Runner(program, folder)
        how = {"boms": "bom.csv", "profile": "cn-cii-operator"}

        statuses, _, _, _ = runner.run(tree, "", **how)
        expect("a push with a Micron part fails", statuses["Result"] == 1)

        (tree / "bom.csv").write_text(HEAD + CLEAN + OLD + "U9,1,Winbond,"
                                      "W25Q128JVSIQ\n", encoding="utf-8")
        statuses, outputs, summary, _ = runner.run(tree, "main", **how)
        expect("a change that adds nothing restricted passes",
               statuses["Result"] == 0)
        report = json.loads(Path(outputs["report"]).read_text("utf-8"))
        expect("what the base has is known",
               {finding["baseline"] for finding in report["findings"]} ==
               {"known"})
        expect("the summary is written", "bomgate" in summary)

        (tree / "bom.csv").write_text(HEAD + CLEAN + OLD + NEW,
                                      encoding="utf-8")
        statuses, outputs, summary, said = runner.run(tree, "main", **how)
        expect("a new Micron part fails", statuses["Result"] == 1)
        expect("its line is annotated",
               re.search(r"::error [^\n]*file=bom\.csv,line=4", said))
        expect("the comment names it", "MTFC8GAKAJCN-4M" in summary)
        expect("the comment begins with its mark",
               summary.startswith("<!-- bomgate -->"))
        expect("findings for code scanning are there",
               json.loads(Path(outputs["sarif"]).read_text("utf-8"))["runs"])
        expect("a comment was made",
               "repos/acme/board/issues/7/comments" in
               runner.log.read_text("utf-8"))
        Path(f"{runner.log}.old").write_text("4711\n", encoding="utf-8")
        runner.log.write_text("", encoding="utf-8")
        runner.run(tree, "main", **how)
        expect("the next one takes its place",
               "PATCH repos/acme/board/issues/comments/4711" in
               runner.log.read_text("utf-8"))

        (tree / ".bomgate-waivers.yaml").write_text(
            "- {measure: cn-cac-micron-2023, party: micron, kind: exception, "
            "reason: r, expires: 2099-01-01, approved-by: me}\n",
            encoding="utf-8")
        statuses, _, _, _ = runner.run(tree, "main", **how)
        expect("a waiver of the same change does not help",
               statuses["Result"] == 1)
        statuses, _, _, _ = runner.run(tree, "main", boms="bom.csv",
                                       profile="")
        expect("without a profile there is no answer",
               statuses["Result"] == 2)
        statuses, _, _, _ = runner.run(tree, "main", boms="nowhere.csv",
                                       profile="cn-cii-operator")
        expect("nor without a BOM", statuses["Result"] == 2)
        (origin / "bom.csv").write_text(HEAD + FILLING + OLD, encoding="utf-8")
        git(origin, "commit", "-qam", "more")
        renames(expect, tree, lambda boms: runner.run(
            tree, "main", boms=boms, profile="cn-cii-operator")[0]["Result"])
        template = Template(program, folder / "gitlab")
        renames(expect, tree, lambda boms: template.run(tree, boms))
        hook(expect, program, folder / "hook")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
