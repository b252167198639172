#!/usr/bin/env python3
"""Does the way a BOM was saved change what is found in it?

usage: same_findings.py PROGRAM

Saves BOMs in Chinese, Japanese and Korean with commas, semicolons, tabs and
bars, in UTF-8, UTF-16, GBK, Shift-JIS and EUC-KR, compressed, and as workbooks,
and checks each: findings and lines must be those of the plain CSV.
"""
import copy
import gzip
import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

CHINESE = [
    ["控制板物料清单", "", "", "", "", "", "", "", ""],
    ["序号", "位号", "用量", "品牌", "规格型号", "替代品牌", "替代型号",
     "封装", "备注"],
    ["1", "C1,C2 C3", "3", "村田", "GRM155R71C104KA88D", "", "", "0402", ""],
    ["2", "U1", "1", "三星", "K4B4G1646E-BYMA", "美光",
     "MT41K256M16TW-107:P", "FBGA96", "内存; 主 | 备"],
    ["3", "U2", "1", "镁光", "MT25QL128ABA1ESE-0SIT", "", "", "SO8", ""],
    ["4", "R9", "2", "国巨", "RC0402JR-070RL", "", "", "0402", "不贴"],
    ["5", "D1", "1", "", "PMEG3010ER,115", "", "", "SOD123W", "高 2\"壳"],
    ["合计", "", "8", "", "", "", "", "", ""],
]
JAPANESE = [
    ["番号", "部品記号", "員数", "メーカー", "メーカー型番", "品名", "備考"],
    ["1", "C1,C2", "2", "村田製作所", "GRM155R71C104KA88D",
     "積層セラミックコンデンサ", ""],
    ["2", "IC1", "1", "マイクロン", "MT41K256M16TW-107:P", "メモリ", ""],
    ["3", "IC2", "1", "", "W25Q128JVSIQ", "フラッシュ, 表面実装", "未実装"],
    ["4", "CN1", "1", "ヒロセ電機", "FH12-20S-0.5SH(55)",
     "コネクタ\n0.5mmピッチ", ""],
    ["5", "IC3", "1", "キオクシア", "TC58BVG0S3HTA00", "NANDフラッシュ", ""],
]

KOREAN = [
    ["제어 보드 부품 목록", "", "", "", "", "", ""],
    ["번호", "참조", "수량", "제조사", "제조사 부품번호", "품명", "비고"],
    ["1", "C1,C2", "2", "무라타", "GRM155R71C104KA88D", "적층 콘덴서", ""],
    ["2", "U1", "1", "마이크론", "MT41K256M16TW-107:P", "메모리; 주 | 부", ""],
    ["3", "U2", "1", "삼성전자", "K4B4G1646E-BYMA", "메모리", "미실장"],
    ["4", "J1", "1", "", "FH12-20S-0.5SH(55)", "커넥터\n0.5mm 피치", ""],
    ["5", "U3", "1", "", "MT25QL128ABA1ESE-0SIT", "플래시, 표면 실장", ""],
]

# What tells of the file and not of what is in it.
OF_THE_FILE = {"bom", "path", "sheet", "format", "encoding", "delimiter",
               "sha256", "id", "fingerprint"}
LINE_KEYS = {"line", "header_line"}
# Their lines are rows.
SHEETS = {"shared.xlsx", "inline.xlsx", "named.csv", "sheet.ods", "sheet.xls",
          "shared.xlsx.gz"}


def delimited(rows, delimiter, encoding="utf-8", newline="\n", before=b""):
    """@return the rows as delimited text, quoted where that is needed."""
    lines = []
    for row in rows:
        cells = ['"' + cell.replace('"', '""') + '"'
                 if any(c in cell for c in delimiter + '"\r\n') else cell
                 for cell in row]
        lines.append(delimiter.join(cells) + newline)
    return before + "".join(lines).encode(encoding)


def column_name(index):
    """@return "A" for 0."""
    return chr(ord("A") + index)


def xlsx(rows, shared):
    """@return a workbook with a sheet that is no BOM before the one that is."""
    strings, sheet = [], []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, cell in enumerate(row):
            place = f"{column_name(column)}{number}"
            if cell == "":
                continue
            if cell.isdigit() and not cell.startswith("0"):
                cells.append(f'<c r="{place}"><v>{cell}</v></c>')
            elif shared:
                strings.append(cell)
                cells.append(f'<c r="{place}" t="s"><v>{len(strings) - 1}</v>'
                             '</c>')
            else:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t '
                             f'xml:space="preserve">{escape(cell)}</t></is>'
                             '</c>')
        sheet.append(f'<row r="{number}">{"".join(cells)}</row>')
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = ("http://schemas.openxmlformats.org/officeDocument/2006/"
              "relationships")
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    table = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>'
                    for text in strings)
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.'
        'openxmlformats.org/package/2006/content-types"><Default '
        'Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}"><Relationship '
        f'Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        '</Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{office}">'
        '<sheets><sheet name="Changes" sheetId="1" r:id="r1"/>'
        '<sheet name="BOM" sheetId="2" r:id="r2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships '
        f'xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{office}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="r3" Type="{office}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>First issue</t>'
        '</is></c></row></sheetData></worksheet>',
        "xl/worksheets/sheet2.xml": f'{head}<worksheet xmlns="{main}">'
        f'<sheetData>{"".join(sheet)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'{head}<sst xmlns="{main}">{table}</sst>',
    }
    return zipped(parts)


def ods(rows):
    """@return the same as an OpenDocument spreadsheet."""
    body = []
    for row in rows:
        cells = []
        for cell in row:
            text = "".join(f"<text:p>{escape(line)}</text:p>"
                           for line in cell.split("\n")) if cell else ""
            kind = ' office:value-type="string"' if cell else ""
            cells.append(f"<table:table-cell{kind}>{text}</table:table-cell>")
        body.append(f'<table:table-row>{"".join(cells)}</table:table-row>')
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = ('<?xml version="1.0" encoding="UTF-8"?>'
               f'<office:document-content xmlns:office="{space}office:1.0" '
               f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0" '
               'office:version="1.2"><office:body><office:spreadsheet>'
               f'<table:table table:name="BOM">{"".join(body)}</table:table>'
               '</office:spreadsheet></office:body></office:document-content>')
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content})


def biff(kind, content):
    """@return one record of an Excel 97 workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(rows):
    """@return the same as an Excel 97 workbook, without a file around it."""
    strings = sorted({cell for row in rows for cell in row} - {""})
    texts = b"".join(struct.pack("<HB", len(text), 1) +
                     text.encode("utf-16-le") for text in strings)
    start, end = struct.pack("<HHHH", 0x0600, 5, 0, 0), biff(0x000A, b"")
    before = biff(0x0809, start)
    table = biff(0x00FC, struct.pack("<II", len(strings), len(strings)) + texts)
    name = struct.pack("<BB", 3, 0) + b"BOM"
    offset = len(before) + 4 + 6 + len(name) + len(table) + len(end)
    sheet = biff(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    cells = b"".join(
        biff(0x00FD, struct.pack("<HHHI", r, c, 0, strings.index(cell)))
        for r, row in enumerate(rows) for c, cell in enumerate(row) if cell)
    start = struct.pack("<HHHH", 0x0600, 0x10, 0, 0)
    return before + sheet + table + end + biff(0x0809, start) + cells + end


def zipped(parts):
    """@return the named parts in a zip file, without compression."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text.encode("utf-8"))
    return packed.getvalue()


def in_rows(rows, line):
    """@return the spreadsheet row of a line of the CSV file."""
    at = 1
    for number, row in enumerate(rows, 1):
        if line == at:
            return number
        at += 1 + max(cell.count("\n") for cell in row)
    return line


def variants(rows, encodings):
    """@return name -> bytes; the first one is what the others are held to."""
    files = {
        "comma.csv": delimited(rows, ","),
        "mark.csv": delimited(rows, ",", "utf-8", "\r\n", b"\xef\xbb\xbf"),
        "semicolon.csv": delimited(rows, ";", "utf-8", "\r\n"),
        "bar.txt": delimited(rows, "|"),
        "tab.tsv": delimited(rows, "\t"),
        "utf-16le.csv": delimited(rows, "\t", "utf-16-le", "\r\n",
                                  b"\xff\xfe"),
        "utf-16be.csv": delimited(rows, ",", "utf-16-be", "\r\n",
                                  b"\xfe\xff"),
        "utf-16le-no-mark.csv": delimited(rows, ",", "utf-16-le", "\r\n"),
        "comma.csv.gz": gzip.compress(delimited(rows, ","), mtime=0),
        "shared.xlsx": xlsx(rows, True),
        "inline.xlsx": xlsx(rows, False),
        "named.csv": xlsx(rows, False),
        "sheet.ods": ods(rows),
        "sheet.xls": xls(rows),
        "shared.xlsx.gz": gzip.compress(xlsx(rows, True), mtime=0),
        "utf-16le.csv.gz": gzip.compress(
            delimited(rows, "\t", "utf-16-le", "\r\n", b"\xff\xfe"), mtime=0),
        "cr.csv": delimited(rows, ",", "utf-8", "\r"),
        "sep.csv": delimited(rows, ";", "utf-8", "\r\n", b"sep=;\r\n"),
    }
    for encoding in encodings:
        files[f"{encoding}.csv"] = delimited(rows, ",", encoding, "\r\n")
        files[f"{encoding}.txt"] = delimited(rows, "\t", encoding, "\r\n")
        files[f"{encoding}-semicolon.csv"] = delimited(rows, ";", encoding)
        files[f"{encoding}-bar.txt"] = delimited(rows, "|", encoding)
    return files


def check(program, path):
    """@return the report of one file."""
    run = subprocess.run([program, "check", str(path), "-f", "json",
                          "-p", "cn-cii-operator", "--all-lines",
                          "--as-of", "2026-06-01"],
                         capture_output=True, text=True, timeout=60,
                         check=False)
    try:
        return json.loads(run.stdout)
    except json.JSONDecodeError:
        return {"findings": run.stderr, "lines": [], "boms": [{}]}


def strip(value):
    """Leave out what tells of the file."""
    if isinstance(value, dict):
        return {key: strip(inner) for key, inner in value.items()
                if key not in OF_THE_FILE}
    if isinstance(value, list):
        return [strip(inner) for inner in value]
    return value


def with_lines(value, change):
    """Give every line number another one."""
    if isinstance(value, dict):
        return {key: change(inner) if key in LINE_KEYS and inner
                else with_lines(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_lines(inner, change) for inner in value]
    return value


def told(report):
    """@return what a report says of the BOM itself."""
    bom = report["boms"][0] if report.get("boms") else {}
    return strip(copy.deepcopy({
        "findings": report["findings"], "lines": report["lines"],
        "columns": bom.get("columns"), "unmapped": bom.get("unmapped"),
        "header_line": bom.get("header_line"),
        "counts": report.get("counts"), "exit": report.get("exit_status")}))


def differences(wanted, got, place=""):
    """@return where two documents differ, as text."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return [text for key in sorted(wanted.keys() | got.keys())
                for text in differences(wanted.get(key), got.get(key),
                                        f"{place}.{key}")]
    if isinstance(wanted, list) and isinstance(got, list) and \
            len(wanted) == len(got):
        return [text for i, (a, b) in enumerate(zip(wanted, got))
                for text in differences(a, b, f"{place}[{i}]")]
    return [] if wanted == got else [f"{place}: {got!r}, not {wanted!r}"]


def compare(program, folder, title, rows, encodings):
    """@return how many variants differ from the first."""
    wanted, failed = None, 0
    for name, content in variants(rows, encodings).items():
        path = folder / f"{title}-{name}"
        path.write_bytes(content)
        report = check(program, path)
        got = told(report)
        if wanted is None:
            wanted = got
            parts = sum(len(line["parts"]) for line in report["lines"])
            print(f"{title}: {len(report['lines'])} lines, {parts} parts, "
                  f"{len(report['findings'])} findings")
            failed += not report["findings"] or len(report["lines"]) != 5
        if name in SHEETS:
            held = with_lines(wanted, lambda line: in_rows(rows, line))
        elif name == "sep.csv":
            held = with_lines(wanted, lambda line: line + 1)
        else:
            held = wanted
        found = differences(held, got)
        how = report["boms"][0] if report.get("boms") else {}
        print(f"  {'DIFFERS' if found else 'same':8}{name:24}"
              f"{how.get('format')}, {how.get('encoding')}")
        for text in found[:8]:
            print(f"          {text}")
        failed += bool(found)
    return failed


def main():
    """Run both BOMs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        failed = compare(sys.argv[1], folder, "chinese", CHINESE,
                         ["gbk", "gb18030"])
        failed += compare(sys.argv[1], folder, "japanese", JAPANESE,
                          ["cp932"])
        failed += compare(sys.argv[1], folder, "korean", KOREAN, ["euc-kr"])
    if failed:
        print(f"{failed} ways of saving change what is found")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
