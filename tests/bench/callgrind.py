"""User instructions of a command, counted by valgrind's callgrind."""
import os
import re
import shutil
import subprocess
import tempfile


def is_there():
    return shutil.which('valgrind') is not None


def count(command):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out')
        done = subprocess.run(
            ['valgrind', '--tool=callgrind', f'--callgrind-out-file={out}',
             *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode not in (0, 1):
            raise SystemExit(f'{command[0]} failed:\n'
                             + done.stderr.decode(errors='replace'))
        with open(out, encoding='utf-8', errors='replace') as file:
            return int(re.search(r'^(?:totals|summary): (\d+)', file.read(),
                                 re.M).group(1))


def per_byte(command, small, large):
    """What one more byte costs, start-up aside. The last argument of the
    command is the file."""
    more = os.path.getsize(large) - os.path.getsize(small)
    return (count([*command, large]) - count([*command, small])) / more
