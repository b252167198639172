#!/usr/bin/env python3
"""An .xlsx as text: every sheet, every cell, every link.

usage: xlsx_cells.py FILE.xlsx
A formula is shown with its `=`, a text that only looks like one is quoted, so
that the two can never be taken for each other.
"""
import sys
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = ("{http://schemas.openxmlformats.org/officeDocument/2006/"
            "relationships}")
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def text_of(node):
    """All <t> below a <si> or <is>, as one text."""
    return "".join(t.text or "" for t in node.iter(MAIN + "t"))


def relations(parts, of):
    """What a part's .rels file says: id -> target."""
    folder, _, name = of.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{name}.rels")
    if rels is None:
        return {}
    return {r.get("Id"): r.get("Target")
            for r in rels.iter(PACKAGE + "Relationship")}


def cell_text(cell, strings):
    """What a cell holds, or None when it holds nothing."""
    kind, value = cell.get("t", "n"), cell.find(MAIN + "v")
    formula, inline = cell.find(MAIN + "f"), cell.find(MAIN + "is")
    if formula is not None:
        return "=" + (formula.text or "")
    if inline is not None:
        return repr(text_of(inline))
    if value is None:
        return None
    if kind == "s":
        return repr(strings[int(value.text)])
    if kind == "str":
        return repr(value.text)
    return value.text


def sheet_lines(name, sheet, strings, links):
    yield f"== {name} =="
    for cell in sheet.iter(MAIN + "c"):
        text = cell_text(cell, strings)
        if text is not None:
            yield f"{cell.get('r')}: {text}"
    for link in sheet.iter(MAIN + "hyperlink"):
        target = links.get(link.get(RELATION + "id"), link.get("location"))
        yield f"{link.get('ref')} -> {target}"


def dump(path):
    """@return lines; raises when a part is missing or is not well-formed."""
    with zipfile.ZipFile(path) as package:
        if package.testzip() is not None:
            raise ValueError("the archive is damaged")
        parts = {name: ElementTree.fromstring(package.read(name))
                 for name in package.namelist()
                 if name.endswith((".xml", ".rels"))}
    shared = parts.get("xl/sharedStrings.xml")
    strings = ([text_of(si) for si in shared.iter(MAIN + "si")]
               if shared is not None else [])
    targets = relations(parts, "xl/workbook.xml")
    lines = []
    for sheet in parts["xl/workbook.xml"].iter(MAIN + "sheet"):
        part = "xl/" + targets[sheet.get(RELATION + "id")]
        lines += sheet_lines(sheet.get("name"), parts[part], strings,
                             relations(parts, part))
    return lines


if __name__ == "__main__":
    print("\n".join(dump(sys.argv[1])))
