#!/usr/bin/env python3
"""Write a large BOM, as a CAD tool exports it, to measure with.

usage: make_bom.py LINES FILE

The same lines give the same bytes on every machine. Ten columns; two thousand
spellings of makers, known and unknown; half of the lines with a quoted list of
references, some with a line break in a quoted description; part numbers and
descriptions repeat as they do in a company's data, a few of them often.
"""
import random
import sys

SEED = 20260821
MPNS = 50_000
DESCRIPTIONS = 20_000
SPELLINGS = 2_000
LISTED_SHARE = 0.008  # of the lines
UNKNOWN_SHARE = 0.007
QUOTED_REFERENCES = 0.55
QUOTED_NEWLINES = 0.003

HEADER = ('Item,References,Qty,Value,Footprint,Manufacturer,MPN,Description,'
          'Supplier,Supplier PN')

# Name, and the form of its part numbers: 9 a digit, A a capital letter.
PASSIVE = [
    ('Yageo', 'RC0402FR-07999KL'), ('Yageo', 'CC0603KRX7R9BB104'),
    ('Murata', 'GRM155R71H999KA88D'), ('Murata', 'BLM18PG999SN1D'),
    ('EPCOS', 'B57999V2104H060'), ('Ralec', 'RTT02999JTH'),
    ('Samsung Electro-Mechanics', 'CL05B999KO5NNNC'),
    ('KEMET', 'C0402C999K5RACTU'), ('Kemet', 'T491B999K016AT'),
    ('Vishay', 'CRCW0603999KFKEA'), ('Vishay Dale', 'WSL2512R9990FEA'),
    ('Panasonic', 'ERJ-2RKF9993X'), ('Panasonic', 'EEE-FK1V999P'),
    ('Bourns', 'SRN6045TA-999M'), ('Bourns', 'CR0603-FX-9993ELF'),
    ('TAIYO YUDEN', 'UMK107AB7999KA-T'), ('Wurth Elektronik', '74437324999'),
    ('KYOCERA AVX', '06035C999KAT2A'), ('Nichicon', 'UWT1C999MCL1GB'),
    ('Rubycon', '16ZLH999MEFC6.3X11'), ('Coilcraft', 'XAL4020-999MEB'),
    ('Walsin', 'WR04X9993FTL'), ('ROHM', 'MCR03EZPFX9993'),
    ('Susumu', 'RR0816P-999-D'), ('Stackpole', 'RMCF0402FT999K'),
    ('Littelfuse', '0451999.MRL'), ('Uniroyal', '0402WGF9993TCE'),
    ('Fenghua', '0402B999K500NT'), ('Sunlord', 'SWPA4030S999MT'),
    ('TE Connectivity', 'CRGCQ0402F999K'),
]
ACTIVE = [
    ('Texas Instruments', 'TPS54999DDAR'), ('Texas Instruments', 'SN74LVC9G99DBVR'),
    ('TI', 'LM2999MPX-3.3/NOPB'), ('STMicroelectronics', 'STM32F999RGT6'),
    ('STMicroelectronics', 'STPS9L99A'), ('NXP', 'MK99FN512VLL12'),
    ('NXP Semiconductors', 'PCA9999PW,118'), ('Analog Devices', 'AD7999BRUZ'),
    ('Analog Devices', 'ADM9999EARZ'), ('Maxim Integrated', 'MAX9999EUT+T'),
    ('Linear Technology', 'LTC3999EUD#PBF'), ('Microchip', 'PIC18F99K22-I/PT'),
    ('Microchip Technology', 'MCP9999T-E/OT'), ('Atmel', 'ATMEGA999P-AU'),
    ('Infineon', 'IRLML9999TRPBF'), ('Infineon Technologies', 'BSC999N06NS'),
    ('onsemi', 'NCP9999DR2G'), ('ON Semiconductor', 'MMBT9999LT1G'),
    ('Diodes Incorporated', 'DMP9999UFG-7'), ('Diodes Inc', 'AP9999K-3.3TRG1'),
    ('Vishay', 'SI9999DS-T1-GE3'), ('Renesas', 'ISL99999IRTZ-T'),
    ('Silicon Labs', 'CP2999-A01-GMR'), ('Cypress', 'CY8C9999LQI-S412'),
    ('Winbond', 'W25Q999JVSSIQ'), ('Macronix', 'MX25L9999FM2I-10G'),
    ('ISSI', 'IS61WV99916BLL-10TLI'), ('Xilinx', 'XC7A99T-1CSG324C'),
    ('Lattice', 'LCMXO2-999HC-4TG100C'), ('Espressif', 'ESP32-WROOM-99D-N4'),
    ('Broadcom', 'HCPL-9999-500E'), ('Nordic Semiconductor', 'NRF52999-QFAA-R'),
    ('Allegro MicroSystems', 'ACS999ELCTR-05B-T'), ('Bosch', 'BME999'),
    ('FTDI', 'FT999RL-REEL'), ('Realtek', 'RTL8999CB-CG'),
    ('Monolithic Power Systems', 'MP9999GJ-Z'), ('Semtech', 'SX9999IULTRT'),
    ('Richtek', 'RT9999AGQW'), ('Power Integrations', 'LNK999DN-TL'),
]
CONNECTOR = [
    ('Molex', '53261-9971'), ('JST', 'B9B-PH-K-S(LF)(SN)'),
    ('Amphenol', '10118999-0001LF'), ('TE Connectivity', '1-999999-0'),
    ('Hirose', 'DF13-99P-1.25DSA'), ('Samtec', 'TSW-199-07-G-S'),
    ('Phoenix Contact', '1729999'), ('Harwin', 'M20-9990999'),
    ('Omron', 'B3F-9999'), ('C&K', 'PTS645SM99SMTR92LFS'),
    ('Kingbright', 'APT9999SGC'), ('Lite-On', 'LTST-C999KGKT'),
    ('Abracon', 'ABM8-99.000MHZ-B2-T'), ('Epson', 'FA-238 99.0000MB-W'),
    ('NDK', 'NX3225SA-99.000M-STD'), ('Everlight', '99-21SYGC/S530/TR8'),
    ('Hirose Electric', 'FH12-99S-0.5SH(55)'), ('Wago', '2059-999/998-403'),
]
# What the buyer that bench.py names may not buy.
LISTED = [
    ('Micron', 'MT41K999M16TW-107:P'), ('Micron Technology', 'MT29F9G08ABAEAWP'),
    ('Micron', 'MT25QL999ABA8E12-0SIT'), ('Crucial', 'CT9G4SFRA32A'),
    ('Elpida', 'EDJ4299EFBG-GN-F'), ('Micron Semiconductor', 'MTFC9GAKAJCN-1M'),
]
UNKNOWN = [(first + second, 'A' + first[0].upper() + '9999-99AA')
           for first in ('Bel', 'Dorn', 'Velo', 'Kast', 'Mira', 'Tesk', 'Oro',
                         'Prim', 'Sanz', 'Wexl')
           for second in ('tronik', 'comp', 'wave', 'dyne', 'tec', 'quartz')]

SUFFIXES = ['', '', '', '', ' Inc.', ' Inc', ', Inc.', ' Corp.', ' Corporation',
            ' Co., Ltd.', ' Ltd.', ' GmbH', ' AG', ' S.A.', ' LLC', ' Limited',
            ' CO.,LTD', ' (VA)', ' N.V.', ' KK']
CASES = [str, str, str, str.upper, str.lower, str.title]
SUPPLIERS = [('Digi-Key', '{n:03d}-{n4:04d}-1-ND'), ('Mouser', '{n:03d}-{mpn}'),
             ('LCSC', 'C{n6}'), ('Farnell', '{n6}1'), ('Arrow', '{mpn}'),
             ('RS Components', '{n:03d}-{n4:04d}')]
KINDS = [
    # prefix, values, footprints, description, makers, share
    ('R', ['{}R', '{}k', '{}k', '{}M'], ['R_0402', 'R_0603', 'R_0805'],
     'RES SMD {v} OHM 1% 1/10W {f}', PASSIVE, 40),
    ('C', ['{}pF', '{}nF', '{}nF', '{}uF'],
     ['C_0402', 'C_0603', 'C_0805', 'CP_Elec_6.3x7.7'],
     'CAP CER {v} {n}V X7R {f}', PASSIVE, 40),
    ('L', ['{}uH', '{}nH'], ['L_0603', 'L_1210'],
     'FIXED IND {v} {n}MA SMD', PASSIVE, 5),
    ('U', ['{m}'], ['SOIC-8_3.9x4.9mm_P1.27mm', 'TSSOP-20', 'LQFP-64_10x10mm',
                    'SOT-23-5', 'QFN-32-1EP_5x5mm'],
     'IC {m} {n} CHANNEL, {f}', ACTIVE, 25),
    ('J', ['Conn_01x{:02d}', 'USB_C'], ['PinHeader_1x04_P2.54mm', 'USB_C_Recept'],
     'CONN {v} {n}POS, 2.54MM', CONNECTOR, 8),
    ('D', ['{m}', 'LED'], ['D_SOD-123', 'LED_0603'],
     'DIODE {m} {n}V 1A', CONNECTOR, 6),
]


def filled(form, rng):
    return ''.join(rng.choice('123456789') if c == '9' else
                   rng.choice('BCDEFGHJKLMNPRSTVWXZ') if c == 'A' and i == 0
                   else c for i, c in enumerate(form))


def spelt(name, rng):
    text = rng.choice(CASES)(name) + rng.choice(SUFFIXES)
    if rng.random() < 0.1:
        text = text.replace(' ', '  ', 1)
    if rng.random() < 0.05:
        text = text.replace(' ', '-', 1)
    return text


def quoted(cell):
    if any(c in cell for c in ',"\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


class Part:
    """What all lines with one part number have in common, as cells."""

    def __init__(self, kind, makers, rng, spellings):
        prefix, values, footprints, description, _, _ = kind
        name, form = rng.choice(makers)
        self.prefix = prefix
        mpn = filled(form, rng)
        number = rng.randrange(1, 999)
        value = rng.choice(values)
        value = value.format(number % 40, m=mpn.split('-')[0])
        footprint = rng.choice(footprints)
        supplier, sku = rng.choice(SUPPLIERS)
        self.makers = [quoted(text) for text in spellings[name]]
        text = description.format(v=value, f=footprint, m=mpn.split('-')[0],
                                  n=number % 64)
        self.description = text
        self.value = quoted(value) + ',' + quoted(footprint)
        self.mpn = quoted(mpn)
        self.end = quoted(supplier) + ',' + quoted(sku.format(
            n=number, n4=number * 7 % 9999, n6=rng.randrange(10000, 999999),
            mpn=mpn))


def make_spellings(rng):
    pool = {}
    names = sorted({name for group in (PASSIVE, ACTIVE, CONNECTOR, LISTED,
                                       UNKNOWN) for name, _ in group})
    each = SPELLINGS // len(names) + 1
    for name in names:
        ways = sorted({spelt(name, rng) for _ in range(each * 3)})
        rng.shuffle(ways)
        pool[name] = ways[:each]
    return pool


def make_parts(rng):
    spellings = make_spellings(rng)
    shares = [kind[-1] for kind in KINDS]
    weights = [1 / (rank + 30) for rank in range(MPNS)]
    rare = {'listed': LISTED_SHARE * sum(weights),
            'unknown': UNKNOWN_SHARE * sum(weights)}
    parts = []
    for rank, weight in enumerate(weights):
        kind = rng.choices(KINDS, shares)[0]
        makers, share = kind[4], None
        if rank % 40 == 30:
            kind, makers, share = KINDS[3], LISTED, 'listed'
        elif rank % 40 == 10:
            makers, share = UNKNOWN, 'unknown'
        if share is not None:
            rare[share] -= weight
            if rare[share] < 0:
                makers = kind[4]
        parts.append(Part(kind, makers, rng, spellings))
    return parts, weights


def references(prefix, rng):
    count = rng.choice((2, 2, 2, 3, 4, 4, 6, 8, 12, 20))
    first = rng.randrange(1, 900)
    return count, '"' + ', '.join(
        f'{prefix}{first + i}' for i in range(count)) + '"'


def describe(part, descriptions, rng):
    text = part.description
    if len(descriptions) < DESCRIPTIONS:
        descriptions.add(text)
    elif text not in descriptions:
        text = 'SEE DRAWING'
    if rng.random() < QUOTED_NEWLINES:
        text += '\nNote: 5% "or better"'
    return quoted(text)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    count, path = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(SEED)
    parts, weights = make_parts(rng)
    sums, total = [], 0
    for weight in weights:
        total += weight
        sums.append(total)
    descriptions = set()
    with open(path, 'w', encoding='utf-8', newline='') as out:
        out.write(HEADER + '\n')
        for done in range(0, count, 10_000):
            size = min(10_000, count - done)
            chosen = rng.choices(parts, cum_weights=sums, k=size)
            for item, part in enumerate(chosen, done + 1):
                if rng.random() < QUOTED_REFERENCES:
                    quantity, names = references(part.prefix, rng)
                else:
                    quantity, names = 1, f'{part.prefix}{rng.randrange(1, 999)}'
                maker = rng.choice(part.makers)
                out.write(f'{item},{names},{quantity},{part.value},{maker},'
                          f'{part.mpn},{describe(part, descriptions, rng)},'
                          f'{part.end}\n')


if __name__ == '__main__':
    main()
