#!/usr/bin/env python3
"""Measure the check against what else reads such a file; print a table.

usage: bench.py BOMGATE BENCH_RAW BENCH_READ FOLDER [LINES [ROUNDS]]

All programs run in turn, round by round, on one file, which is in the page
cache; each time is divided by that of libcsv in the same round. FOLDER keeps
the file for the next time.
"""
import os
import shutil
import statistics
import subprocess
import sys
import time

import callgrind

HERE = os.path.dirname(os.path.abspath(__file__))
COUNTED_LINES = 20_000  # callgrind is fifty times slower


class Subject:
    def __init__(self, name, command, counted=False):
        self.name = name
        self.command = command
        self.counted = counted  # its instructions are told, too
        self.ratios, self.cpu_ratios, self.peak = [], [], 0


def subjects_of(bomgate, raw, read):
    check = [bomgate, 'check', '--no-digest', '-p', 'cn-cii-operator',
             '--as-of', '2026-11-21', '-f', 'json']
    python = [sys.executable, os.path.join(HERE, 'match.py')]
    found = [
        Subject('read in blocks of 256 KiB', [raw, 'read']),
        Subject('`wc -l`', ['wc', '-l']),
        Subject('**libcsv, counting only**', [raw, 'libcsv'], True),
        Subject('bomgate, reading only', [read], True),
        Subject('**`bomgate check -f json`**', check, True),
        Subject('Python csv and a dict', python),
    ]
    if shutil.which('sqlite3'):
        found.append(Subject('`sqlite3` `.import`', ['sqlite3', ':memory:']))
    if shutil.which('mlr'):
        found.append(Subject('Miller `count`', ['mlr', '--icsv', '--ojson',
                                                'count']))
    return found


def command_line(subject, path):
    if subject.command[0] == 'sqlite3':
        return [*subject.command, f'.import --csv "{path}" bom',
                'select count(*) from bom']
    return [*subject.command, path]


def run(subject, path):
    """Seconds on the wall and of the processor."""
    start = time.monotonic()
    child = subprocess.Popen(command_line(subject, path),
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if child.returncode not in (0, 1):
        sys.exit(f'{subject.name} failed: {child.returncode}')
    subject.peak = max(subject.peak, usage.ru_maxrss)
    return wall, usage.ru_utime + usage.ru_stime


def make(folder, lines):
    path = os.path.join(folder, f'bom-{lines}.csv')
    if not os.path.exists(path):
        subprocess.run([sys.executable, os.path.join(HERE, 'make_bom.py'),
                        str(lines), path + '.part'], check=True)
        os.rename(path + '.part', path)
    return path


def measure(subjects, path, rounds):
    base = next(s for s in subjects if s.command[-1] == 'libcsv')
    for subject in subjects:
        run(subject, path)
    for done in range(rounds):
        times = {s.name: run(s, path) for s in subjects}
        for s in subjects:
            s.ratios.append(times[s.name][0] / times[base.name][0])
            s.cpu_ratios.append(times[s.name][1] / times[base.name][1])
        print(f'round {done + 1} of {rounds}', file=sys.stderr)


def instructions(subjects, folder):
    if not callgrind.is_there():
        return {}
    small, large = make(folder, COUNTED_LINES // 10), make(folder,
                                                          COUNTED_LINES)
    return {s.name: callgrind.per_byte(s.command, small, large)
            for s in subjects if s.counted}


def main():
    if len(sys.argv) not in (5, 6, 7):
        sys.exit(__doc__)
    folder = sys.argv[4]
    lines = int(sys.argv[5]) if len(sys.argv) > 5 else 1_000_000
    rounds = int(sys.argv[6]) if len(sys.argv) > 6 else 5
    os.makedirs(folder, exist_ok=True)
    path = make(folder, lines)
    subjects = subjects_of(*sys.argv[1:4])
    measure(subjects, path, rounds)
    counts = instructions(subjects, folder)
    size = os.path.getsize(path)
    print(f'{lines:,} lines, {size / 1e6:.0f} MB; times as ratios to libcsv, '
          f'{rounds} rounds; instructions a byte over {COUNTED_LINES:,} lines\n')
    print('| | min | median | max | processor, median | peak MiB | '
          'instructions a byte |')
    print('| --- | --- | --- | --- | --- | --- | --- |')
    for s in subjects:
        counted = f'{counts[s.name]:.1f}' if s.name in counts else ''
        print(f'| {s.name} | {min(s.ratios):.2f} | '
              f'{statistics.median(s.ratios):.2f} | {max(s.ratios):.2f} | '
              f'{statistics.median(s.cpu_ratios):.2f} | {s.peak / 1024:.0f} | '
              f'{counted} |')


if __name__ == '__main__':
    main()
