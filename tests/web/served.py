"""A `bomgate serve` that is started for a test, and what asks it.

Every answer is held against src/web/openapi.json, the schemas of schemas/ and
the headers that each must have.
"""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = Path(__file__).resolve().parents[2]
OPENAPI = json.loads((ROOT / "src/web/openapi.json").read_text("utf-8"))
METHODS = ("get", "post", "delete", "put", "patch")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
BOUNDARY = "-----bomgate-test"


def expect(what, is_so, shown=""):
    """Say what does not hold, and go on."""
    if not is_so:
        expect.faults.append(what)
        print(f"FAILED: {what} {shown}", flush=True)


expect.faults = []


# ---- what an answer must be like ----

def load_schemas():
    found = {}
    for path in (ROOT / "schemas").glob("*.schema.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        name = schema.get("properties", {}).get("schema", {}).get("const")
        if jsonschema is not None and name is not None:
            found[name] = jsonschema.Draft202012Validator(schema)
    return found


SCHEMAS = load_schemas()


def faults_of(document, schema):
    if jsonschema is None:
        return []
    whole = {**schema, "components": OPENAPI["components"]}
    validator = jsonschema.Draft202012Validator(whole)
    return [e.message[:200] for e in validator.iter_errors(document)]


def follow(value):
    """What a $ref of the document stands for."""
    while "$ref" in value:
        found = OPENAPI
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        value = found
    return value


def template_of(path):
    """The path of the document that fits; one without a parameter first."""
    for template in sorted(OPENAPI["paths"], key=lambda t: t.count("{")):
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            return template
    return None


def check_document(what, answer, schema):
    if "json" not in answer.type or "x-ndjson" in answer.type:
        return
    document = answer.json()
    expect(f"{what}: JSON as openapi.json says", not faults_of(document, schema),
           faults_of(document, schema))
    name = document.get("schema") if isinstance(document, dict) else None
    if name is not None:
        expect(f"{what}: {name} has a schema", name in SCHEMAS)
        faults = [e.message[:200] for e in SCHEMAS[name].iter_errors(document)]
        expect(f"{what}: as its schema", not faults, faults[:3])


def check_answer(method, path, answer):
    what = f"{method} {path[:60]} {answer.status}"
    for name, value in HEADERS.items():
        expect(f"{what}: {name}", answer.header(name) == value)
    policy = answer.header("Content-Security-Policy") or ""
    expect(f"{what}: a policy", policy.startswith("default-src 'none'"))
    template = template_of(path.split("?")[0])
    operation = "get" if method == "HEAD" else method.lower()
    if template is None or operation not in OPENAPI["paths"][template]:
        expect(f"{what}: refused", answer.status in (404, 405, 401, 403, 421))
        return
    told = OPENAPI["paths"][template][operation]["responses"]
    expect(f"{what}: the status stands in openapi.json",
           str(answer.status) in told)
    response = follow(told.get(str(answer.status), {}))
    kinds = response.get("content", {})
    expect(f"{what}: the type stands in openapi.json, {answer.type}",
           answer.type in kinds or not (kinds or answer.type))
    for name in response.get("headers", {}):
        expect(f"{what}: the header {name}", answer.header(name) is not None)
    if method != "HEAD" and answer.type in kinds:
        check_document(what, answer, kinds[answer.type]["schema"])


class Answer:
    """Of a request: its status, headers and all of its body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def header(self, name):
        return self.headers.get(name)

    @property
    def type(self):
        return (self.header("Content-Type") or "").split(";")[0]

    def json(self):
        return json.loads(self.body)

    @property
    def message(self):
        return self.json()["error"]["message"]


# ---- what is asked ----

def multipart(files=(), fields=()):
    """A form's body: files are pairs of name and content."""
    parts = []
    for name, value in fields:
        parts.append((f'name="{name}"'.encode(), value))
    for name, content in files:
        if isinstance(name, str):
            name = name.encode()
        parts.append((b'name="bom"; filename="' + name + b'"', content))
    body = b""
    for head, value in parts:
        if isinstance(value, str):
            value = value.encode()
        body += (b"--" + BOUNDARY.encode() + b"\r\nContent-Disposition: "
                 b"form-data; " + head + b"\r\n\r\n" + value + b"\r\n")
    return body + b"--" + BOUNDARY.encode() + b"--\r\n"


FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


class Server:
    """The program, serving; ends with the block."""

    def __init__(self, program, folder, *options, bound=None, env=None):
        self.temp = Path(folder) / f"temp{len(os.listdir(folder))}"
        self.temp.mkdir(exist_ok=True)
        self.log_path = self.temp.with_suffix(".log")
        self.told = ""
        if "--listen" not in options:
            options = ("--listen", "127.0.0.1:0", *options)
        self.command = [program, "serve", *options]
        self.environment = {**os.environ, "TMPDIR": str(self.temp),
                            **(env or {})}
        self.bound = bound
        self.token = None

    def __enter__(self):
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                self.command, stdout=subprocess.PIPE, stderr=log,
                env=self.environment, preexec_fn=self.bound)
        told = self.process.stdout.readline().decode()
        found = re.fullmatch(r"bomgate: http://(.*):(\d+)/\n", told)
        if found is None:
            raise SystemExit(f"no server: {told} {self.log}")
        self.port = int(found[2])
        self.told = f"{found[1]}:{found[2]}"
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.process.stdout.close()
        for word in ("Sanitizer", "runtime error"):
            expect(f"no {word} in the log", word not in self.log, self.log)

    def stop(self):
        """@return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            expect("SIGTERM ends the server", False)
            return self.process.wait()

    @property
    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    @property
    def alive(self):
        return self.process.poll() is None

    # -- requests --

    def plain(self, method, path, body=None, headers=None, port=None):
        connection = http.client.HTTPConnection(
            "127.0.0.1", port or self.port, timeout=120)
        headers = dict(headers or {})
        if self.token is not None and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            connection.request(method, path, body=body, headers=headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def ask(self, method, path, body=None, headers=None):
        answer = self.plain(method, path, body, headers)
        check_answer(method, path, answer)
        return answer

    def get(self, path, headers=None):
        return self.ask("GET", path, headers=headers)

    def check(self, files, fields=(), path="/api/check", headers=None):
        return self.ask("POST", path, multipart(files, fields),
                        {**FORM, **(headers or {})})

    def status(self, place):
        answer = self.get(place + "/status")
        if answer.status != 200:
            return None
        document = answer.json()
        schema = json.loads((ROOT / "schemas/bomgate-status.schema.json")
                            .read_text(encoding="utf-8"))
        faults = faults_of(document, schema)
        expect("a status is as its schema", not faults, faults)
        return document

    def wait(self, place, seconds=100):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status = self.status(place)
            if status is None or status["state"] != "running":
                return status
            time.sleep(0.05)
        expect("a check ends", False)
        return None

    def connect(self):
        link = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return link

    def head(self, path="/api/check", *lines, method="POST"):
        """A request's head as bytes."""
        own = [f"{method} {path} HTTP/1.1", f"Host: {self.told}",
               "Connection: close", *lines]
        return ("\r\n".join(own) + "\r\n\r\n").encode()

    def send(self, data, wait=True):
        """Send bytes as they are. @return what came back."""
        link = self.connect()
        try:
            link.sendall(data)
            return read_all(link) if wait else b""
        except OSError:
            return b""
        finally:
            link.close()

    # -- what it uses --

    def folders(self):
        """Of results and uploads that are there."""
        return [place for private in self.temp.glob("bomgate-serve-*")
                for place in private.iterdir()]

    def is_clean(self, seconds=10):
        """Whether no upload is left, soon."""
        end = time.monotonic() + seconds
        while self.folders() and time.monotonic() < end:
            time.sleep(0.05)
        return not self.folders()

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def kilobytes(self):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1])

    def children(self):
        path = f"/proc/{self.process.pid}/task"
        found = []
        for task in os.listdir(path):
            try:
                text = Path(f"{path}/{task}/children").read_text()
            except OSError:
                continue
            found += [int(pid) for pid in text.split()]
        return found

    def await_child(self, seconds=20):
        """@return the first program that runs."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.children()
            if found:
                return found[0]
            time.sleep(0.002)
        return None

    def is_idle(self, seconds=20):
        end = time.monotonic() + seconds
        while self.children() and time.monotonic() < end:
            time.sleep(0.05)
        return not self.children()

    def metrics(self):
        """Names and values, by the text format's own grammar."""
        values = {}
        for line in self.get("/metrics").body.decode().splitlines():
            if line.startswith("#"):
                expect(f"metrics: {line}",
                       re.match(r"# (HELP|TYPE) bomgate_\w+ \S", line))
                continue
            found = re.fullmatch(r'(bomgate_\w+(?:\{\w+="[^"]*"\})?) (\d+)',
                                 line)
            expect(f"metrics: {line}", found)
            if found:
                values[found[1]] = int(found[2])
        return values


def read_all(link):
    data = b""
    while True:
        piece = link.recv(65536)
        if not piece:
            return data
        data += piece
