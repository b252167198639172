#!/usr/bin/env python3
"""The golden runner passes what is right and sees every kind of fault."""
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[1] / "golden" / "run.py"
DIGEST = "ab" * 32

# Stands in for bomgate: does what its first argument says.
PROGRAM = f'''#!/bin/sh
case $1 in
rules) echo '{{"ruleset": {{"version": "2.3", "sha256": "{DIGEST}"}}}}' ;;
say) shift; echo "$*" ;;
warn) echo careful >&2 ;;
fail) exit 3 ;;
crash) kill -SEGV $$ ;;
leak) echo "ERROR: LeakSanitizer: detected memory leaks" >&2 ;;
write) echo "$2" >"$4" ;;
copy) cat "$2" >"$4" ;;
cat) cat ;;
zone) echo "$TZ" ;;
litter) echo x >litter.tmp ;;
rule) echo "rules 2.3 {DIGEST} {DIGEST[:12]} 12.34" ;;
nothing) ;;
esac
'''
SCHEMA = {"properties": {"schema": {"const": "t/1"}, "n": {"type": "integer"}},
          "required": ["schema", "n"],
          "$defs": {"jsonLine": {"required": ["kind"],
                                 "properties": {"n": {"type": "integer"}}}}}
LINES = '{{"schema": "t/1", "n": 1}}\n{{"schema": "t/1", "n": {}}}\n'
CYCLONEDX = "http://cyclonedx.org/schema/bom-1.6.schema.json"
ISSUE = {"description": "d", "check_name": "c", "fingerprint": "f",
         "severity": "major", "location": {"path": "p", "lines": {"begin": 1}}}
XML = ('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="0" '
       'failures="0" errors="0" skipped="0">{}</testsuites>\n')
ANNOTATION = "::error file=a.csv,line=2,title=a%3A b::c: d\n"
STREAM = ('{{"schema": "t/1", "kind": "run"}}\n{}\n'
          '{{"kind": "summary"}}\n')
PAGE = ('<!DOCTYPE html>\n<html lang="en"><head><meta http-equiv='
        '"Content-Security-Policy" content="default-src \'none\'; style-src '
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='\"></head>"
        "<body>{}</body></html>\n")
COMMENT = "<!-- bomgate -->\n{}\n"
TABLE = "\ufeffbom,line\r\n{}\r\n"
SHEET = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
         '2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
         "=1+1</t></is></c>{}</row></sheetData></worksheet>")

# name: (files of the case, what must be said; None: the case passes)
CASES = {
    "same": ({"cmd": "say hello", "stdout": "hello\n"}, None),
    "other stdout": ({"cmd": "say hello", "stdout": "hallo\n"}, "-hallo"),
    "no stdout expected": ({"cmd": "say hello"}, "+hello"),
    "exit": ({"cmd": "fail", "stdout": "", "exit": "3\n"}, None),
    "other exit": ({"cmd": "fail", "stdout": ""}, "+3"),
    "stderr": ({"cmd": "warn", "stdout": "", "stderr": "careful\n"}, None),
    "no stderr expected": ({"cmd": "warn", "stdout": ""}, "+careful"),
    "stderr missing": ({"cmd": "nothing", "stdout": "", "stderr": "x\n"}, "-x"),
    "crash": ({"cmd": "crash", "stdout": ""}, "signal"),
    "leak": ({"cmd": "leak", "stdout": "", "stderr": "x"}, "sanitizer"),
    "not the same twice": ({"cmd": "zone", "stdout": "UTC\n"}, "two runs"),
    "left behind": ({"cmd": "litter", "stdout": ""}, "litter.tmp"),
    "output": ({"cmd": "write x -o out.txt", "stdout": "", "out.txt": "x\n"},
               None),
    "other output": ({"cmd": "write x -o t=out.txt", "stdout": "",
                      "out.txt": "y\n"}, "left behind"),
    "output missing": ({"cmd": "nothing -o out.txt", "stdout": "",
                        "out.txt": "y\n"}, "-y"),
    "output not expected": ({"cmd": "write x -o out.txt", "stdout": ""}, "+x"),
    "stdin": ({"cmd": "cat < in", "in": "fed\n", "stdout": "fed\n"}, None),
    "stdout to a file": ({"cmd": "say 'a b' > o", "o": "a b\n", "stdout": ""},
                         None),
    "several": ({"cmd": "say 1\n# why\nfail\n", "exit": "0\n3\n",
                 "stdout": "$ say 1\n1\n$ fail\n"}, None),
    "rules hidden": ({"cmd": "rule", "stdout": "rules <rules-version> "
                      "<rules-sha256> <rules-sha256> 12.34\n"}, None),
    "schema": ({"cmd": """say '{"schema": "t/1", "n": 1}'""",
                "stdout": '{"schema": "t/1", "n": 1}\n'}, None),
    "schema broken": ({"cmd": """say '{"schema": "t/1", "n": "1"}'""",
                       "stdout": '{"schema": "t/1", "n": "1"}\n'},
                      "not of type 'integer'"),
    "JSON Lines": ({"cmd": "cat < in", "in": LINES.format(2),
                    "stdout": LINES.format(2)}, None),
    "JSON Lines, one broken": ({"cmd": "cat < in", "in": LINES.format('"2"'),
                                "stdout": LINES.format('"2"')},
                               "not of type 'integer'"),
    "a report in lines": ({"cmd": "cat < in", "stdout": STREAM.format(
        '{"kind": "x", "n": 1}'), "in": STREAM.format('{"kind": "x", "n": 1}')},
                          None),
    "a report in lines, one broken": ({
        "cmd": "cat < in", "stdout": STREAM.format('{"kind": "x", "n": "1"}'),
        "in": STREAM.format('{"kind": "x", "n": "1"}')},
                                      "not of type 'integer'"),
    "a report in lines, cut off": ({
        "cmd": "cat < in", "stdout": '{"schema": "t/1", "kind": "run"}\n'
        '{"kind": "x"}\n', "in": '{"schema": "t/1", "kind": "run"}\n'
        '{"kind": "x"}\n'}, "to a summary"),
    "a page": ({"cmd": "copy in -o o.html", "stdout": "", "in": PAGE.format(""),
                "o.html": PAGE.format("")}, None),
    "a page with a script": ({
        "cmd": "copy in -o o.html", "stdout": "",
        "in": PAGE.format("<script>"), "o.html": ""}, "<script>"),
    "a page that links to a script": ({
        "cmd": "copy in -o o.html", "stdout": "",
        "in": PAGE.format('<a href="javascript:x">x</a>'), "o.html": ""},
                                      "a link"),
    "a page of another style": ({
        "cmd": "copy in -o o.html", "stdout": "",
        "in": PAGE.format("").replace("sha256-4", "sha256-5"), "o.html": ""},
                                "does not fit the style"),
    "a comment": ({"cmd": "copy in -o o.md", "stdout": "",
                   "in": COMMENT.format("`@octocat`"),
                   "o.md": COMMENT.format("`@octocat`")}, None),
    "a comment with a mention": ({
        "cmd": "copy in -o o.md", "stdout": "", "o.md": "",
        "in": COMMENT.format("@octocat")}, "a mention"),
    "a comment with markup": ({
        "cmd": "copy in -o o.md", "stdout": "", "o.md": "",
        "in": COMMENT.format("<b>")}, "markup"),
    "a comment that is too long": ({
        "cmd": "copy in -o o.md", "stdout": "", "o.md": "",
        "in": COMMENT.format("x" * 65536)}, "characters"),
    "a table": ({"cmd": "copy in -o o.csv", "stdout": "",
                 "in": TABLE.format("-5,x"), "o.csv": TABLE.format("-5,x")},
                None),
    "a table with a formula": ({
        "cmd": "copy in -o o.csv", "stdout": "", "o.csv": "",
        "in": TABLE.format('1," =1+1"')}, "a formula"),
    "a table with a formula behind a semicolon": ({
        "cmd": "copy in -o o.csv", "stdout": "", "o.csv": "",
        "in": TABLE.format("1,a;@x")}, "a formula"),
    "a table with a short row": ({
        "cmd": "copy in -o o.csv", "stdout": "", "o.csv": "",
        "in": TABLE.format("1")}, "1 cells"),
    "schema broken, one of several": (
        {"cmd": """nothing\nsay '{"schema": "t/1"}'""",
         "stdout": """$ nothing\n$ say '{"schema": "t/1"}'\n"""
                   '{"schema": "t/1"}\n'}, "'n' is a required property"),
    "published schema": (
        {"cmd": f"""say '{{"$schema": "{CYCLONEDX}", "n": 1}}'""",
         "stdout": f'{{"$schema": "{CYCLONEDX}", "n": 1}}\n'}, None),
    "published schema, broken": (
        {"cmd": f"""say '{{"$schema": "{CYCLONEDX}"}}'""",
         "stdout": f'{{"$schema": "{CYCLONEDX}"}}\n'},
        "'n' is a required property"),
    "published schema, unknown": (
        {"cmd": """say '{"$schema": "x"}'""",
         "stdout": '{"$schema": "x"}\n'}, "nothing known"),
    "issues": ({"cmd": "copy in -o o.json", "stdout": "",
                "in": json.dumps([ISSUE]), "o.json": json.dumps([ISSUE])},
               None),
    "issues alike": ({"cmd": "copy in -o o.json", "stdout": "",
                      "in": json.dumps([ISSUE, ISSUE]),
                      "o.json": json.dumps([ISSUE, ISSUE])},
                     "one fingerprint"),
    "XML": ({"cmd": "copy in -o o.xml", "stdout": "",
             "in": XML.format(""), "o.xml": XML.format("")}, None),
    "XML broken": ({"cmd": "copy in -o o.xml", "stdout": "",
                    "in": XML.format("<"), "o.xml": XML.format("<")},
                   "not well-formed"),
    "XML miscounted": ({"cmd": "copy in -o o.xml", "stdout": "",
                        "in": XML.format("<testcase/>"),
                        "o.xml": XML.format("<testcase/>")},
                       "tests is 0, not 1"),
    "annotation": ({"cmd": "cat < in", "in": ANNOTATION, "stdout": ANNOTATION},
                   None),
    "other command": ({"cmd": "cat < in", "in": "::set-env x::y\n",
                       "stdout": "::set-env x::y\n"}, "no annotation"),
    "too many annotations": ({"cmd": "cat < in", "in": ANNOTATION * 11,
                              "stdout": ANNOTATION * 11}, "GitHub shows"),
    "schema unknown": ({"cmd": """say '{"schema": "u/1"}'""",
                        "stdout": '{"schema": "u/1"}\n'}, "u/1"),
    "no JSON": ({"cmd": "write '{\"a\": }' -o o.json", "stdout": "",
                 "o.json": '{"a": }\n'}, "not valid JSON"),
    "workbook": ({"cmd": "copy in.xlsx -o o.xlsx", "stdout": "",
                  "in.xlsx": SHEET.format(""),
                  "o.xlsx.txt": "== S ==\nA1: '=1+1'\n"}, None),
    "other cell": ({"cmd": "copy in.xlsx -o o.xlsx", "stdout": "",
                    "in.xlsx": SHEET.format('<c r="B1"><f>1+1</f></c>'),
                    "o.xlsx.txt": "== S ==\nA1: '=1+1'\n"}, "+B1: =1+1"),
    "damaged workbook": ({"cmd": "copy in.xlsx -o o.xlsx", "stdout": "",
                          "in.xlsx": "<worksheet>"}, "cannot be read back"),
}


def write_workbook(path, sheet):
    main = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}/spreadsheetml/2006/main" xmlns:r="{main}'
            '/officeDocument/2006/relationships"><sheets>'
            '<sheet name="S" r:id="r1"/></sheets></workbook>')
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{main}/package/2006/relationships">'
            '<Relationship Id="r1" Target="sheet1.xml"/></Relationships>')
        package.writestr("xl/sheet1.xml", sheet)


def run_case(root, files, update):
    case = Path(tempfile.mkdtemp(dir=root))
    for name, text in files.items():
        if name.endswith(".xlsx"):
            write_workbook(case / name, text)
        else:
            (case / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "BOMGATE_REPOSITORY": str(root),
                   "UPDATE": "1" if update else ""}
    runs = [subprocess.run([sys.executable, RUNNER, root / "program", case],
                           env=environment, stdout=subprocess.PIPE, text=True,
                           stderr=subprocess.STDOUT, check=False)]
    if update:
        environment["UPDATE"] = ""
        runs.append(subprocess.run(runs[0].args, env=environment, text=True,
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, check=False))
    return runs[-1].returncode, runs[-1].stdout


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "program").write_text(PROGRAM)
        (root / "program").chmod(0o755)
        (root / "schemas" / "third-party").mkdir(parents=True)
        (root / "schemas" / "t.schema.json").write_text(json.dumps(SCHEMA))
        published = root / "schemas" / "third-party"
        (published / "cyclonedx-1.6.schema.json").write_text(
            json.dumps({"required": ["n"]}))
        checks = [(name, files, words, False)
                  for name, (files, words) in CASES.items()]
        # A difference that is accepted is none any more.
        checks += [(f"{name}, updated", files, None, True)
                   for name, (files, words) in CASES.items()
                   if words and words[0] in "+-"]
        for name, files, words, update in checks:
            status, output = run_case(root, files, update)
            good = status == 0 if words is None else (status == 1 and
                                                      words in output)
            if "jsonschema is not installed" in output:
                good = True
            failed |= not good
            print(f"{name}: {'as it should be' if good else 'WRONG'}")
            if not good:
                print(output)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
