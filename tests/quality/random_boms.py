#!/usr/bin/env python3
"""Are BOMs read right that nobody looked at before?

usage: random_boms.py PROGRAM FLOOR [FIRST [COUNT]]

Lays real parts out as the programs and people do who write BOMs: columns,
titles, headings, alternates, what is not fitted, totals, encodings, file
formats, by the numbers from FIRST on, which always give the same files. Each
line must come out with its makers, part numbers, designators and quantity, and
nothing else may be a line. Prints each file that is wrong, and fails when fewer
than FLOOR per mille are right.
"""
import gzip
import json
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import same_findings

# Prefix, pieces, value, package, description, maker, MPN, distributor, number.
PARTS = [line.split("|") for line in """\
C|4|100nF|C_0402|CAP CER 0.1UF 16V X7R|Murata Electronics|GRM155R71C104KA88D|Digi-Key|490-3261-1-ND
C|9|10uF|C_0603|CAP CER 10UF 6.3V X5R|Samsung Electro-Mechanics|CL10A106KQ8NNNC|LCSC|C19702
C|2|4.7uF|0402|CAP CER 4.7UF 6.3V|TDK|C1005X5R0J475K050BC|Mouser|810-C1005X5R0J475K
C|1|22pF|0402|Ceramic capacitor, NP0, 5%|Yageo|CC0402JRNPO9BN220|LCSC|C1555
R|12|10k|R_0402|RES SMD 10K OHM 1% 1/16W|Yageo|RC0402FR-0710KL|Digi-Key|311-10.0KLRCT-ND
R|3|0R|0603|RES 0 OHM JUMPER 1/10W|Panasonic|ERJ-3GEY0R00V|Digi-Key|P0.0GCT-ND
R|1|5.1k|0402|Thick film resistor|UNI-ROYAL|0402WGF5101TCE|LCSC|C25905
R|2|33|0402|RES 33R|Vishay|CRCW040233R0FKED|Mouser|71-CRCW0402-33-E3
L|1|2.2uH|L_1210|FIXED IND 2.2UH 1.5A|Taiyo Yuden|NRS3012T2R2MGJV|Digi-Key|587-2396-1-ND
FB|3|600R|0603|FERRITE BEAD 600 OHM 0603 1LN|Murata|BLM18AG601SN1D|LCSC|C1017
D|1|PMEG3010ER|SOD-123W|DIODE SCHOTTKY 30V 1A|Nexperia|PMEG3010ER,115|Mouser|771-PMEG3010ER115
D|2|LED_GREEN|LED_0603|LED GREEN CLEAR SMD|Lite-On|LTST-C190KGKT|Digi-Key|160-1435-1-ND
Q|2|BSS138|SOT-23|MOSFET N-CH 50V 220MA|onsemi|BSS138|LCSC|C52895
Q|1|DMG2305UX|SOT-23|MOSFET P-CH 20V 4.2A|Diodes Incorporated|DMG2305UX-7|Digi-Key|DMG2305UX-7DICT-ND
U|1|STM32F405RGT6|LQFP-64|IC MCU 32BIT 1MB FLASH|STMicroelectronics|STM32F405RGT6|Mouser|511-STM32F405RGT6
U|1|MT41K256M16TW-107:P|FBGA-96|IC DRAM 4GBIT PARALLEL|Micron Technology|MT41K256M16TW-107:P|Digi-Key|557-MT41K256M16TW-107:P-ND
U|2|W25Q128JVSIQ|SOIC-8|IC FLASH 128MBIT SPI/QUAD|Winbond|W25Q128JVSIQ|LCSC|C97521
U|1|TPS62177|WSON-10|Buck converter 28V, 0.5A|Texas Instruments|TPS62177DQCR|Mouser|595-TPS62177DQCR
U|1|AMS1117-3.3|SOT-223|LDO 3.3V 1A|Advanced Monolithic Systems|AMS1117-3.3|LCSC|C6186
U|1|FT2232HL|LQFP-64|USB to dual UART/FIFO|FTDI|FT2232HL-REEL|Digi-Key|768-1024-1-ND
U|1|LM358|SOIC-8|Dual op amp|Texas Instruments|LM358DR|LCSC|C7950
U|1|KSZ9031RNX|QFN-48|Gigabit Ethernet PHY|Microchip|KSZ9031RNXIC|Digi-Key|576-4096-ND
U|1|EC25|LCC-144|LTE Cat 4 module|Quectel|EC25EFA-512-STD||
U|1|MTFC8GAKAJCN-4M IT|VFBGA-153|eMMC 8GB|Micron|MTFC8GAKAJCN-4M IT|Mouser|340-270413-TRAY
U|1|IS42S16400J|TSOP-54|SDRAM 64Mbit|ISSI|IS42S16400J-7TLI|Mouser|870-IS42S16400J-7TLI
Y|1|25MHz|SMD_3225-4Pin|CRYSTAL 25.0000MHZ 8PF SMD|Abracon LLC|ABM8G-25.000MHZ-B4Y-T|Digi-Key|535-11931-1-ND
X|1|32.768kHz|3215|Crystal 32.768 kHz|Epson|Q13FC13500004|LCSC|C32346
J|1|USB_C|USB_C_Receptacle|CONN RCPT USB2.0 TYPEC 24POS|Amphenol ICC|12401610E4#2A|Digi-Key|12401610E4#2ACT-ND
J|2|Conn_01x04|PinHeader_1x04|CONN HEADER VERT 4POS|Würth Elektronik|61300411121|Mouser|710-61300411121
J|1|FFC20|FH12-20S|CONN FFC BOTTOM 20POS R/A|Hirose|FH12-20S-0.5SH(55)|Digi-Key|HFJ120CT-ND
SW|2|RESET|SW_PTS645|SWITCH TACTILE SPST-NO 12V|C&K|PTS645SM43SMTR92 LFS|Digi-Key|CKN9112CT-ND
F|1|500mA|1206|PTC RESET FUSE 16V 500MA|Littelfuse|1206L050YR|LCSC|C70076
C|3|1uF|0402|||||
R|5|100R|R_0402|||||
TP|2|TestPoint|TestPoint_D1.0mm|||||
MH|4|MountingHole|MountingHole_M3|||||
""".splitlines()]

ALTERNATES = {
    "MT41K256M16TW-107:P": ("Samsung", "K4B4G1646E-BYMA"),
    "W25Q128JVSIQ": ("GigaDevice", "GD25Q128ESIG"),
    "RC0402FR-0710KL": ("Vishay", "CRCW040210K0FKED"),
    "IS42S16400J-7TLI": ("Alliance Memory", "AS4C4M16SA-7TCN"),
    "GRM155R71C104KA88D": ("TDK", "C1005X7R1C104K050BC"),
}

# What each column holds (see Layout.cell), and what it is called.
HEADERS = [[(name[0], name[2:]) for name in line.split("|")] for line in """\
R:Reference|V:Value|F:Footprint|u:Datasheet|M:Manufacturer|P:MPN
R:Reference|Q:Qty|V:Value|F:Footprint|X:DNP|M:Manufacturer|P:Manufacturer_Part_Number
I:Item|R:Reference(s)|Q:Qty|V:Value|x:LibPart|F:Footprint|D:Description|M:Mfr|P:Mfr PN
D:Description|V:Value|R:References|Q:Quantity Per PCB|F:Footprint|M:Manufacturer Name|P:Manufacturer Part Number
V:Comment|R:Designator|F:Footprint|N:LCSC Part #|P:MPN|M:Manufacturer
V:Comment|D:Description|R:Designator|F:Footprint|P:LibRef|Q:Quantity|M:Manufacturer 1|P:Manufacturer Part Number 1
I:Line #|R:Designator|Q:Quantity|M:Manufacturer 1|P:Manufacturer Part Number 1|S:Supplier 1|N:Supplier Part Number 1|D:Description
Q:Quantity|V:Value|R:Designator|D:Description|M:Manufacturer 1|P:Manufacturer Part Number 1|A:Manufacturer 2|B:Manufacturer Part Number 2
R:Designator|V:Value|P:MPN|A:Manufacturer 2|M:Manufacturer 1|B:Manufacturer Part Number 2|D:Description
Q:Qty|V:Value|x:Device|F:Package|R:Parts|D:Description|M:MF|P:MPN
Q:Qty|V:Value|x:Device|F:Package|R:Parts|D:Description|M:MANUFACTURER|P:MANUFACTURER_PART_NUMBER|N:DIGIKEY
I:ID|V:Name|R:Designator|F:Footprint|Q:Quantity|P:Manufacturer Part|M:Manufacturer|S:Supplier|N:Supplier Part
I:Item|Q:Quantity|R:Reference|V:Part|F:PCB Footprint|M:Manufacturer|P:Manufacturer PN
I:Item #|x:Part Type|Q:Qty|R:Ref Des|D:Description|M:Mfr|P:Mfr_PN
I:#|R:RefDes|V:Value|F:Pattern|Q:Quantity|M:Manufacturer|P:Manufacturer Part
L:BOM Level|D:Description|Q:Quantity|R:Reference|M:Manufacturer 1|P:MPN 1
I:Index|Q:Quantity|N:Part Number|P:Manufacturer Part Number|M:Manufacturer|D:Description|R:Customer Reference
N:Mouser #:|P:Mfr. #:|M:Manufacturer:|R:Customer #:|D:Description:|Q:Order Qty.
Q:QTY|R:REF DES|P:MFG P/N|M:MFG|D:DESCRIPTION|n:NOTES
I:Item|D:Part Description|M:Vendor|P:Part No.|Q:Qty|R:Ref.
Q:Qty per unit|D:Description|M:Manufacturer|P:Manufacturer P/N|S:Distributor|N:Distributor P/N|R:Ref|n:Comments
L:Lvl|k:Item No.|D:Item Description|Q:Qty Per|M:AML Manufacturer|P:AML MPN|n:Remarks
Q:Qty|R:Ref|O:Manufacturer/MPN|D:Description
I:Pos.|Q:Menge|R:Referenz|V:Wert|F:Bauform|M:Hersteller|P:Hersteller-Teilenummer|D:Beschreibung
R:Repère|Q:Quantité|D:Désignation|M:Fabricant|P:Référence fabricant|F:Boîtier
I:Nº|Q:Cantidad|R:Referencia|V:Valor|M:Fabricante|P:Nº de parte del fabricante
Q:Quantità|R:Riferimento|V:Valore|D:Descrizione|M:Produttore|P:Codice produttore
I:Lp.|R:Oznaczenie|V:Wartość|Q:Ilość|M:Producent|P:Numer części producenta|F:Obudowa
I:Nr|Q:Aantal|R:Referentie|V:Waarde|M:Fabrikant|P:Fabrikantnummer
I:Item|Q:Quantidade|R:Referência|V:Valor|M:Fabricante|P:Código do fabricante
I:序号|V:名称|R:位号|Q:数量|F:封装|M:品牌|P:型号|n:备注
I:序号|k:物料编码|D:物料描述|P:规格型号|Q:用量|R:位号|M:制造商
I:項次|D:品名|P:型號|M:廠牌|Q:數量|R:位號
I:No|R:部品記号|D:品名|P:型番|M:メーカー|Q:数量|n:備考
I:번호|R:참조|D:품명|P:제조사 부품번호|M:제조사|Q:수량
I:№|R:Поз. обозначение|D:Наименование|P:Артикул|M:Производитель|Q:Кол-во|n:Примечание
""".splitlines()]

ABOVE = {
    "title": [["Bill of Materials"], []],
    "names": [["Project:", "Widget controller"], ["Revision:", "B2"],
              ["Date:", "2024-03-11"], ["Author:", "J. Smith"], []],
    "kicad": [["Source:", "/home/u/board.kicad_sch"],
              ["Date:", "Tue 02 Jan 2024 10:11:12 AM CET"],
              ["Tool:", "Eeschema 7.0.10"], ["Component Count:", "57"], []],
    "orcad": [["WIDGET  Revised: Monday, March 11, 2024"],
              ["WIDGET-100          Revision: B"], [],
              ["Bill Of Materials", "", "March 11,2024", "", "Page1"], []],
    "blank": [[], []],
}
BELOW = {
    "statistics": [[], ["Component Count:", "57"],
                   ["Component Groups:", "19"], ["BoM Date:", "2024-01-02"]],
    "prose": [[], ["Notes:"], ["1. All resistors are 1% unless stated."],
              ["2. Do not substitute parts without approval."]],
    "revisions": [[], ["Rev", "Date", "Notes"],
                  ["A", "2023-10-01", "First release"],
                  ["B", "2024-03-11", "Changed connector J3"]],
    "signed": [[], ["Prepared by:", "J. Smith", "", "Approved by:", ""],
               ["Date:", "2024-03-11"]],
    "total": [["合计"]],
}
SECTIONS = ["Capacitors", "Integrated circuits", "Connectors", "Power supply"]
# By a letter of a header: where it is used, files are saved so, too.
NATIONAL = {"ß": "cp1252", "é": "cp1252", "ś": "cp1250", "号": "gbk",
            "項": "big5", "メ": "cp932", "제": "euc_kr", "П": "cp1251"}


@dataclass
class Row:
    """A row of the file, and what its line must be; None: it is no line."""
    cells: list
    line: dict | None = None


@dataclass
class Layout:
    """How one BOM is written, all from its number."""
    number: int
    rows: list = field(default_factory=list)
    features: dict = field(default_factory=dict)

    def __post_init__(self):
        self.dice = random.Random(self.number)
        self.columns = list(self.choose("header", HEADERS))
        self.kinds = [kind for kind, _ in self.columns]
        if self.chance("shuffled", .2):
            self.dice.shuffle(self.columns)
            self.kinds = [kind for kind, _ in self.columns]
        self.joint = self.choose("designators", [",", ", ", " ", ";", "-"])
        self.case = self.choose("case", [str, str, str.upper, str.lower])
        self.alternates = self.choose("alternates", self.ways())
        self.unit = self.choose("unit", ["", "", "", " pcs", ".0", ",00"])
        self.each = "R" in self.kinds and self.chance("each", .15)
        self.no = self.choose("not fitted", ["DNP", "x", "Yes"])
        self.write_rows()
        self.container = self.choose(
            "container", ["text"] * 7 + ["xlsx", "xlsx", "ods", "listing",
                                         "gzip"])
        if self.container == "listing" and self.alternates == "\n":
            self.container = "text"

    def choose(self, name, choices):
        """One of the choices, remembered under its name."""
        made = self.dice.choice(choices)
        self.features[name] = made
        return made

    def chance(self, name, share):
        """True for that share of the BOMs."""
        made = self.dice.random() < share
        self.features[name] = made
        return made

    def ways(self):
        """The ways in which this header allows for alternates."""
        if "A" in self.kinds:
            return ["columns"]
        if "P" not in self.kinds or "M" not in self.kinds:
            return [None]
        below = {"R", "Q"} <= set(self.kinds)
        return [None, None, " / ", "\n"] + ["below"] * below

    def designators(self, names):
        """The list of designators as this BOM writes it."""
        if self.joint != "-":
            return self.joint.join(names)
        return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"

    def cell(self, kind, part, facts):
        """What a column of that kind says of a part."""
        _, _, value, package, text, _, mpn, shop, number = part
        maker, alternate = facts["maker"], facts["alternate"]
        between = self.alternates if self.alternates in (" / ", "\n") else None
        if alternate and between:
            maker += between + alternate[0]
            mpn += between + alternate[1]
        beside = alternate if alternate and self.alternates == "columns" else \
            ("", "")
        return {"I": str(facts["item"]), "R": facts["refdes"],
                "Q": facts["quantity"], "V": value, "F": package, "D": text,
                "M": maker, "P": mpn, "S": shop, "N": number,
                "A": beside[0], "B": beside[1],
                "O": f"{maker} {mpn}".strip(), "L": "1",
                "X": "" if facts["fitted"] else self.no,
                "k": f"10.02.{facts['item']:04}",
                "n": self.dice.choice(["", "", "see datasheet"]),
                "u": self.dice.choice(["", "~", "https://example.com/x.pdf"]),
                "x": self.dice.choice(["", "Device:C", "GEN"])}[kind]

    def part_rows(self):
        """Rows of all parts, each list with what the line must be."""
        count, item = {}, 0
        sizes = [5, 8, 12, 20, 30]
        for part in self.dice.sample(PARTS, self.dice.choice(sizes)):
            prefix, pieces = part[0], int(part[1])
            if not part[6] and not {"V", "R"} <= set(self.kinds):
                continue
            first = count.get(prefix, 0) + 1
            count[prefix] = first + pieces - 1
            names = [f"{prefix}{first + i}" for i in range(pieces)]
            for group in [[n] for n in names] if self.each else [names]:
                item += 1
                yield from self.line_rows(part, group, item)

    def line_rows(self, part, names, item):
        """The rows of one line: its own, and its alternate's."""
        found = ALTERNATES.get(part[6]) if self.alternates else None
        facts = {"item": item, "maker": self.case(part[5]),
                 "alternate": found, "refdes": self.designators(names),
                 "quantity": f"{len(names)}{self.unit}",
                 "fitted": "X" not in self.kinds or self.dice.random() > .15}
        others = [found] if found else []
        knows_maker = "M" in self.kinds or "O" in self.kinds
        line = {"mpn": {part[6], *(other[1] for other in others)} - {""},
                "manufacturer":
                    {facts["maker"], *(other[0] for other in others)} - {""}
                    if knows_maker else set(),
                "refdes": facts["refdes"] if "R" in self.kinds else None,
                "quantity": facts["quantity"] if "Q" in self.kinds else None,
                "fitted": facts["fitted"]}
        yield Row([self.cell(kind, part, facts) for kind in self.kinds], line)
        if found and self.alternates == "below":
            names_it = {"M": found[0], "P": found[1]}
            yield Row([names_it.get(kind, "") for kind in self.kinds])

    def write_rows(self):
        """All rows of the file."""
        names = Row([name for _, name in self.columns])
        above = self.choose("above", [None] * 4 + list(ABOVE))
        below = self.choose("below", [None] * 4 + list(BELOW))
        section = self.chance("sections", .12)
        again = self.chance("header again", .08)
        blank = self.chance("blank rows", .1)
        self.rows = [Row(cells) for cells in ABOVE.get(above, [])] + [names]
        for at, row in enumerate(list(self.part_rows())):
            if row.line and section and at % 6 == 0:
                self.rows.append(Row([self.dice.choice(SECTIONS)]))
            if row.line and again and at % 9 == 8:
                self.rows.append(names)
            if row.line and blank and self.dice.random() < .2:
                self.rows.append(Row([]))
            self.rows.append(row)
        self.rows += [Row(cells) for cells in BELOW.get(below, [])]
        if self.chance("padded", .5):
            for row in self.rows:
                row.cells = row.cells + [""] * (len(names.cells) -
                                                len(row.cells))
        if self.chance("delimiter at the end", .1):
            for row in self.rows:
                row.cells = row.cells + [""]

    def encoding(self):
        """One in which all of it can be written."""
        names = str(self.columns)
        national = [code for letter, code in NATIONAL.items()
                    if letter in names] or ["cp1252", "gbk"]
        wanted = self.choose("encoding", ["utf-8", "utf-8", "utf-8-sig",
                                          "utf-16", *national])
        try:
            str([row.cells for row in self.rows]).encode(wanted)
        except UnicodeEncodeError:
            return "utf-8"
        return wanted

    def write(self, folder):
        """Write the file. @return its path, and the line of each row."""
        cells = [row.cells for row in self.rows]
        at = list(range(1, len(cells) + 1))
        path = folder / f"bom-{self.number}"
        if self.container == "xlsx":
            content = same_findings.xlsx(cells, self.number % 2 == 0)
        elif self.container == "ods":
            content = same_findings.ods(cells)
        elif self.container == "listing":
            content = listing(cells, len(self.columns)).encode(self.encoding())
        else:
            text, at = self.text(cells)
            content = text.encode(self.encoding())
            if self.container == "gzip":
                content = gzip.compress(content, mtime=0)
        path.write_bytes(content)
        return path, at

    def text(self, cells):
        """@return delimited text, and the line at which each row starts."""
        delimiter = self.choose("delimiter", [",", ",", ";", "\t", "|"])
        end = self.choose("line end", ["\n", "\r\n", "\r"])
        always = self.chance("quoted", .3)
        text, at, line = [], [], 1
        for row in cells:
            at.append(line)
            line += 1 + sum(cell.count("\n") for cell in row)
            quoted = ['"' + cell.replace('"', '""') + '"'
                      if always or any(c in cell for c in delimiter + '"\n')
                      else cell for cell in row]
            text.append(delimiter.join(quoted) + end)
        return "".join(text), at


def listing(rows, width):
    """@return the rows in columns that are set with blanks."""
    full = [row for row in rows if len(row) >= width]
    sizes = [max(len(row[i]) for row in full) for i in range(width)]
    lines = []
    for row in rows:
        if len(row) < width:
            lines.append("  ".join(row))
        else:
            lines.append("  ".join(cell.ljust(size) for cell, size
                                   in zip(row, sizes)).rstrip())
    return "\n".join(lines) + "\n"


def check_line(wanted, got):
    """@return what is wrong with a line, as text."""
    for key in ("mpn", "manufacturer"):
        found = {part[key] for part in got["parts"]} - {None}
        if not wanted[key] <= found:
            yield f"{key} {sorted(found)}, not {sorted(wanted[key])}"
    for key in ("refdes", "quantity"):
        if wanted[key] is not None and got[key] != wanted[key]:
            yield f"{key} {got[key]!r}, not {wanted[key]!r}"
    if got["fitted"] != wanted["fitted"]:
        yield f"fitted: {got['fitted']}"


def check(program, number):
    """@return what is wrong with the BOM of that number."""
    layout = Layout(number)
    with tempfile.TemporaryDirectory() as folder:
        path, at = layout.write(Path(folder))
        run = subprocess.run(
            [program, "check", path, "-p", "cn-cii-operator", "-f", "json",
             "--all-lines"], capture_output=True, timeout=120, check=False)
    report = json.loads(run.stdout)
    lines = {line["line"]: line for line in report["lines"]}
    wanted = {line: row.line for line, row in zip(at, layout.rows) if row.line}
    wrong = [f"line {line} is lost" for line in wanted.keys() - lines.keys()]
    wrong += [f"line {line} is none" for line in lines.keys() - wanted.keys()]
    for line in wanted.keys() & lines.keys():
        wrong += [f"line {line}: {text}"
                  for text in check_line(wanted[line], lines[line])]
    return layout, sorted(wrong)


def main():
    """Run the numbers that are asked for."""
    program, floor = sys.argv[1], int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 400
    right = 0
    with ThreadPoolExecutor(2) as pool:
        for layout, wrong in pool.map(lambda n: check(program, n),
                                      range(first, first + count)):
            right += not wrong
            if wrong:
                print(f"{layout.number} ({layout.container}): "
                      f"{'; '.join(wrong[:3])[:300]}")
    print(f"{right} of {count} BOMs are read right")
    return right * 1000 < floor * count


if __name__ == "__main__":
    sys.exit(main())
