#!/usr/bin/env python3
"""Each source check passes a good tree and finds a planted fault.

usage: test_checks.py includes|calls|headers|format|listed|readme|translations
"""
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GUARD = "#ifndef {0}_H\n#define {0}_H\n\n{1}\n#endif\n"
CATALOGUE = ('msgid ""\nmsgstr ""\n"Language: de\\n"\n'
             '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
             'msgid "An act"\nmsgstr "Ein Gesetz"\n\n{0}')
GOOD = {
    "src/core/a.h": GUARD.format("A", "int a(void);\n"),
    "src/core/a.c": '#include "core/a.h"\n\nint a(void) { return 1; }\n',
    "src/bom/b.h": GUARD.format("B", '#include "core/a.h"\n\nint b(void);\n'),
    "src/bom/b.c": '#include "bom/b.h"\n\n/* exit(1) */\n'
                   'int b(void) { return "printf(stderr)"[a()]; }\n',
    "src/cli/main.c": '#include <stdio.h>\n\n#include "bom/b.h"\n\n'
                      "int main(void) { return printf(\"%d\\n\", b()); }\n",
    "src/web/w.h": GUARD.format("W", "int w(void);\n"),
    ".clang-format": (HERE.parents[1] / ".clang-format").read_text(),
    "src/CMakeLists.txt": "add_executable(bomgate cli/main.c)\n",
    "src/core/CMakeLists.txt": "target_sources(x PRIVATE a.c)\n",
    "src/bom/CMakeLists.txt": "target_sources(x PRIVATE b.c)\n",
    "tests/unit/CMakeLists.txt": "bomgate_unit_test(test_a)\n",
    "tests/unit/test_a.c": "int t;\n",
    "Makefile": "demo: ; true\n",
    "CMakePresets.json": '{"configurePresets": [{"name": "debug"}]}',
    "sample-boms/x.csv": "MPN\n",
    "README.md": "```sh\nmake demo\ncmake --preset debug\n"
                 "bomgate check sample-boms/x.csv   # exit 1: found\n"
                 "bomgate check sample-boms/x.csv -o x.txt || cat x.txt\n```\n",
    "rules/measures/m.yaml": "title: An act\nsources: [{title: Page}]\n",
    "src/lang/de.po": CATALOGUE.format(""),
    # Stands in for the program: finds something in every file that exists.
    "program": "#!/bin/sh\ncase $1 in check) cat \"$2\" || exit 2\n"
               "case $* in *-o*) echo report >\"$4\";; esac\nexit 1;; esac\n"
               "exit 2\n",
}

# check: (what is planted, what must be said)
FAULTS = {
    "includes": [
        ({"src/core/a.c": '#include "bom/b.h"\n'}, "bom is above it"),
        ({"src/web/w.h": '#include "cli/x.h"\n', "src/cli/x.h": ""},
         "cli is above it"),
        ({"src/bom/b.c": '#include "core/none.h"\n'}, "does not exist"),
        ({"src/bom/b.c": '#include "b.h"\n'}, "names no module"),
        ({"src/util/u.c": '#include "core/a.h"\n'}, "is no module"),
        ({"src/bom/b.c": '#include "core/a.h"\n#include "bom/b.h"\n'},
         "first include"),
        ({"src/bom/b.c": "#include <ctype.h>\n"}, "forbidden"),
    ],
    "calls": [
        ({"src/core/a.c": "void f(void) { exit(1); }\n"}, "exit outside"),
        ({"src/core/a.c": "void f(void) { abort(); }\n"}, "abort outside"),
        ({"src/bom/b.c": 'void f(void) { printf("x"); }\n'},
         "src/bom/b.c:1: printf outside"),
        ({"src/bom/b.c": '\n\nvoid f(void) { fputs("x", stderr); }\n'},
         "src/bom/b.c:3: stderr outside"),
        ({"src/core/a.c": '// " \nvoid f(void) { perror("x"); }\n'},
         "perror outside"),
    ],
    "headers": [
        ({"src/bom/b.h": GUARD.format("B", "size_t b(void);\n")}, "size_t"),
        ({"src/bom/b.h": "enum b { B };\n"}, "src/bom/b.h does not compile"),
    ],
    "format": [
        ({"src/core/a.c": '#include "core/a.h"\nint a(void){return 1;}\n'},
         "clang-formatted"),
        ({"tests/t.c": "int  t;\n"}, "tests/t.c"),
    ],
    "listed": [
        ({"src/bom/c.c": "int c;\n"}, "src/bom/c.c is not listed"),
        ({"src/core/main.c": "int c;\n"}, "src/core/main.c is not listed"),
        ({"src/bom/CMakeLists.txt": "# b.c\n"}, "src/bom/b.c is not listed"),
        ({"tests/unit/test_b.c": "int t;\n"}, "test_b.c is not listed"),
    ],
    "readme": [
        ({"README.md": "```sh\nmake nothing\n```\n"}, "make nothing"),
        ({"README.md": "```sh\ncmake --preset none\n```\n"},
         "no such preset: none"),
        ({"README.md": "```sh\nbomgate check none.csv\n```\n"}, "exit status 2"),
        ({"README.md": "```sh\nbomgate check \\\n  sample-boms/x.csv # exit 0\n"
                       "```\n"}, "exit status 1, not 0"),
        ({"README.md": "```sh\nbuild/debug/tests/unit/test_x\n```\n"},
         "no such test: test_x"),
        ({"README.md": "```sh\ncurl example.com\n```\n"}, "cannot check"),
        ({"README.md": "No commands.\n"}, "no command"),
    ],
    "translations": [
        ({"src/core/a.c": 'void f(void) { tr("new"); }\n'}, "not defined"),
        ({"src/core/a.c": 'void f(void) { tr_in("x", "An act"); }\n'},
         "not defined"),
        ({"src/core/a.c": 'void f(void) { tr_count("%d", "%ds", 1); }\n'},
         "not defined"),
        ({"rules/words/categories.yaml": "- {id: a, name: Things}\n"},
         "not defined"),
        ({"src/lang/de.po": CATALOGUE.format('msgid "old"\nmsgstr "x"\n')},
         "not used"),
        ({"src/lang/de.po": CATALOGUE.replace("Ein Gesetz", "").format("")},
         "untranslated"),
        ({"src/lang/de.po": CATALOGUE.replace("msgid \"An", "#, fuzzy\nmsgid "
                                              "\"An").format("")},
         "needs to be reviewed"),
        ({"src/lang/de.po": CATALOGUE.format('#~ msgid "old"\n'
                                             '#~ msgstr "x"\n')},
         "nothing uses"),
        ({"src/core/a.c": 'void f(void) { p(tr("%s"), 1); }\n',
          "src/lang/de.po": CATALOGUE.format('#, c-format\nmsgid "%s"\n'
                                             'msgstr "%d"\n')},
         "format specifications"),
        ({"src/web/page.html": "<p>{{New & old}}</p>\n"}, "not defined"),
        ({"src/web/app.js": 'f(t("new", 1));\n'}, "not defined"),
        ({"src/web/app.js": 'f(t("{0} of {1}", 1, 2));\n',
          "src/lang/de.po": CATALOGUE.format('msgid "{0} of {1}"\n'
                                             'msgstr "{0} von {0}"\n')},
         "\"{0} of {1}\" has other places"),
    ],
}


def run_check(subject, changes):
    """@return exit status and output of the check over a changed tree."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {**GOOD, **changes}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (root / "program").chmod(0o755)
        command = [sys.executable, HERE / f"check_{subject}.py", root]
        if subject == "readme":
            command.append(root / "program")
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                             stderr=subprocess.STDOUT, check=False)
        return run.returncode, run.stdout


def main():
    subject = sys.argv[1]
    status, output = run_check(subject, {})
    if status == 77:
        print(output, end="")
        sys.exit(77)
    failed = status != 0
    print(f"good tree: {status}\n{output}" if failed else "good tree: passed")
    for changes, words in FAULTS[subject]:
        status, output = run_check(subject, changes)
        missed = status != 1 or words not in output
        failed |= missed
        print(f"{words!r}: {'MISSED' if missed else 'found'}")
        if missed:
            print(output)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
