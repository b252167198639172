#!/usr/bin/env python3
"""Read a report as an independent program does, by Python's own readers.

usage: read_report.py FILE…
Raises ValueError when a reader would stumble, or when something in the file
could act that should only be shown.
"""
import base64
import csv
import hashlib
import html.parser
import io
import re
import sys

MARKDOWN_MARKS = ("<!-- bomgate -->\n", "<!-- bomgate audit -->\n")
MARKDOWN_MAX = 65536  # characters that GitHub takes in a comment
FORMULA = re.compile("[\\s\ufeff\ufffd]*[=+@\uff1d\uff0b\uff0d\uff20-]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VOID = {"meta", "br"}
DANGEROUS = {"script", "iframe", "object", "embed", "img", "link", "form",
             "input", "base"}


def need(holds, what):
    if not holds:
        raise ValueError(what)


def read_csv(data):
    """RFC 4180, for Excel: marked as UTF-8, a header, no formula."""
    need(data.startswith(b"\xef\xbb\xbf"), "no mark of UTF-8")
    text = data.decode("utf-8-sig")
    need("\n" not in text.replace("\r\n", ""), "a line that does not end CRLF")
    need(not CONTROL.search(text.replace("\r\n", "")), "a control character")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    need(rows and all(rows[0]), "no header")
    for number, row in enumerate(rows, 1):
        need(len(row) == len(rows[0]), f"row {number}: {len(row)} cells")
        # Elsewhere a semicolon begins a cell.
        for cell in (c for whole in row for c in [whole] + whole.split(";")):
            need(NUMBER.fullmatch(cell) or not FORMULA.match(cell),
                 f"row {number}: a formula: {cell}")


class Page(html.parser.HTMLParser):
    """Follows what is open, and what could act."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.policy, self.style = [], [], "", ""
        self.links, self.language = [], None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        need(len(found) == len(attrs), f"<{tag}> has an attribute twice")
        need(tag not in DANGEROUS, f"<{tag}>")
        need(not any(n.startswith("on") or n in ("style", "src")
                     for n in found), f"<{tag}> acts: {found}")
        if tag == "html":
            self.language = found.get("lang")
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
            need(found["href"].startswith("#") or
                 re.match("https?://", found["href"]) and
                 "noreferrer" in found.get("rel", ""), f"a link: {found}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        need(self.open and self.open[-1] == tag,
             f"</{tag}> closes {self.open[-1:]}")
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data


def read_html(data):
    """One well-formed page that fetches and runs nothing."""
    text = data.decode("utf-8")
    need(text.startswith("<!DOCTYPE html>"), "no doctype")
    need(not CONTROL.search(text), "a control character")
    page = Page()
    page.feed(text)
    page.close()
    need(not page.open, f"never closed: {page.open}")
    need(page.language, "no language")
    need(len(page.ids) == len(set(page.ids)), "an id twice")
    for link in page.links:
        need(not link.startswith("#") or link[1:] in page.ids,
             f"{link} leads nowhere")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest())
    need("default-src 'none'" in page.policy and
         f"'sha256-{digest.decode()}'" in page.policy,
         f"the policy does not fit the style: sha256-{digest.decode()}")


def unfenced(text):
    """The text without its blocks of code."""
    parts = re.split(r"^```\w*$", text, flags=re.M)
    need(len(parts) % 2 == 1, "a block of code is never closed")
    return "".join(parts[::2])


def read_markdown(data):
    """Fits into a comment; nothing in it mentions, refers or links but to a
    measure's source."""
    text = data.decode("utf-8")
    need(text.startswith(MARKDOWN_MARKS), "no mark to find it by")
    need(len(text) <= MARKDOWN_MAX, f"{len(text)} characters")
    need(not CONTROL.search(text.replace("\n", "")), "a control character")
    need(text.count("<details>") == text.count("</details>"), "<details>")
    prose = unfenced(text)
    prose = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", prose)
    prose = re.sub(r"\]\(https?://[^\s()<>]+\)", "]", prose)
    need(not re.search(r"@\w|(?<!&)#\d|GH-\d|://|www\.\w", prose, re.I),
         "a mention, a reference or a link")
    for tag in re.findall(r"<[^>]*>", prose):
        need(tag.strip("</>") in ("details", "summary", "sub") or
             tag == "<!-- -->" or f"{tag}\n" in MARKDOWN_MARKS,
             f"markup: {tag}")


READERS = {".csv": read_csv, ".html": read_html, ".htm": read_html,
           ".md": read_markdown}


def read(name, data):
    """Read a report by its extension; others are left alone."""
    for extension, reader in READERS.items():
        if name.endswith(extension):
            reader(data)


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            read(path, file.read())
