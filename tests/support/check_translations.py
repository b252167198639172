#!/usr/bin/env python3
"""Every text that people read stands in every catalogue, translated.

usage: check_translations.py REPOSITORY [--write]
The texts are those that src/ hands to tr() and its like, those of rules/ that
stand in reports, and those of the pages: {{...}} in src/web/*.html and t() in
src/web/*.js. A catalogue src/lang/*.po that lacks one, has one that nothing
uses, or leaves one empty or doubtful fails. --write adds the ones that are
lacking, to be translated, and drops those that nothing uses.
"""
import gettext
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from sources import c_files, finish

try:
    import yaml
except ImportError:
    yaml = None

HEADER = ('msgid ""\nmsgstr ""\n'
          '"Content-Type: text/plain; charset=UTF-8\\n"\n\n')
KEYWORDS = {"C": ["tr", "N_", "tr_in:1c,2", "tr_count:1,2"],
            "JavaScript": ["t"]}


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.returncode, done.stderr


def must_run(*words):
    status, told = run(*words)
    if status != 0:
        sys.exit(told)


def texts_of(value, keys):
    """The texts, and lists of texts, under these keys, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from texts_of(item, keys)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in keys:
                yield from item if isinstance(item, list) else [item]
            else:
                yield from texts_of(item, keys)


# Of each folder or file of rules/, the keys whose texts reports show.
SHOWN = [("profiles/*.yaml", {"name", "description"}),
         ("words/categories.yaml", {"name", "check"}),
         ("parts/*.yaml", {"check", "temperature"}),
         ("measures/*.yaml", {"title", "blind", "do", "exceptions"})]
# A source's title is what it is called, in its own language.
NOT_SHOWN = {"sources", "parties"}


def without(value, keys):
    if isinstance(value, list):
        return [without(item, keys) for item in value]
    if isinstance(value, dict):
        return {k: without(v, keys) for k, v in value.items() if k not in keys}
    return value


def rule_texts(rules):
    for pattern, keys in SHOWN:
        for path in sorted(rules.glob(pattern)):
            read = yaml.load(path.read_text(encoding="utf-8"),
                             Loader=yaml.CSafeLoader)
            for text in texts_of(without(read, NOT_SHOWN), keys):
                yield path.relative_to(rules.parent).as_posix(), text


def quoted(text):
    for old, new in [("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")]:
        text = text.replace(old, new)
    return f'"{text}"'


def page_texts(web):
    for path in sorted(web.glob("*.html")):
        for text in re.findall(r"{{(.*?)}}", path.read_text(encoding="utf-8")):
            yield path.name, text


def write_template(path, texts):
    """What stands in data is no format, whatever is in it."""
    entries = {}
    for place, text in texts:
        entries.setdefault(text, place)
    path.write_text(HEADER + "".join(
        f"#. {place}\n#, no-c-format\nmsgid {quoted(text)}\nmsgstr \"\"\n\n"
        for text, place in entries.items()), encoding="utf-8")


def extract(path, language, files):
    """What the sources hand to the language's keywords."""
    must_run("xgettext", f"--language={language}", "--from-code=UTF-8",
             "--no-location", "--no-wrap", "--force-po", "-k",
             *[f"-k{word}" for word in KEYWORDS[language]], "-o", str(path),
             *[str(file) for file in files or ["/dev/null"]])
    # The catalogue's own header stands, and no day of making in it.
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\A.*?\n\n", lambda _: HEADER, text, count=1, flags=re.S)
    path.write_text(text, encoding="utf-8")


def make_template(root, folder):
    parts = [folder / f"{name}.pot" for name in
             ["sources", "scripts", "pages", "rules"]]
    template = folder / "all.pot"
    web = root / "src" / "web"
    extract(parts[0], "C", c_files(root, "src"))
    extract(parts[1], "JavaScript", sorted(web.glob("*.js")))
    write_template(parts[2], page_texts(web))
    write_template(parts[3], rule_texts(root / "rules"))
    must_run("msgcat", "--use-first", "--no-wrap", "-o", str(template),
             *[str(part) for part in parts])
    return template


def misplaced(catalogue, compiled):
    """A page puts its values into {0}, {1} ...: each stands in both texts."""
    def places(text):
        return sorted(re.findall(r"{\d}", text))
    with compiled.open("rb") as file:
        texts = gettext.GNUTranslations(file)._catalog
    return [f'{catalogue}: "{text}" has other places than its translation'
            for text, said in texts.items()
            if isinstance(text, str) and places(text) != places(said)]


def faults_of(catalogue, template):
    """Each fault as gettext tells it, at its line."""
    compiled = template.with_suffix(".mo")
    _, told = run("msgcmp", str(catalogue), str(template))
    status, formats = run("msgfmt", "--check-format", "--check-domain",
                          "-o", str(compiled), str(catalogue))
    faults = [line for line in told.splitlines() if "this message" in line]
    faults += formats.splitlines() if status != 0 \
        else misplaced(catalogue, compiled)
    text = catalogue.read_text(encoding="utf-8")
    if re.search(r"^#~", text, re.M):
        faults.append(f"{catalogue}: has texts that nothing uses any more")
    return faults


def write(catalogue, template):
    must_run("msgmerge", "--update", "--backup=none", "--no-fuzzy-matching",
             "--no-wrap", "--quiet", str(catalogue), str(template))
    must_run("msgattrib", "--no-obsolete", "--no-wrap", "-o", str(catalogue),
             str(catalogue))


def main():
    root = Path(sys.argv[1]).resolve()
    if yaml is None:
        print("skipped: python3-yaml is not installed")
        return 77
    catalogues = sorted((root / "src" / "lang").glob("*.po"))
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(root, Path(folder))
        for catalogue in catalogues:
            if "--write" in sys.argv[2:]:
                write(catalogue, template)
            problems += faults_of(catalogue, template)
    return finish(problems, len(catalogues), "catalogues")


if __name__ == "__main__":
    sys.exit(main())
