#!/usr/bin/env python3
"""Files that were made to hurt: each ends soon, in little memory, with an answer
or a clear refusal. usage: hostile.py PROGRAM [NAME...]

The limits that stop them stand in SECURITY.md.
"""
import gzip
import io
import os
import re
import signal
import sys
import tempfile
import time
import zipfile
from pathlib import Path

HEAD = b"Reference,Qty,Manufacturer,MPN,Description\n"
LINE = b"U1,1,Micron,MT41K256M16TW-107:P,DDR3L\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = ("http://schemas.openxmlformats.org/officeDocument/2006/"
             "relationships")
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"

# A sanitizer needs several times the memory and the time.
SLOW = 4 if os.environ.get("BOMGATE_SANITIZED") else 1
SECONDS = 20 * SLOW  # of the processor
MEGABYTES = 400 * SLOW


GROWN = 128 << 20  # larger parts are packed

# ---- spreadsheets ----

def zipped(parts):
    """What does not shrink is stored as it is: the limit on how much a part may
    grow would stop it before any other."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, data in parts.items():
            how = (zipfile.ZIP_DEFLATED if len(data) > GROWN else
                   zipfile.ZIP_STORED)
            book.writestr(name, data, how)
    return out.getvalue()


def xlsx(rows, **parts):
    """A workbook with these rows as XML; a part may be replaced."""
    made = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship "
                       f"Id='a' Type='{RELATIONS}/officeDocument' "
                       "Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{RELATIONS}'>"
                           "<sheets><sheet name='B' sheetId='1' r:id='a'/>"
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels":
            f"<Relationships xmlns='{PACKAGE}'><Relationship Id='a' "
            f"Type='{RELATIONS}/worksheet' Target='s.xml'/><Relationship "
            f"Id='s' Type='{RELATIONS}/sharedStrings' Target='t.xml'/>"
            "</Relationships>",
        "xl/t.xml": f"<sst xmlns='{MAIN}'/>",
        "xl/s.xml": f"<worksheet xmlns='{MAIN}'><sheetData>{rows}"
                    "</sheetData></worksheet>",
    }
    made.update(parts)
    return zipped(made)


def cells(*texts):
    return "".join(f"<c t='str'><v>{text}</v></c>" for text in texts)


BOM_ROWS = ("<row>" + cells("Reference", "Qty", "Manufacturer", "MPN") +
            "</row><row>" + cells("U1", "1", "Micron", "MT41K256M16TW-107:P") +
            "</row>")


def ods(rows):
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "<office:document-content "
        f"xmlns:office='{OASIS}office:1.0' xmlns:table='{OASIS}table:1.0' "
        f"xmlns:text='{OASIS}text:1.0'><office:body><office:spreadsheet>"
        f"<table:table table:name='B'>{rows}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"})


def ods_cells(*texts, more=""):
    return "".join("<table:table-cell office:value-type='string'"
                   f"{more}><text:p>{text}</text:p></table:table-cell>"
                   for text in texts)


ODS_ROWS = ("<table:table-row>" + ods_cells("Reference", "Qty", "Manufacturer",
                                           "MPN") + "</table:table-row>")

# ---- what is made to hurt: its name: (file, its bytes or what makes them, what
# must be said) ----

ENTITIES = "<!DOCTYPE x [" + "<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>"


def sparse(size, begin, end):
    """A file with a hole: `size` bytes that take no room."""
    def write(path):
        with open(path, "wb") as out:
            out.write(begin)
            out.truncate(size)
            out.seek(0, 2)
            out.write(end)
    return write


def bomb(levels):
    """Zeros in gzip in gzip."""
    data = gzip.compress(bytes(256 << 20), 9)
    for _ in range(levels - 1):
        data = gzip.compress(data, 9)
    return data


def zip_bomb():
    return xlsx("<row></row>" * (55 << 20) + BOM_ROWS)


def lying_zip():
    """The directory says that a part is small; it is not."""
    data = bytearray(xlsx("<!--" + " " * (160 << 20) + "-->" + BOM_ROWS))
    at = data.rfind(b"xl/s.xml") - 46
    data[at + 24:at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def overlapping_zip():
    """A thousand parts that share the same bytes."""
    data = bytearray(xlsx(BOM_ROWS, **{f"p{i}": b"" for i in range(1000)}))
    end = data.rfind(b"PK\5\6")
    at = int.from_bytes(data[end + 16:end + 20], "little")
    first = data.find(b"PK\1\2", at)
    while 0 <= first < end:
        data[first + 42:first + 46] = (0).to_bytes(4, "little")
        first = data.find(b"PK\1\2", first + 4)
    return bytes(data)


LONG = b'U1,1,"' + b"Micron " * 20000  # more than is looked at first
FIXED = "Qty Value   Device      Package  Parts\n"
CASES = {
    # sizes
    "a cell of 2 GB": ("a.csv", sparse(2 << 30, HEAD + LONG, b'",x,y\n' + LINE),
                       None),
    "a cell of 2 GB without end": (
        "a.csv", sparse(2 << 30, HEAD + LONG, b""), None),
    "a line of 64 MB": ("a.csv", HEAD + b"U1,1," + b"M" * (64 << 20) + b"\n" +
                        LINE, None),
    "a million columns": ("a.csv", b"Reference,Qty,Manufacturer,MPN" +
                          b",x" * 1000000 + b"\n" + LINE, "cells after the first 512"),
    "a million empty columns": ("a.csv", HEAD + LINE[:-1] + b"," * 1000000 +
                                b"\n" + LINE, None),
    "rows of a million columns": (
        "a.csv", HEAD + (LINE[:-1] + b"," * 1000000 + b"\n") * 20, None),
    "ten million line breaks": ("a.csv", HEAD + b"\n" * 10000000 + LINE, None),
    "ten million carriage returns": (
        "a.csv", HEAD + b"\r" * 10000000 + LINE, None),
    "only commas": ("a.csv", b"," * (16 << 20), None),
    "only zeros": ("a.csv", sparse(256 << 20, b"", b""), None),
    # quadratic
    "only quotes": ("a.csv", HEAD + b'"' * (16 << 20), None),
    "quotes and commas": ("a.csv", HEAD + b'",' * (8 << 20), None),
    "a quote that opens in every line": (
        "a.csv", HEAD + b'U1,1,"Micron,MT41K,x\n' * 60000, None),
    "quotes inside cells": ("a.csv", HEAD + b'U1,1,Mi"c"ron"a,b"" c\n' *
                            300000, None),
    "quoted cells of many lines": (
        "a.csv", HEAD + (b'U1,1,"' + b"a\n" * 500 + b'",x,y\n') * 1000,
        "the quote that opens this cell"),
    "a range of a billion designators": (
        "a.csv", HEAD + b"R1-R999999999,1,Micron,MT41K,x\n" * 1000, None),
    "many ranges in a cell": (
        "a.csv", HEAD + b'"' + b"R1-R9999, " * 6000 + b'",1,Micron,MT41K,x\n',
        None),
    "a part number of 60 KB": (
        "a.csv", HEAD + b"U1,1,Micron," + b"MT41K256M16" * 5500 + b",x\n",
        None),
    "a maker of 60 KB": (
        "a.csv", HEAD + (b"U1,1," + b"Micron Technology Inc " * 2700 +
                         b",MT41K,x\n") * 10, None),
    "a description of 60 KB": (
        "a.csv", HEAD + b"U1,1,,," + b"DDR3 4Gb x16 1.35V " * 3300 + b"\n",
        None),
    "thirty thousand makers": (
        "a.csv", HEAD + b"".join(b"U%d,1,Maker %d Ltd,MT%dK,x\n" % (i, i, i)
                                 for i in range(30000)), None),
    "a line of blanks": ("a.txt", FIXED.encode() + b" " * (16 << 20) +
                         b"\n1   10k     R       0402     R1\n", None),
    "continuation rows": ("a.csv", HEAD + LINE + b",,Samsung,K4B4G,\n" *
                          100000, "more than 1000 alternates"),
    "many combining marks": ("a.csv", HEAD + b"U1,1,M" +
                             "\u0301".encode() * 30000 + b",MT41K,x\n", None),
    "a ligature that grows": ("a.csv", HEAD + b"U1,1," +
                              "\ufdfa".encode() * 20000 + b",MT41K,x\n", None),
    "headers again and again": ("a.csv", (HEAD + b"\n") * 100000, None),
    # archives and XML
    "gzip of 256 MB of zeros": ("a.gz", lambda: bomb(1), None),
    "gzip of 256 MB of line breaks": ("a.gz", lambda: gzip.compress(
        HEAD + b"\n" * (256 << 20)), "400 times"),
    "gzip in gzip": ("a.gz", lambda: bomb(2), None),
    "gzip without end": ("a.gz", lambda: gzip.compress(
        HEAD + LINE * 1000)[:-30], None),
    "a zip bomb": ("a.xlsx", zip_bomb, "200 times"),
    "a zip that lies about a size": ("a.xlsx", lying_zip, None),
    "a zip of parts that overlap": ("a.xlsx", overlapping_zip, None),
    "a workbook of 300 MB": ("a.xlsx.csv", sparse(
        300 << 20, xlsx(BOM_ROWS), b""), "268435456"),
    "a zip of ten thousand parts": (
        "a.xlsx", lambda: xlsx(BOM_ROWS, **{f"p{i}": "" for i in
                                            range(10001)}), "10000"),
    "a zip with names that lead out": (
        "a.xlsx", lambda: xlsx(BOM_ROWS, **{"../../../tmp/out": "x",
                                            "/etc/passwd": "x"}), None),
    "a sheet that is elsewhere": (
        "a.xlsx", lambda: xlsx(BOM_ROWS, **{"xl/_rels/workbook.xml.rels":
            f"<Relationships xmlns='{PACKAGE}'><Relationship Id='a' "
            f"Type='{RELATIONS}/worksheet' Target='../../../../etc/passwd' "
            "TargetMode='External'/></Relationships>"}), None),
    "a billion laughs": ("a.xlsx", lambda: xlsx("", **{"xl/s.xml": ENTITIES +
        f"<worksheet xmlns='{MAIN}'><sheetData><row>" + cells("&a11;") +
        "</row></sheetData></worksheet>"}), "document type"),
    "an entity of a file": ("a.xlsx", lambda: xlsx("", **{"xl/s.xml":
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
        f"<worksheet xmlns='{MAIN}'><sheetData><row>" + cells("&a;") +
        "</row></sheetData></worksheet>"}), "document type"),
    "an entity of ODS": ("a.ods", lambda: zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": ENTITIES + "<a>&a11;</a>"}), "document type"),
    "XML a million deep": ("a.xlsx", lambda: xlsx("<a>" * 1000000), None),
    "an element with a million attributes": (
        "a.xlsx", lambda: xlsx("<row " + " ".join(
            f"a{i}='x'" for i in range(1000000)) + ">"), None),
    "a name of 8 MB": ("a.xlsx", lambda: xlsx("<" + "a" * (8 << 20) + "/>"),
                       None),
    "a text of 100 MB": ("a.xlsx", lambda: xlsx(
        BOM_ROWS + "<row>" + cells("x" * (100 << 20)) + "</row>"), None),
    "a million sheets": ("a.xlsx", lambda: xlsx(BOM_ROWS, **{
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{RELATIONS}'>"
        "<sheets>" + "<sheet name='B' sheetId='1' r:id='a'/>" * 1000000 +
        "</sheets></workbook>"}), None),
    "a million merged cells": ("a.xlsx", lambda: xlsx("", **{"xl/s.xml":
        f"<worksheet xmlns='{MAIN}'><sheetData>{BOM_ROWS}</sheetData>"
        "<mergeCells>" + "<mergeCell ref='A1:XFD1048576'/>" * 1000000 +
        "</mergeCells></worksheet>"}), None),
    "many merged cells": ("a.xlsx", lambda: xlsx("", **{"xl/s.xml":
        f"<worksheet xmlns='{MAIN}'><sheetData>{BOM_ROWS}" + "".join(
            f"<row r='{i}'>{cells('U1', '1', 'Micron', 'MT41K')}</row>"
            for i in range(3, 30000)) + "</sheetData><mergeCells>" + "".join(
                f"<mergeCell ref='A{i}:A{i + 1}'/>" for i in
                range(3, 60000, 2)) + "</mergeCells></worksheet>"}), "20000"),
    "one text a million times": ("a.xlsx", lambda: xlsx(
        BOM_ROWS + "".join("<row>" + "<c t='s'><v>0</v></c>" * 15 + "</row>"
                           for _ in range(1000)),
        **{"xl/t.xml": f"<sst xmlns='{MAIN}'><si><t>{'x' * 60000}</t></si>"
           "</sst>"}), None),
    "a row at the end": ("a.xlsx", lambda: xlsx(
        BOM_ROWS + "<row r='1048576'><c r='XFD1048576' t='str'><v>x</v></c>"
        "</row>"), None),
    "ODS cells repeated a billion times": ("a.ods", lambda: ods(
        ODS_ROWS + "<table:table-row table:number-rows-repeated='1048576'>" +
        ods_cells("Micron", more=" table:number-columns-repeated='16384'") +
        "</table:table-row>"), None),
    "ODS rows repeated without end": ("a.ods", lambda: ods(
        ODS_ROWS + ("<table:table-row table:number-rows-repeated="
                    "'4294967295'>" + ods_cells("U1", "1", "Micron", "MT41K") +
                    "</table:table-row>") * 100), None),
    "ODS blanks without end": ("a.ods", lambda: ods(
        ODS_ROWS + "<table:table-row><table:table-cell office:value-type="
        "'string'><text:p>" + "<text:s text:c='4294967295'/>" * 1000 +
        "</text:p></table:table-cell></table:table-row>"), None),
}


def resident(pid):
    """The most memory that it had so far, in megabytes. What wait4() says is
    its parent's, if that had more."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+)", text)
    return int(found.group(1)) / 1024 if found else 0


def run(words, folder):
    """@return exit status, what was said, seconds, megabytes."""
    begin, most, done = time.monotonic(), 0, 0
    with open(folder / "said", "wb") as said:
        pid = os.posix_spawn(words[0], words, os.environ, file_actions=[
            (os.POSIX_SPAWN_DUP2, said.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, said.fileno(), 2)])
    while not done:
        most = max(most, resident(pid))
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if not done and time.monotonic() - begin > 10 * SECONDS:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
    return (os.waitstatus_to_exitcode(status), (folder / "said").read_bytes(),
            usage.ru_utime + usage.ru_stime, most)


def make(path, made):
    made = made() if callable(made) and path.suffix != ".csv" else made
    if callable(made):
        made(path)
    else:
        path.write_bytes(made)


def faults_of(word, said, done):
    status, _, seconds, megabytes = done
    yield f"it ends with {status}", status not in (0, 1, 2, 3)
    yield f"it takes {seconds:.0f} s", seconds > SECONDS
    yield f"it takes {megabytes:.0f} MB", megabytes > MEGABYTES
    yield f"it does not say {word!r}: {said[:300]}", word and word not in said
    yield "it does not say why", status == 2 and not said
    yield "it runs out of memory", "out of memory" in said
    yield f"it says {len(said)} characters", len(said) > 2 << 20


def tried(program, name, folder):
    """@return what does not hold."""
    file, made, word = CASES[name]
    path, report = folder / file, folder / "out.json"
    make(path, made)
    done = run([program, "check", str(path), "-p", "cn-cii-operator",
                "--as-of", "2026-11-21", "-o", str(report)], folder)
    path.unlink()
    report.unlink(missing_ok=True)
    said = done[1].decode(errors="replace")
    print(f"{name}: exit {done[0]}, {done[2]:.1f} s, {done[3]:.0f} MB: "
          f"{said[:110].splitlines()[:1]}", flush=True)
    faults = [what for what, is_so in faults_of(word, said, done)
              if is_so]
    left = {p.name for p in folder.iterdir()} - {"said"}
    for other in left:
        (folder / other).unlink()
    return faults + ([f"it leaves {left}"] if left else [])


def main():
    program = str(Path(sys.argv[1]).resolve())
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[2:] or CASES:
            for fault in tried(program, name, Path(folder)):
                print(f"FAILED: {name}: {fault}")
                faults += 1
    print(f"{len(CASES)} files")
    sys.exit(f"{faults} faults" if faults else 0)


if __name__ == "__main__":
    main()
