#!/usr/bin/env python3
"""Of a long BOM, lines that say what was found clear before are only counted.
usage: settled.py PROGRAM

What is said of a file is what is said of the same bytes from a pipe, of which
every line is looked at; whatever stands between lines.
"""
import json
import os
import random
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from place import Place  # noqa: E402

OPTIONS = ["-p", "cn-cii-operator", "-p", "us-federal-contractor", "--as-of",
           "2026-11-21", "-f", "json"]
SIZE = 1_300_000  # bytes: FEED_AHEAD_MIN and a quarter more
FORMS = ("jsonl", "csv", "sarif", "text", "markdown", "html", "gitlab",
         "github", "junit", "cyclonedx")
HEADERS = (
    "Item,Ref,Qty,Value,Manufacturer,MPN,Description,Supplier PN",
    "Item,Ref,Qty,Description,MPN,Manufacturer,Value,Supplier PN",
    # The first one's rows, and they say something else.
    "Item,Ref,Qty,Value,Manufacturer,Supplier PN,Description,MPN",
)
MAKERS = {
    "Yageo": ("Yageo", "YAGEO Corp.", "yageo (VA)", "Yageo Corporation"),
    "TI": ("TI", "Texas Instruments", "TEXAS INSTRUMENTS INC."),
    "Molex": ("Molex", "MOLEX LLC"),
    "Phoenix": ("Phoenix Contact", "PHOENIX CONTACT GmbH"),
    "Micron": ("Micron", "Micron Technology"),
    "ISSI": ("ISSI", "Issi (VA)"),
    "Nobody": ("Frobnitz KK", "frobnitz"),
    "None": ("", "N/A", "DNP"),
}
NUMBERS = {
    "Yageo": ("RC0402FR-07{}KL", "CC0603KRX7R{}BB104", "10{}22"),
    "TI": ("TPS5433{}DDAR", "SN74LVC1G0{}DBVR"),
    "Molex": ("53261-{}71", "0532610{}71", "53261{}71"),
    "Phoenix": ("17299{}0", "1729{}"),
    "Micron": ("MT41K256M1{}TW-107:P",),
    "ISSI": ("IS61WV{}16BLL-10TLI",),
    "Nobody": ("XQ{}-77", "77{}"),
    "None": ("", "N/A", "X{}"),
}
ODD = ("", ",,,,,,,", "Total,,{n},,,,,", "Power supply,,,,,,,",
       ",,,,Samsung,K4B4G1646E-BYM{n},,", ",R{n} R{m},,,,,,",
       "1,U{n},1,DNP,TI,TPS54331DDAR,not fitted,", "x,y",
       '7,U{n},1,"a ""b"" c",TI,TPS5433{d}DDAR,"one\ntwo",5-{n}',
       '7,U{n},1,a"b,TI,TPS5433{d}DDAR,"torn,5-{n}')


def part(rng):
    maker = rng.choice(list(MAKERS)[:4] * 4 + list(MAKERS))
    number = rng.choice(NUMBERS[maker]).format(rng.randrange(10))
    value = rng.choice(("10k", "100n", "LM317", "") * 8 + ("DNP", "n.c."))
    text = rng.choice(("RES SMD 10K OHM", "IC REG BUCK", "DRAM 4Gb", "",
                       "see MT41K256M16TW-107:P", "Widerstand für Öl"))
    shop = rng.choice(("MT41K256M16TW-107:P", f"{rng.randrange(999)}-1-ND"))
    return maker, number, value, text, shop


def row(rng, parts, number, table):
    maker, mpn, value, text, shop = rng.choice(parts)
    refs = [f"{rng.choice('RCU')}{number + i}" for i in range(rng.choice(
        (1, 1, 2, 9)))]
    refs = rng.choice((", ".join(refs),) * 9 + ("", "", "DNP", "see drawing"))
    count = rng.choice((len(refs.split(",")),) * 9 + (0, "", "", "1.5", "NF"))
    item = rng.choice((number,) * 9 + ("", "", "A", "DNP"))
    if rng.random() < 0.05:
        maker = rng.choice(list(MAKERS))
    name = rng.choice(MAKERS[maker])
    cells = ([text, mpn, name, value] if table == 1 else
             [value, name, mpn, text])
    cells = [str(item), refs, str(count)] + cells + [shop]
    return ",".join(f'"{cell}"' if "," in cell or rng.random() < 0.02 else cell
                    for cell in cells)


def bom(seed):
    rng = random.Random(seed)
    parts = [part(rng) for _ in range(300)]
    lines, size, table = [HEADERS[0]], 0, 0
    while size < SIZE:
        number = len(lines)
        if rng.random() < 0.0003:
            table = rng.randrange(len(HEADERS))
            lines.append("\n" + HEADERS[table])
        elif rng.random() < 0.01:
            lines.append(rng.choice(ODD).format(
                n=number, m=number + 1, d=number % 10))
        else:
            lines.append(row(rng, parts, number, table))
        size += len(lines[-1]) + 1
    return "\n".join(lines) + "\n"


def said(place):
    done = place.run("check", "board.csv", *OPTIONS)
    return done.returncode, done.stdout, done.stderr


def said_of_pipe(place, text):
    pipe = place.folder / "board.csv"
    writer = threading.Thread(target=pipe.write_text, args=(text, "utf-8"))
    writer.start()
    try:
        return said(place)
    finally:
        writer.join()


def compare(file, pipe, text, form):
    OPTIONS[-1] = form
    of_file = said(file)
    file.expect(form, of_file == said_of_pipe(pipe, text))
    return of_file[1]


def main():
    with tempfile.TemporaryDirectory(prefix="bomgate-settled-") as folder:
        for name in ("file", "pipe"):
            os.mkdir(Path(folder) / name)
        file = Place(sys.argv[1], Path(folder) / "file")
        pipe = Place(sys.argv[1], Path(folder) / "pipe")
        os.mkfifo(pipe.folder / "board.csv")
        for seed in range(4):
            text = bom(seed)
            file.write("board.csv", text)
            counts = json.loads(compare(file, pipe, text, "json"))["counts"]
            file.expect(f"there is something of everything: {counts}",
                        counts["clear"] > 3000 and counts["prohibited"] > 100
                        and counts["unknown"] > 100)
        for form in FORMS:
            compare(file, pipe, text, form)
        return 1 if file.faults else 0


if __name__ == "__main__":
    sys.exit(main())
