#!/usr/bin/env python3
"""Reading and checking a line may not cost more than was agreed, counted in
instructions, which are the same on a busy machine.

usage: check_instructions.py BOMGATE BENCH_READ CHECK_MAX READ_MAX
"""
import os
import subprocess
import sys
import tempfile

import callgrind

SMALL, LARGE = 500, 2000  # lines


def main():
    bomgate, bench_read = sys.argv[1:3]
    most = {'check': float(sys.argv[3]), 'read': float(sys.argv[4])}
    if not callgrind.is_there():
        print('skipped: valgrind is not installed')
        return 77
    maker = os.path.join(os.path.dirname(__file__), 'make_bom.py')
    commands = {
        'check': [bomgate, 'check', '--no-digest', '-p', 'cn-cii-operator',
                  '--as-of', '2026-11-21', '-f', 'json'],
        'read': [bench_read],
    }
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for lines in (SMALL, LARGE):
            files.append(os.path.join(folder, f'{lines}.csv'))
            subprocess.run([sys.executable, maker, str(lines), files[-1]],
                           check=True)
        for name, command in commands.items():
            cost = callgrind.per_byte(command, *files)
            too_much = cost > most[name]
            failed |= too_much
            print(f'{name}: {cost:.1f} instructions a byte, at most '
                  f'{most[name]:.0f}' + (': too many' if too_much else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
