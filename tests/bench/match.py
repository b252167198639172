#!/usr/bin/env python3
"""The least that a check in Python does: read with csv, look each maker up.

usage: match.py FILE
"""
import csv
import sys

LISTED = {'micron', 'micron technology', 'crucial', 'hikvision', 'huawei'}
FORMS = {'inc', 'corp', 'corporation', 'co', 'ltd', 'gmbh', 'ag', 's.a', 'llc',
         'limited', 'n.v', 'kk', '(va)'}


def normalised(name):
    words = name.casefold().replace(',', ' ').replace('-', ' ').split()
    words = [word.rstrip('.') for word in words]
    while words and words[-1] in FORMS:
        words.pop()
    return ' '.join(words)


def main():
    known, rows, hits = {}, 0, 0
    with open(sys.argv[1], encoding='utf-8', newline='') as file:
        reader = csv.reader(file)
        column = next(reader).index('Manufacturer')
        for row in reader:
            rows += 1
            name = row[column]
            hit = known.get(name)
            if hit is None:
                hit = known[name] = normalised(name) in LISTED
            hits += hit
    print(rows, 'rows,', hits, 'hits')


if __name__ == '__main__':
    main()
