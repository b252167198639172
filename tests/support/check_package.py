#!/usr/bin/env python3
"""Do the packages work where nothing was built?

usage: check_package.py BUILD_FOLDER

Makes the .deb and the tarball, compares their checksums, unpacks both and runs
the program in them: the tarball's with nothing but its own libraries.
"""
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# What the kernel and the C library bring.
SYSTEM = ("linux-vdso", "ld-linux", "libc.so", "libm.so", "libdl.so",
          "libpthread.so", "librt.so")


def run(*words, **options):
    return subprocess.run(words, check=True, capture_output=True,
                          encoding="utf-8", **options).stdout


def checksum_fits(package):
    said = Path(f"{package}.sha256").read_text(encoding="utf-8").split()[0]
    return said == hashlib.sha256(package.read_bytes()).hexdigest()


def foreign_libraries(program):
    """Libraries that come from outside of the tarball."""
    home = program.resolve().parent.parent
    lines = run("ldd", str(program)).splitlines()
    return [line.strip() for line in lines
            if not line.strip().startswith(SYSTEM) and
            "/ld-linux" not in line and str(home) not in line]


def serves_with_its_own(program):
    """The server's library is loaded when it is needed: the tarball's too."""
    home = str(program.resolve().parent.parent)
    with subprocess.Popen([str(program), "serve", "--listen", "127.0.0.1:0"],
                          stdout=subprocess.PIPE, encoding="utf-8") as server:
        address = server.stdout.readline()
        maps = Path(f"/proc/{server.pid}/maps").read_text(encoding="utf-8")
        server.terminate()
    libraries = {line.split()[-1] for line in maps.splitlines()
                 if "libmicrohttpd" in line or "libgnutls" in line}
    return "http://" in address and libraries and all(
        name.startswith(home) for name in libraries)


def main(build):
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        run("cpack", "-B", folder, cwd=build)
        deb, = made.glob("*.deb")
        tarball, = made.glob("*.tar.gz")
        for package in (deb, tarball):
            if not checksum_fits(package):
                faults.append(f"{package.name}: its checksum is another's")
        run("dpkg-deb", "-x", str(deb), str(made / "deb"))
        (made / "tar").mkdir()
        run("tar", "-xzf", str(tarball), "-C", str(made / "tar"))
        unpacked, = (made / "tar").glob("*/bin/bomgate")
        for program in (made / "deb/usr/bin/bomgate", unpacked):
            if "bomgate" not in run(str(program), "--version"):
                faults.append(f"{program}: does not run")
            tool = program.parent.parent / "share/bomgate/base-report"
            if not os.access(tool, os.X_OK):
                faults.append(f"{tool}: is not there, or no program")
        faults += [f"{tarball.name}: takes {line}"
                   for line in foreign_libraries(unpacked)]
        if not serves_with_its_own(unpacked):
            faults.append(f"{tarball.name}: does not serve by itself")
        needed = run("dpkg-deb", "-f", str(deb), "Depends")
        faults += [f"{deb.name}: does not say that it needs {library}"
                   for library in ("libxlsxwriter", "libmicrohttpd12")
                   if library not in needed]
    for fault in faults:
        print(fault)
    print(f"2 packages checked, {len(faults)} problems")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
