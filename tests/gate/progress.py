#!/usr/bin/env python3
"""How far a long check has come, on a terminal and nowhere else.

usage: progress.py BOMGATE
"""
import os
import pty
import re
import subprocess
import sys
import tempfile
import threading
import time

HEAD = b"Refdes,Quantity,Manufacturer,MPN,Description\n"
ROW = b"R%d,1,Yageo,RC0402FR-0710KL,RES 10K OHM 1%% 1/16W 0402\n"
CLEAR = "\r\x1b[K"
HOW_FAR = re.compile(r"\d[\d,]* lines, (?:(\d+) %, )?\d[\d,]* lines/s"
                     r"(?:, (\d+) s left)?")
LINES = 500_000


def command(bomgate, path):
    return [bomgate, "check", path, "-p", "cn-cii-operator",
            "--as-of", "2026-11-21", "-f", "json"]


def read_all(end, into):
    try:
        while piece := os.read(end, 4096):
            into.append(piece)
    except OSError:
        pass  # the other end is closed


def on_terminal(words, feed):
    """What stands on the terminal; `feed` writes the input."""
    ours, theirs = pty.openpty()
    said = []
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=theirs,
                          stdout=subprocess.DEVNULL) as child:
        os.close(theirs)
        reader = threading.Thread(target=read_all, args=(ours, said))
        reader.start()
        feed(child.stdin)
        child.stdin.close()
        status = child.wait()
    reader.join()
    os.close(ours)
    return status, b"".join(said).decode()


def slowly(stdin):
    """With a longer pause than anybody waits through in silence."""
    rows = b"".join(ROW % i for i in range(3000))
    stdin.write(HEAD + rows)
    stdin.flush()
    time.sleep(1.5)
    for _ in range(4):
        stdin.write(rows)
        stdin.flush()
        time.sleep(0.3)


def check_pipe(bomgate):
    status, said = on_terminal(command(bomgate, "-"), slowly)
    told = list(HOW_FAR.finditer(said))
    return [
        ("a slow pipe is checked", status == 0),
        ("it is told how far that came", bool(told)),
        ("of what has no known end no share is told",
         all(found.group(1) is None for found in told)),
        ("nothing of it stays on the terminal",
         said.rsplit(CLEAR, 1)[-1].count("lines/s") == 0),
    ]


def check_file(bomgate, folder):
    path = os.path.join(folder, "long.csv")
    with open(path, "wb") as file:
        file.write(HEAD)
        file.writelines(ROW % i for i in range(LINES))
    begun = time.monotonic()
    status, said = on_terminal(command(bomgate, path), lambda stdin: None)
    seconds = time.monotonic() - begun
    told = [found for found in HOW_FAR.finditer(said)
            if found.group(1) and found.group(2)]
    silent = subprocess.run(command(bomgate, path), check=False,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return [
        ("a long file is checked", status == 0),
        # A fast machine is done before anybody would ask.
        ("its share and the time left are told", seconds < 2 or bool(told)),
        ("shares are of a hundred",
         all(0 <= int(found.group(1)) <= 100 for found in told)),
        ("where no terminal is nothing is told", silent.stderr == b""),
    ]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    bomgate = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        results = check_pipe(bomgate) + check_file(bomgate, folder)
    failed = [what for what, holds in results if not holds]
    for what in failed:
        print(f"not so: {what}")
    print(f"{len(results)} checks, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
