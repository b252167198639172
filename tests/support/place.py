"""A folder that a test works in, with the program run there."""
import resource
import subprocess
from pathlib import Path


class Place:
    """What does not hold is printed at once and counted in `faults`."""

    def __init__(self, program, folder):
        self.program = str(Path(program).resolve())
        self.folder = Path(folder)
        self.faults = []

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def command(self, *words):
        return [self.program, *words]

    def run(self, *words, limit=None):
        """`limit`: the bytes that a file may grow to."""
        def bound():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return subprocess.run(self.command(*words), cwd=self.folder,
                              capture_output=True, encoding="utf-8",
                              check=False, preexec_fn=bound if limit else None)

    def expect(self, what, is_so):
        if not is_so:
            self.faults.append(what)
            print(f"FAILED: {what}")
