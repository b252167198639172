#!/usr/bin/env python3
"""Hold `bomgate serve` to what it promises. usage: serve.py PROGRAM

Its API, as openapi.json and the schemas say it; who may ask; limits; requests
that are broken, slow or cut off; many clients at once; a full disk; its end.
"""
import base64
import concurrent.futures
import contextlib
import json
import os
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import served
from served import (FORM, OPENAPI, ROOT, Server, expect, multipart,
                    read_all)

HEAD = "Reference,Qty,Manufacturer,MPN,Description\n"
BOARD = (HEAD + "U1,1,STMicroelectronics,STM32F405RGT6,MCU\n"
         "U2,1,MICRON TECH,MT41K256M16TW-107:P,DDR3L SDRAM\n"
         "R1 R2,2,Yageo,RC0402FR-0710KL,10k\n").encode()
ORANGECRAB = (ROOT / "sample-boms/orangecrab-r0.2.1.csv").read_bytes()
PROFILE = ("profile", "cn-cii-operator")
AS_OF = ("as_of", "2026-11-01")
FORMATS = {
    "json": ("report.json", "application/json"),
    "jsonl": ("report.jsonl", "application/x-ndjson"),
    "csv": ("report.csv", "text/csv"),
    "html": ("report.html", "text/html"),
    "markdown": ("report.md", "text/markdown"),
    "sarif": ("report.sarif", "application/sarif+json"),
    "junit": ("report.xml", "application/xml"),
    "xlsx": ("report.xlsx", "application/vnd.openxmlformats-officedocument."
             "spreadsheetml.sheet"),
    "cyclonedx": ("report.cdx.json", "application/vnd.cyclonedx+json"),
    "gitlab": ("report.gitlab.json", None),
    "text": ("report.txt", "text/plain"),
}
ASYNC = {"Prefer": "respond-async"}
IS_SANITIZED = False


def large_board(lines, folder):
    """A BOM of distinct parts, some of them of a listed maker."""
    path = Path(folder) / f"large{lines}.csv"
    if not path.exists():
        with open(path, "w", encoding="utf-8") as out:
            out.write(HEAD)
            for i in range(lines):
                maker = "MICRON TECH" if i % 100 == 0 else "Yageo"
                part = (f"MT41K{i}M16TW-107:P" if i % 100 == 0
                        else f"RC0402FR-07{i}KL")
                out.write(f"U{i},1,{maker},{part},part {i}\n")
    return path.read_bytes()


# ---- the document and the routes ----

def test_routes_stand_in_the_document():
    text = (ROOT / "src/web/routes.c").read_text(encoding="utf-8")
    routes = set(re.findall(r'\{"([A-Z]+)", "([^"]+)"', text))
    expect("routes.c is understood", len(routes) > 15)
    told = {(method.upper(), path) for path, item in OPENAPI["paths"].items()
            for method in item if method in served.METHODS}

    def fits(route, operation):
        plain = route[1].removesuffix("*")
        return route[0] == operation[0] and (
            operation[1].startswith(plain + "{") if plain != route[1]
            else operation[1] == plain)
    for route in sorted(routes):
        expect(f"{route} stands in openapi.json",
               any(fits(route, operation) for operation in told))
    for operation in sorted(told):
        expect(f"{operation} is a route",
               any(fits(route, operation) for route in routes))


def test_queries_stand_in_the_document():
    """What a route knows of a query is what is told of it, lang aside."""
    text = (ROOT / "src/web/routes.c").read_text(encoding="utf-8")
    routes = re.findall(
        r'\{"GET", "([^"]+)", \w+, \w+,\s*(?:NULL|"([^"]*)")\}', text)
    expect("routes.c is understood", len(routes) > 12)
    for path, names in routes:
        operation = OPENAPI["paths"].get(path, {}).get("get", {})
        told = {p["name"] for p in map(served.follow,
                                       operation.get("parameters", []))
                if p["in"] == "query"}
        expect(f"{path}: its query", set(names.split()) == told - {"lang"},
               (names, told))


def test_the_document_is_whole():
    text = json.dumps(OPENAPI)
    for kind, items in OPENAPI["components"].items():
        for name in items:
            used = f'"#/components/{kind}/{name}"' in text
            expect(f"{kind}/{name} is used", used or kind == "securitySchemes")
    for place in set(re.findall(r'"#(/components/[^"]+)"', text)):
        found = OPENAPI
        for step in place.strip("/").split("/"):
            found = found.get(step, {})
        expect(f"{place} is there", found)
    for path, item in OPENAPI["paths"].items():
        told = {p["name"] for operation in (item, *item.values())
                if isinstance(operation, dict)
                for p in map(served.follow, operation.get("parameters", []))
                if p["in"] == "path"}
        expect(f"{path}: its parameters",
               set(re.findall(r"\{(\w+)\}", path)) == told)
    status = OPENAPI["components"]["schemas"]["Status"]
    own = json.loads((ROOT / "schemas/bomgate-status.schema.json")
                     .read_text(encoding="utf-8"))
    expect("the status is the same in both",
           status["properties"] == own["properties"])


# ---- questions ----

def test_questions(server):
    ok = ["/", "/?lang=zh-CN", "/app.js", "/style.css", "/icon.svg",
          "/openapi.json", "/strings/en.json", "/strings/zh-CN.json",
          "/healthz", "/metrics", "/api/profiles", "/api/measures",
          "/api/explain?q=Micron", "/api/explain?q=MT41K256M16TW-107:P"
          "&profile=cn-cii-operator&activity=purchase&as_of=2026-11-01",
          "/api/explain?q=%E9%95%81%E5%85%89&lang=zh-CN",
          "/api/explain?q=--help", "/api/explain?q=%3Cscript%3E",
          "/api/alternatives?q=MT41K256M16TW-107:P&profile=cn-cii-operator"]
    for path in ok:
        answer = server.get(path)
        expect(f"GET {path}: 200", answer.status == 200, answer.body[:200])
        head = server.ask("HEAD", path)
        expect(f"HEAD {path}", head.status == 200 and head.body == b"" and
               head.header("Content-Length") == answer.header("Content-Length"))
    refused = {"/api/explain": 400, "/api/explain?q=": 400,
               "/api/explain?q=-": 400, "/api/alternatives": 400,
               "/api/explain?q=Micron&profile=nobody": 422,
               "/api/explain?q=Micron&as_of=yesterday": 422,
               "/api/explain?q=Micron&profil=us-any": 400,
               "/?x=1": 400, "/app.js?v=2": 400, "/healthz?": 200,
               "/api/history/runs": 404, "/api/history/where-used?q=a": 404,
               "/history": 404, "/audit": 404, "/strings/xx.json": 404,
               "/strings/": 404, "/results/": 404, "/nothing": 404,
               "/results/" + "0" * 32: 404, "/../../etc/passwd": 404,
               "/results/../x": 404, "/strings/../en.json": 404}
    for path, status in refused.items():
        answer = server.get(path)
        expect(f"GET {path}: {status}", answer.status == status, answer.status)
        if "json" in answer.type:
            expect(f"GET {path}: says why", len(answer.message) > 5)
    unknown = server.get("/api/explain?q=Micron&profil=us-any")
    expect("what is unknown is named", "profil" in unknown.message)
    for method, path in [("PUT", "/api/check"), ("GET", "/api/check"),
                         ("POST", "/"), ("DELETE", "/api/profiles")]:
        answer = server.ask(method, path)
        expect(f"{method} {path}: 405 and what may be done",
               answer.status == 405 and answer.header("Allow"))


def test_language(server):
    english = server.get("/").body.decode()
    chinese = server.get("/", {"Accept-Language": "fr, zh-CN;q=0.9"})
    expect("Accept-Language", 'lang="zh-CN"' in chinese.body.decode())
    expect("English else", '<html lang="en"' in english)
    answer = server.check([("b.csv", BOARD)], [("lang", "zh-CN")],
                          path="/api/check?format=markdown")
    expect("a report's language", "禁" in answer.body.decode())
    for accept, tag in [("en;q=0.5, zh-CN", "zh-CN"), ("zh;q=0, en", "en"),
                        ("zh-CN;q=0", "en"), ("fr, zh-TW;q=0.1", "zh-CN"),
                        ("zh-CN;q=0.8, en;q=0.9", "en")]:
        page = server.get("/", {"Accept-Language": accept}).body.decode()
        expect(f"Accept-Language: {accept}", f'<html lang="{tag}"' in page)


CHINESE = [("lang", "zh-CN")]


def said(answer):
    """What went wrong, and what was told beside a report."""
    document = answer.json()
    if "error" in document and isinstance(document["error"], dict):
        return [document["error"]["message"]]
    boms = document["boms"] if "boms" in document else [document]
    return [text for bom in boms for text in
            [bom.get("error") or "", *(d["message"] for d in
                                       bom["diagnostics"])] if text]


def test_faults_are_told_to_who_filled_in_a_form(server):
    """In the language that was asked for, and by the form's own words."""
    book = (ROOT / "sample-boms").glob("*.xlsx")
    book = next(book).read_bytes()
    files = {
        "empty.csv": b"", "blank.csv": b" \n \n", "a.pdf": b"%PDF-1.4\n",
        "a.zip": b"PK\x03\x04" + bytes(50), "cut.xlsx": book[:len(book) // 2],
        "no.csv": b"a,b\n1,2\n", "x.gz": b"\x1f\x8b\x08" + bytes(30),
        "old.xls": b"\xd0\xcf\x11\xe0" + bytes(600),
        "noise.bin": bytes(range(256)) * 20,
    }
    fields = {"as_of": "never", "map": "mpn", "profile": "nobody",
              "activity": "dance", "title": "t" * 300, "encoding": "EBCDIC-x"}
    asked = [([(name, content)], []) for name, content in files.items()]
    asked += [([("b.csv", BOARD)], [(name, value)])
              for name, value in fields.items()]
    asked += [([("b.csv", BOARD)], [("as_of", "2026-01-01")] * 2),
              ([("b.csv", BOARD)], [("map", "part=X")]),
              ([("b.csv", BOARD)], [("map", "mpn=Nothing")]),
              ([("b.xlsx", book)], [("sheet", "Nope")]),
              ([("b.csv", BOARD)], [("sheet", "Nope")])]
    for posted, values in asked:
        what = (posted[0][0], values)
        for path in ("/api/check", "/api/columns"):
            for lang in ([], CHINESE):
                answer = server.check(posted, values + lang, path)
                texts = said(answer)
                for text in texts:
                    expect(f"{path} {what}: no option", "--" not in text, text)
                    chinese = re.search("[一-鿿]", text) is not None
                    expect(f"{path} {what} {lang}: its language",
                           chinese == bool(lang), text)
                reading = values == [] or values[0][0] in ("map", "sheet",
                                                           "encoding")
                expect(f"{path} {what}: says why",
                       texts or (path == "/api/columns" and not reading))
    day = server.check([("b.csv", BOARD)], [("as_of", "never")])
    expect("the field is named", "as_of" in day.message and
           "never" in day.message, day.message)
    place = server.check([("b.csv", BOARD)], [("as_of", "never"), *CHINESE],
                         headers=ASYNC).header("Location")
    status = server.wait(place)
    expect("in the background too", re.search("[一-鿿]", status["message"]),
           status)
    server.ask("DELETE", place)
    for path in ("/api/explain?q=a&as_of=x", "/api/measures?as_of=x",
                 "/api/explain?q=a&category=x", "/api/explain?q=a&profile=x"):
        message = server.get(path + "&lang=zh-CN").message
        expect(f"{path}: in Chinese", re.search("[一-鿿]", message) and
               "--" not in message, message)


def test_who_goes_astray(server):
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
               "Accept-Language": "zh-CN"}
    page = server.get("/nope", browser)
    expect("a browser: a page", page.status == 404 and page.type == "text/html"
           and 'lang="zh-CN"' in page.body.decode())
    for headers in ({}, {"Accept": "*/*"}, {"Accept": "application/json"},
                    {"Accept": "text/html;q=0, */*"}):
        expect(f"a program, {headers}: JSON",
               server.get("/nope", headers).type == "application/json")


def test_nothing_could_be_read(server):
    """None of the files: 422; some of them: a report that is incomplete."""
    bad, good = ("a.pdf", b"%PDF-1.4\n"), ("b.csv", BOARD)
    one = server.check([bad], [PROFILE])
    expect("none: 422 with the report", one.status == 422 and
           "PDF" in one.json()["boms"][0]["error"] and
           one.header("Bomgate-Exit-Status") == "2", one.body[:300])
    expect("in any format", server.check([bad, bad], [PROFILE], headers={
        "Accept": "text/csv"}).status == 422)
    both = server.check([bad, good], [PROFILE])
    expect("one of two: 200", both.status == 200 and
           both.header("Bomgate-Exit-Status") == "2" and
           both.json()["complete"] is False)
    place = server.check([bad], [PROFILE], headers=ASYNC).header("Location")
    expect("a result that is kept is done", server.wait(place)["state"] ==
           "done" and server.get(place + "/report.json").status == 200)
    expect("its page says why", b"PDF" in server.get(place).body)
    server.ask("DELETE", place)

# ---- uploads ----

def test_uploads(server):
    fields = [PROFILE, AS_OF]
    query = "profile=cn-cii-operator&as_of=2026-11-01&name=board.csv"
    one = server.check([("board.csv", BOARD)], fields)
    expect("a form", one.status == 200 and one.json()["counts"]["prohibited"]
           == 1, one.body[:300])
    expect("its exit status", one.header("Bomgate-Exit-Status") == "1")
    for kind in (None, "text/csv", "application/octet-stream",
                 "application/x-www-form-urlencoded"):
        raw = server.ask("POST", f"/api/check?{query}", BOARD,
                         {"Content-Type": kind} if kind else {})
        expect(f"a file as it is, {kind}", raw.body == one.body, raw.body[:300])
    unnamed = server.check([("", BOARD)], fields).json()
    expect("a file without a name", unnamed["boms"][0]["path"] == "bom")
    pasted = server.check([], [*fields, ("bom", BOARD)]).json()
    expect("a text as a file", len(pasted["boms"]) == 1)
    both = server.check([("a.csv", BOARD), ("b.csv", ORANGECRAB)], fields)
    expect("two files", [b["path"] for b in both.json()["boms"]] ==
           ["a.csv", "b.csv"])
    same = server.check([("a.csv", BOARD), ("a.csv", BOARD), ("x/a.csv", BOARD)],
                        fields).json()
    expect("one name three times", [b["path"] for b in same["boms"]] ==
           ["a.csv", "2-a.csv", "3-a.csv"], same["boms"])
    for path in sorted((ROOT / "sample-boms").iterdir()):
        if path.suffix in (".csv", ".xlsx", ".xls"):
            answer = server.check([(path.name, path.read_bytes())], fields)
            expect(f"{path.name}: its lines", answer.status == 200 and
                   answer.json()["boms"][0]["lines"] > 10)
    expect("no upload is left", server.is_clean())


def test_names(server):
    names = {"../../x.csv": "x.csv", ".bomgate.yaml": "_bomgate.yaml",
             ".bomgate-waivers.yaml": "_bomgate-waivers.yaml",
             "-": "_", "..": "_.", "/etc/passwd": "passwd",
             "C:\\boards\\a.csv": "a.csv", "板卡.csv": "板卡.csv",
             "--output=x.csv": "_-output=x.csv", ".git": "_git",
             "a" * 3000 + ".csv": "a" * 176 + ".csv",
             "<img src=x>.csv": "<img src=x>.csv"}
    for name, kept in names.items():
        answer = server.check([(name, BOARD)], [PROFILE, AS_OF])
        expect(f"the name {name[:40]}", answer.status == 200 and
               answer.json()["boms"][0]["path"] == kept, answer.body[:300])
    for name in (b"b\xff\xfe.csv", b"\xe6\x9d.csv", b"a\x01b.csv"):
        answer = server.check([(name, BOARD)], [PROFILE, AS_OF])
        expect(f"the name {name}", answer.status == 200)
    config = server.check([(".bomgate.yaml", b"no-fail: true\nfail-on: x\n"),
                           ("b.csv", BOARD)], [PROFILE])
    expect("no upload is a setting", config.header("Bomgate-Exit-Status") ==
           "2", config.body[:200])


def test_refused_uploads(server):
    board = [("b.csv", BOARD)]
    cases = [
        ("no file", [], [PROFILE], 400), ("no name of a field", board,
                                          [("profil", "x")], 400),
        ("an unknown profile", board, [("profile", "nobody")], 422),
        ("no day", board, [("as_of", "2026-13-01")], 422),
        ("no map", board, [("map", "nothing")], 422),
        ("an empty file", [("e.csv", b"")], [PROFILE], 422),
        ("no BOM", [("x.csv", os.urandom(5000))], [PROFILE], 422),
        ("no lines", [("e.csv", HEAD.encode())], [PROFILE], 200),
        ("a long field", board, [("title", "t" * 5000)], 413),
        ("a long name of a field", board, [("t" * 5000, "x")], 413),
        ("many fields", board, [("map", "mpn=MPN")] * 2100, 413),
        ("much text", board, [("map", "m" * 4000)] * 80, 413),
        ("many files", [("a.csv", b"x")] * 201, [], 413),
    ]
    for what, files, fields, status in cases:
        answer = server.check(files, fields)
        expect(f"{what}: {status}", answer.status == status,
               f"{answer.status} {answer.body[:200]}")
        if answer.status == 200:
            expect(f"{what}: no answer", answer.json()["counts"] is not None
                   and answer.header("Bomgate-Exit-Status") in "23",
                   answer.body[:400])
        else:
            expect(f"{what}: says why", len(said(answer)[0]) > 5)
    hostile = server.check(board, [("<script>", "x")], path="/check")
    expect("a page escapes what was sent", hostile.status == 400 and
           b"<script>\xe2" not in hostile.body and
           b"&lt;script&gt;" in hostile.body)
    two = server.check(board * 2, path="/api/columns")
    expect("columns of two files: 400", two.status == 400)
    for path in ("/check", "/api/check", "/api/columns"):
        broken = server.ask("POST", path, b"--x\r\nnothing", {
            "Content-Type": "multipart/form-data"})
        expect(f"{path}: a form without a boundary", broken.status == 400)
        cut = server.ask("POST", path, multipart(board)[:-40], FORM)
        expect(f"{path}: a form that breaks off", cut.status == 400,
               cut.status)
    expect("no upload is left", server.is_clean())


def test_columns(server):
    answer = server.check([("b.csv", ORANGECRAB)], path="/api/columns")
    expect("columns", answer.status == 200 and answer.json()["columns"],
           answer.body[:300])
    header = "Part;Anzahl;Werkstoff\nSTM32F405RGT6;1;ST\n".encode()
    answer = server.check([("b.csv", header)], [("map", "mpn=Part"),
                                                ("map", "manufacturer="
                                                 "Werkstoff")],
                          path="/api/columns")
    columns = answer.json()["columns"]
    expect("columns that are told", columns["mpn"][0]["header"] == "Part" and
           columns["manufacturer"][0]["header"] == "Werkstoff", columns)
    answer = server.check([("b.csv", header)], [("map.1", "mpn=Part")],
                          path="/api/columns")
    expect("a column of that file", answer.json()["columns"]["mpn"][0]["why"]
           == "--map", answer.body[:300])
    expect("headers and rows as they stand", answer.json()["headers"] ==
           ["Part", "Anzahl", "Werkstoff"] and answer.json()["rows"] ==
           [["STM32F405RGT6", "1", "ST"]], answer.body[-300:])


def test_files_of_their_own(server):
    files = [("a.csv", b"Who,What\nMicron,MT41K256M16TW-107:P\n"),
             ("a.csv", b"Who,What\nMT41K256M16TW-107:P,Micron\n")]
    answer = server.check(files, [PROFILE, AS_OF, ("map.1", "mpn=What"),
                                  ("map.1", "manufacturer=Who"),
                                  ("map.2", "mpn=Who"),
                                  ("map.2", "manufacturer=What"),
                                  ("encoding.2", "UTF-8")])
    expect("columns of each file", answer.status == 200 and
           [bom["columns"]["mpn"][0]["header"] for bom in answer.json()["boms"]]
           == ["What", "Who"], answer.body[:400])
    expect("findings of each file", answer.json()["counts"]["prohibited"] == 2,
           answer.json()["counts"])
    answer = server.check(files[:1], [("map.1", "mpn=a.csv:mpn=What")])
    expect("a header may look like a file's field", answer.status == 422 and
           b"a.csv:mpn=What" in answer.body, answer.body[:300])
    for field in ("map.0", "map.3", "map.", "map.01", "sheet.x", "map.1.1",
                  "title.1", "map.18446744073709551617", "map.-1"):
        expect(f"no file for {field}: 400",
               server.check(files, [(field, "x")]).status == 400)


def test_same_as_the_program(server, folder):
    """The bytes of every report are those that `bomgate check` writes."""
    own = Path(folder) / "own"
    own.mkdir()
    (own / "board.csv").write_bytes(ORANGECRAB)
    words = ["check", "board.csv", "--profile=cn-cii-operator",
             "--as-of=2026-11-01", "--product=OrangeCrab", "--lang=zh-CN"]
    words += [f"--output={name}={file}" for name, (file, _) in FORMATS.items()]
    subprocess.run([server.command[0], *words], cwd=own, check=False,
                   stdout=subprocess.DEVNULL)
    fields = [PROFILE, AS_OF, ("product", "OrangeCrab"), ("lang", "zh-CN")]
    for name, (file, kind) in FORMATS.items():
        asked = [(f"/api/check?format={name}", {})]
        if kind is not None:
            asked.append(("/api/check", {"Accept": kind}))
            asked.append(("/api/check", {
                "Accept": f"x/y, {kind};q=0.5, */*;q=0.1"}))
        for path, headers in asked:
            answer = server.check([("board.csv", ORANGECRAB)], fields, path,
                                  headers)
            expect(f"{name}: its type", answer.status == 200 and
                   kind in (None, answer.type))
            wanted = (own / file).read_bytes()
            same = same_report(name, answer.body, wanted)
            expect(f"{name}: as the program's", same)
    for accept, kind in [("text/csv;q=0.5, */*", "application/json"),
                         ("text/csv;q=0.5, text/html;q=0.7", "text/html"),
                         ("text/html, text/csv", "text/html"),
                         ("application/json;q=0, text/csv;q=0.1", "text/csv")]:
        answer = server.check([("b.csv", BOARD)], fields,
                              headers={"Accept": accept})
        expect(f"Accept: {accept}", answer.type == kind, answer.type)
    answer = server.check([("b.csv", BOARD)], [*fields, ("format", "csv")],
                          headers={"Accept": "application/json"})
    expect("a field says the format", answer.type == "text/csv", answer.type)
    answer = server.check([("b.csv", BOARD)], [*fields, ("format", "docx")])
    expect("no such format: 406", answer.status == 406)
    for headers, path in [({"Accept": "image/png"}, "/api/check"),
                          ({"Accept": "application/json;q=0"}, "/api/check"),
                          ({}, "/api/check?format=docx"),
                          ({}, "/api/check?format=github")]:
        answer = server.check([("b.csv", BOARD)], fields, path, headers)
        expect("no such report: 406", answer.status == 406)


def same_report(name, given, wanted):
    """These two say when they were made."""
    if name in ("cyclonedx", "xlsx"):
        return abs(len(given) - len(wanted)) < 200
    return given == wanted


# ---- results ----

def test_form_without_script(server):
    answer = server.check([("b.csv", BOARD)], [PROFILE, ("lang", "zh-CN")],
                          path="/check")
    place = answer.header("Location") or ""
    expect("the form leads to a result", answer.status == 303 and
           re.fullmatch(r"/results/[0-9a-f]{32}\?lang=zh-CN", place), place)
    page = server.get(place)
    expect("the result's page", page.status == 200 and
           "MT41K256M16TW-107:P" in page.body.decode())
    bad = server.check([], [PROFILE], path="/check")
    expect("no file: a page", bad.status == 400 and bad.type == "text/html")
    empty = server.check([("e.csv", b"")], [("as_of", "x")], path="/check")
    page = server.get(empty.header("Location"))
    expect("what failed has a page", page.status == 200)
    for where in (place, empty.header("Location")):
        server.ask("DELETE", where.split("?")[0])
    expect("results are forgotten", server.is_clean())


def test_result_life(server):
    big = large_board(3000, server.temp.parent)
    answer = server.check([("big.csv", big)], [PROFILE], headers=ASYNC)
    place = answer.header("Location")
    expect("202", answer.status == 202 and answer.json()["result"] == place)
    status = server.status(place)
    expect("it runs", status["state"] == "running" and status["files"] == [] and
           status["exit_status"] is None)
    expect("its page says so", b"running" in server.get(place).body)
    expect("no report yet", server.get(place + "/report.json").status == 404)
    status = server.wait(place)
    expect("it is done", status["state"] == "done" and
           status["exit_status"] == 1, status)
    expect("all reports", {f["format"] for f in status["files"]} ==
           set(FORMATS))
    for file in status["files"]:
        report = server.get(f"{place}/{file['name']}")
        expect(f"{file['name']}: whole", report.status == 200 and
               len(report.body) == file["bytes"])
        head = server.ask("HEAD", f"{place}/{file['name']}")
        expect(f"{file['name']}: HEAD", head.header("Content-Length") ==
               str(file["bytes"]))
    html = server.get(place + "/report.html")
    expect("a report is a page by itself", "sandbox" in
           html.header("Content-Security-Policy"))
    for path in ("/nothing", "/../x", "/boms", "/messages", "/summary",
                 "/report.github", "/extract.jsonl"):
        expect(f"{path}: nothing", server.get(place + path).status == 404)
    uploads = [p for f in server.folders() for p in f.glob("boms")]
    expect("the upload is gone", not uploads, uploads)
    other = place[:-1] + ("0" if place[-1] != "0" else "1")
    expect("another name: 404", server.get(other).status == 404)
    expect("DELETE of no report", server.ask("DELETE", place + "/report.json")
           .status in (404, 405))
    expect("204", server.ask("DELETE", place).status == 204)
    for path in ("", "/status", "/report.json"):
        expect(f"{path}: gone", server.get(place + path).status == 404)
    expect("DELETE again: 404", server.ask("DELETE", place).status == 404)
    expect("its folder is gone", server.is_clean())


def test_page_of_many_findings(server):
    """It shows the worst, wherever they stand, and is quick."""
    rows = [f"U{i},1,Nobody Knows {i},X{i}Q,part {i}\n" for i in range(3000)]
    rows.append("U9999,1,MICRON TECH,MT41K256M16TW-107:P,DDR3L SDRAM\n")
    place = server.check([("b.csv", (HEAD + "".join(rows)).encode())],
                         [PROFILE], headers=ASYNC).header("Location")
    server.wait(place)
    times = []
    for lang, told in [("en", "The worst of 3001 "), ("zh-CN", "3001 条")]:
        begun = time.monotonic()
        page = server.get(f"{place}?lang={lang}").body.decode()
        times.append(time.monotonic() - begun)
        rows = page.split("<tr>")[2:]
        expect("200 of them", len(rows) == 200, len(rows))
        expect("the worst first", "MT41K256M16TW-107:P" in rows[0], rows[0])
        expect("how many there are", told in page)
    expect("quick", min(times) < 0.5 or IS_SANITIZED, times)
    server.ask("DELETE", place)


def test_progress(server):
    large = large_board(20000, server.temp.parent)
    place = server.check([("b.csv", large)], headers=ASYNC).header("Location")
    begun, seen = time.monotonic(), [0]
    while (status := server.status(place))["state"] == "running":
        seen.append(status["lines"])
        time.sleep(0.1)
    took = time.monotonic() - begun
    expect("lines are counted as they are read", seen == sorted(seen) and
           (seen[-1] > 0 or took < 0.5), (took, seen))
    expect("it is done", status["state"] == "done", status)
    server.ask("DELETE", place)


def test_forget_while_it_runs(server):
    big = large_board(3000, server.temp.parent)
    place = server.check([("big.csv", big)], headers=ASYNC).header("Location")
    expect("204", server.ask("DELETE", place).status == 204)
    expect("404 at once", server.get(place + "/status").status == 404)
    expect("its folder goes", server.is_clean(60))
    place = server.check([("big.csv", big)], headers=ASYNC).header("Location")
    os.kill(server.await_child(), signal.SIGSTOP)
    expect("204", server.ask("DELETE", place).status == 204)
    expect("its program is ended", server.is_idle(3))
    expect("its folder goes", server.is_clean(5))
    bad = server.check([("b.csv", BOARD)], [("as_of", "never")], headers=ASYNC)
    status = server.wait(bad.header("Location"))
    expect("what failed says why", status["state"] == "failed" and
           len(status["message"]) > 5 and status["exit_status"] is None,
           status)
    server.ask("DELETE", bad.header("Location"))


# ---- who may ask ----

def test_guard(server):
    port = server.port
    ours = [f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}",
            "localhost", "LOCALHOST:1"]
    for host in ours:
        answer = server.ask("GET", "/healthz", headers={"Host": host})
        expect(f"Host {host}", answer.status == 200)
    for host in ["evil.example", f"evil.example:{port}", "127.0.0.1.nip.io",
                 "localhost.evil.example", "10.0.0.1", "", "127.0.0.1@evil"]:
        for path in ("/", "/healthz", "/api/profiles"):
            answer = server.ask("GET", path, headers={"Host": host})
            expect(f"Host {host}: 421", answer.status in (421, 400),
                   answer.status)
    own = f"http://127.0.0.1:{port}"
    fine = [{}, {"Origin": own}, {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"}]
    bad = [{"Origin": "http://evil.example"}, {"Origin": "null"},
           {"Origin": f"http://localhost:{port}"},
           {"Origin": f"http://127.0.0.1:{port + 1}"},
           {"Origin": "http://127.0.0.1"}, {"Origin": f"{own}.evil.example"},
           {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
           {"Origin": own, "Sec-Fetch-Site": "cross-site"}]
    for path in ("/api/check", "/api/columns", "/check"):
        for headers in fine:
            answer = server.check([("b.csv", BOARD)], [], path, headers)
            expect(f"{path} {headers}", answer.status in (200, 303))
            if answer.status == 303:
                server.ask("DELETE", answer.header("Location").split("?")[0])
        for headers in bad:
            answer = server.check([("b.csv", BOARD)], [], path, headers)
            expect(f"{path} {headers}: 403", answer.status == 403)
    for headers in bad:
        answer = server.ask("DELETE", "/results/" + "0" * 32, headers=headers)
        expect(f"DELETE {headers}: 403", answer.status == 403)


def test_token(program, folder):
    token = "0123456789abcdef0123"
    path = Path(folder) / "token"
    path.write_text(token + "\n", encoding="utf-8")

    def basic(password):
        text = base64.b64encode(f"me:{password}".encode()).decode()
        return {"Authorization": f"Basic {text}"}
    with Server(program, folder, "--token-file", str(path), "--host",
                "boms.example") as server:
        good = [{"Authorization": f"Bearer {token}"}, basic(token)]
        bad = [{}, {"Authorization": "Bearer "}, basic(""), basic("x"),
               {"Authorization": f"Bearer {token}x"},
               {"Authorization": f"Bearer {token[:-1]}"},
               {"Authorization": f"Bearer {token[:-1]}x"},
               {"Authorization": token}, {"Authorization": "Basic ???"},
               {"Authorization": "Basic"}]
        for headers in good:
            for where in ("/", "/metrics", "/api/profiles"):
                expect("the token", server.get(where, headers).status == 200)
        for headers in bad:
            for where in ("/", "/metrics", "/api/profiles", "/openapi.json"):
                expect(f"{headers}: 401",
                       server.get(where, headers).status == 401)
            answer = server.check([("b.csv", BOARD)], headers=headers)
            expect(f"{headers}: 401", answer.status == 401)
        expect("healthz needs none", server.get("/healthz").status == 200)
        named = server.get("/healthz", {"Host": "boms.example"})
        expect("--host", named.status == 200)
        expect("the token is not in the log", token not in server.log)
    for text in ("short", "", "\n" + token):
        path.write_text(text, encoding="utf-8")
        expect("a token that is too short is refused",
               refused(program, "--token-file", str(path), "--listen",
                       "127.0.0.1:0"))
    expect("no token file is refused",
           refused(program, "--token-file", str(path) + "x"))


def refused(program, *words):
    """@return whether the server says why it does not start."""
    done = subprocess.run([program, "serve", *words], capture_output=True,
                          timeout=20, check=False)
    return done.returncode == 2 and len(done.stderr) > 20


def test_listen(program, folder):
    for listen in ("0.0.0.0:0", "[::]:0", ":0"):
        expect(f"{listen} alone is refused", refused(program, "--listen",
                                                     listen))
    for listen in ("x", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x", ""):
        expect(f"{listen} is refused", refused(program, "--listen", listen))
    for option in (["--keep", "0"], ["--max-upload", "-1"], ["--max-seconds",
                   "x"], ["board.csv"], ["--nothing"]):
        expect(f"{option} is refused", refused(program, *option))
    with Server(program, folder, "--listen", "0.0.0.0:0", "--behind-proxy",
                "--host", "boms.example") as server:
        answer = server.get("/healthz", {"Host": "boms.example"})
        expect("behind a proxy", answer.status == 200)
        expect("only by its names", server.get("/healthz").status == 421)
        expect("the port is taken",
               refused(program, "--listen", f"127.0.0.1:{server.port}"))


# ---- limits ----

def while_it_stands(server, ask):
    """Ask for something, and stop the program that is to answer."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(ask()))
    thread.start()
    child = server.await_child()
    if child is not None:
        os.kill(child, signal.SIGSTOP)
    thread.join()
    return answers[0]


def test_limits(program, folder):
    with Server(program, folder, "--max-upload", "1", "--max-seconds", "1"
                ) as server:
        large = b"x" * (1 << 20)
        told = server.send(server.head("/api/check", "Content-Length: 99999999"
                                       ) + b"x" * 100)
        expect("too large, as told: 413", told.startswith(b"HTTP/1.1 413"),
               told[:100])
        body = b"100000\r\n" + large + b"\r\n1\r\nx\r\n0\r\n\r\n"
        got = server.send(server.head("/api/check",
                                      "Transfer-Encoding: chunked") + body)
        expect("too large, in chunks: 413", got.startswith(b"HTTP/1.1 413"),
               got[:100])
        got = server.send(server.head("/api/check", "Content-Length: 1500000",
                                      "Expect: 100-continue"))
        expect("too large, told when it asks: 413",
               got.startswith(b"HTTP/1.1 413"), got[:100])
        got = server.send(server.head("/api/check?name=b.csv",
                                      f"Content-Length: {len(BOARD)}",
                                      "Expect: 100-continue") + BOARD)
        expect("who asks may go on", got.startswith(b"HTTP/1.1 100") and
               b"HTTP/1.1 200" in got, got[:100])
        server.send(server.head("/api/check", "Transfer-Encoding: chunked") +
                    b"100000\r\n" + large + b"\r\n" + b"100000\r\n" + large +
                    b"\r\n" + b"100000\r\n" + large)
        answer = server.check([("b.csv", b"x" * (1 << 20))])
        expect("a form that is too large: 413", answer.status == 413)
        page = server.check([("b.csv", b"x" * (1 << 20))], path="/check")
        expect("as a page", page.status == 413 and page.type == "text/html")
        expect("no upload is left", server.is_clean())
        late = while_it_stands(server, lambda: server.check(
            [("b.csv", large_board(5000, folder))]))
        expect("too slow a check is given up", late.status == 422 and
               "too long" in late.message, late.body[:200])
        expect("and removed", server.is_clean())
        head = server.send(server.head("/", "X: " + "y" * 100000,
                                       method="GET"))
        expect("a large head is refused", head == b"" or
               b" 4" in head.split(b"\r\n")[0], head[:80])
        path = server.send(server.head("/api/explain?q=" + "y" * 100000,
                                       method="GET"))
        expect("a long path is refused", path == b"" or
               b" 4" in path.split(b"\r\n")[0], path[:80])
        expect("it lives", server.get("/healthz").status == 200)


class Slow(threading.Thread):
    """A client that sends something, then a byte now and then, until it is cut
    off."""

    def __init__(self, server, first, rest=b"", pause=60):
        super().__init__(daemon=True)
        self.server, self.first, self.rest = server, first, rest
        self.pause, self.lasted = pause, None
        self.start()

    def run(self):
        link, begun = self.server.connect(), time.monotonic()
        link.settimeout(self.pause)
        with contextlib.suppress(OSError):
            link.sendall(self.first)
            for byte in self.rest or b"\n":
                try:
                    if link.recv(1000) == b"":
                        self.lasted = time.monotonic() - begun
                        break
                except TimeoutError:
                    link.sendall(bytes([byte]))
                except ConnectionError:
                    self.lasted = time.monotonic() - begun
                    break
        if self.lasted is None and time.monotonic() - begun < self.pause:
            self.lasted = time.monotonic() - begun
        link.close()


def begin_slow(server):
    """They take half a minute; other tests go on meanwhile."""
    head = server.head("/api/check", "Content-Length: 1000000")
    return {
        "a head, dripped": (Slow(server, b"", head, 0.5), 15, 30),
        "half a head": (Slow(server, head[:20]), 15, 30),
        "nothing": (Slow(server, b""), 15, 30),
        "no body": (Slow(server, head), 25, 45),
    }


def end_slow(slow):
    for what, (client, least, most) in slow.items():
        client.join(70)
        expect(f"{what}: cut off", client.lasted is not None and
               least < client.lasted < most, client.lasted)


def test_slow_uploads(program, folder):
    """One that drips is cut in time, whatever it sends."""
    with Server(program, folder, "--upload-seconds", "3") as server:
        head = server.head("/api/check", "Content-Length: 1000000")
        slow = Slow(server, head, b"x" * 100, 0.2)
        whole = server.check([("b.csv", BOARD)], [PROFILE])
        expect("others are served", whole.status == 200)
        slow.join(30)
        expect("it is cut off", slow.lasted is not None and
               2 < slow.lasted < 8, slow.lasted)
        expect("nothing is left", server.is_clean())


def test_crowd(program, folder):
    """Clients that do nothing, or next to nothing, keep nobody out."""
    with Server(program, folder, "--max-connections", "16") as server:
        drip = server.head("/api/check", "Content-Length: 1000000")
        idle = [server.connect() for _ in range(400)]
        begun = time.monotonic()
        answer = server.check([("b.csv", BOARD)], [PROFILE])
        expect("who asks is served, though many do not",
               answer.status == 200 and time.monotonic() - begun < 10,
               time.monotonic() - begun)
        for link in idle:
            link.close()
        slow = []
        for _ in range(16):
            slow.append(server.connect())
            slow[-1].sendall(drip + b"x")
        time.sleep(6)  # who has just begun is not slow yet
        begun = time.monotonic()
        answer = server.check([("b.csv", BOARD)], [PROFILE])
        expect("though many send next to nothing", answer.status == 200 and
               time.monotonic() - begun < 5, time.monotonic() - begun)
        for link in slow:
            link.close()
        expect("nothing is left", server.is_clean())


# ---- broken requests ----

def broken(server, chance):
    """One request that is wrong in some way."""
    form = multipart([("b.csv", BOARD)], [PROFILE])
    whole = server.head("/api/check", f"Content-Length: {len(form)}",
                        f"Content-Type: {FORM['Content-Type']}") + form
    at = chance.randrange(1, len(whole))
    noise = bytes(chance.randrange(256) for _ in range(chance.randrange(300)))
    kind = chance.randrange(10)
    if kind < 4:
        return whole[:at]
    if kind == 4:
        return whole[:at] + noise + whole[at:]
    if kind == 5:
        return noise + b"\r\n\r\n"
    if kind == 6:
        return whole[:at] + whole[at + chance.randrange(1, 60):]
    if kind == 7:
        return whole + noise + whole[:at]
    if kind == 8:
        return server.head("/api/check", "Transfer-Encoding: chunked",
                           f"Content-Type: {FORM['Content-Type']}"
                           ) + b"%x\r\n" % chance.randrange(1 << 40) + form
    return server.head("/api/check", f"Content-Length: {len(form)}",
                       f"Content-Length: {at}",
                       f"Content-Type: {FORM['Content-Type']}") + form


def send_broken(server, seed):
    chance = random.Random(seed)
    data = broken(server, chance)
    link = server.connect()
    link.settimeout(30)
    with contextlib.suppress(OSError):
        for begin in range(0, len(data), 400):
            link.sendall(data[begin:begin + 400])
        how = chance.randrange(3)
        if how == 0:
            link.shutdown(socket.SHUT_WR)
            read_all(link)
        elif how == 1:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            b"\1\0\0\0\0\0\0\0")
    link.close()


def test_broken_requests(server):
    for seed in range(40):
        send_broken(server, seed)
    server.is_idle()
    before, memory = server.descriptors(), server.kilobytes()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda seed: send_broken(server, seed), range(40, 1040)))
    expect("it lives", server.alive and server.get("/healthz").status == 200)
    expect("nothing runs on", server.is_idle())
    expect("no upload is left", server.is_clean())
    time.sleep(1)
    expect("no descriptor is left", server.descriptors() <= before + 4,
           (before, server.descriptors()))
    grown = server.kilobytes() - memory
    expect("memory is bounded", grown < 30000 or IS_SANITIZED, grown)
    answer = server.check([("b.csv", BOARD)], [PROFILE])
    expect("it checks", answer.status == 200)


# ---- many at once ----

def test_load(program, folder):
    large = large_board(50000, folder)
    samples = [(p.name, p.read_bytes())
               for p in sorted((ROOT / "sample-boms").iterdir())
               if p.suffix in (".csv", ".xlsx", ".xls")]
    with Server(program, folder) as server:
        server.check([("b.csv", BOARD)])
        before = server.descriptors()
        begun = server.kilobytes()

        def client(i):
            file = ("large.csv", large) if i == 0 else samples[i % len(samples)]
            answers = []
            for _ in range(1 if i == 0 else 3):
                answers.append(server.check([file], [PROFILE]))
                answers.append(server.get("/"))
            return answers
        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            answers = sum(pool.map(client, range(32)), [])
        expect("32 clients: no error", {a.status for a in answers} == {200},
               [a.status for a in answers])
        checked = [a.json() for a in answers[0::2]]
        expect("the large one is whole",
               checked[0]["boms"][0]["lines"] == 50000)
        peak = re.search(r"VmHWM:\s+(\d+)", Path(
            f"/proc/{server.process.pid}/status").read_text())
        grown = int(peak[1]) - begun
        expect("memory is bounded", grown < 150000 or IS_SANITIZED, grown)
        expect("nothing is left", server.is_clean())
        time.sleep(1)
        expect("no descriptor is left", server.descriptors() <= before + 4)
        values = server.metrics()
        expect("they are counted", values["bomgate_checks_total"] == 95,
               values)


def test_one_result_for_many(server):
    """Clients that ask for, and forget, the same results."""
    def client(seed):
        chance = random.Random(seed)
        statuses = set()
        place = server.check([("b.csv", BOARD)], headers=ASYNC
                             ).header("Location")
        places.append(place)
        for _ in range(30):
            one = chance.choice(places)
            method = "DELETE" if chance.random() < 0.1 else "GET"
            rest = chance.choice(["", "/status", "/report.json", "/report.xlsx"]
                                 ) if method == "GET" else ""
            statuses.add(server.ask(method, one + rest).status)
        return statuses
    places = []
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = set().union(*pool.map(client, range(16)))
    expect("no error", statuses <= {200, 204, 404}, statuses)
    for place in places:
        server.ask("DELETE", place)
    expect("nothing is left", server.is_clean())


# ---- what goes wrong in the house ----

def test_full_disk(program, folder):
    """No file of more than 64 KB can be written."""
    def bound():
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
    with Server(program, folder, bound=bound) as server:
        for path in ("/api/check", "/api/columns"):
            answer = server.check([("b.csv", large_board(3000, folder))],
                                  path=path)
            expect(f"{path}: no room for an upload: 507", answer.status == 507,
                   f"{answer.status} {answer.body[:200]}")
        page = server.check([("b.csv", large_board(3000, folder))],
                            path="/check")
        expect("as a page", page.status == 507 and page.type == "text/html")
        for path in ("/api/measures", "/api/explain?q=Micron"):
            answer = server.get(path)
            expect(f"{path}: whole, or 507", answer.status == 507 or
                   len(answer.body) < 65536, answer.status)
        small = large_board(1000, folder)
        answer = server.check([("b.csv", small)])
        expect("no room for a report: 507", answer.status == 507,
               f"{answer.status} {answer.body[:200]}")
        place = server.check([("b.csv", small)], headers=ASYNC
                             ).header("Location")
        status = server.wait(place)
        expect("an asynchronous one says so", status["state"] == "failed" and
               "room" in status["message"], status)
        server.ask("DELETE", place)
        expect("nothing is left", server.is_clean())
        expect("it lives", server.check([("b.csv", BOARD)],
                                        path="/api/columns").status == 200)
        expect("nothing is left", server.is_clean())


def test_small_disk(program, folder):
    """A disk of one megabyte, where one can be mounted."""
    disk = Path(folder) / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if subprocess.run(mount, stderr=subprocess.DEVNULL,
                      check=False).returncode != 0:
        print("no disk can be mounted here")
        return
    try:
        with Server(program, folder, env={"TMPDIR": str(disk)}) as server:
            answers = [server.check([("b.csv", large_board(lines, folder))],
                                    path=path)
                       for lines in (100, 1000, 5000, 20000, 50000)
                       for path in ("/api/check", "/api/columns", "/check")]
            statuses = [answer.status for answer in answers]
            expect("there is room, or 5xx",
                   set(statuses) <= {200, 303, 503, 507} and 507 in statuses,
                   statuses)
            for answer in answers:
                place = (answer.header("Location") or "").split("?")[0]
                if place:
                    server.ask("DELETE", place)
            again = server.check([("b.csv", large_board(100, folder))])
            expect("and room again", again.status == 200, again.status)
        expect("nothing is left", os.listdir(disk) == [])
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_client_leaves(server):
    form = multipart([("b.csv", large_board(20000, server.temp.parent))])
    data = server.head("/api/check", f"Content-Length: {len(form)}",
                       f"Content-Type: {FORM['Content-Type']}") + form
    before = server.descriptors()
    for how in ("closes", "resets"):
        link = server.connect()
        link.sendall(data)
        child = server.await_child()
        expect("a check runs", child is not None)
        os.kill(child, signal.SIGSTOP)
        if how == "resets":
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            b"\1\0\0\0\0\0\0\0")
        link.close()
        expect(f"a client {how}: the check is given up", server.is_idle(3))
        expect("nothing is left", server.is_clean())
    expect("no descriptor is left", server.descriptors() <= before + 1)
    place = server.check([("b.csv", BOARD)], headers=ASYNC).header("Location")
    expect("an asynchronous one is not", server.wait(place)["state"] == "done")
    server.ask("DELETE", place)


def test_killed_program(server):
    large = large_board(20000, server.temp.parent)

    def kill():
        child = server.await_child()
        if child is not None:
            os.kill(child, signal.SIGKILL)
    for headers in ({}, ASYNC):
        killer = threading.Thread(target=kill)
        killer.start()
        answer = server.check([("b.csv", large)], headers=headers)
        killer.join()
        if headers:
            place = answer.header("Location")
            status = server.wait(place)
            expect("a killed check has failed", status["state"] == "failed" and
                   len(status["message"]) > 20, status)
            server.ask("DELETE", place)
        else:
            expect("a killed check: 500", answer.status == 500 and
                   len(answer.message) > 20, answer.status)
    expect("nothing is left", server.is_clean())
    expect("it lives", server.check([("b.csv", BOARD)]).status == 200)


def test_stop(program, folder):
    """SIGTERM while a check runs, another is uploaded and one waits."""
    large = large_board(5000, folder)
    # A terminal and systemd tell all processes at once.
    with Server(program, folder, bound=os.setsid) as server:
        answers = {}

        def client(name, *how):
            answers[name] = server.check([("b.csv", large)], *how)
        running = [threading.Thread(target=client, args=(i,)) for i in range(3)]
        for thread in running:
            thread.start()
        server.await_child()
        form = multipart([("b.csv", BOARD)])
        link = server.connect()
        link.sendall(server.head("/api/check", f"Content-Length: {len(form)}",
                                 f"Content-Type: {FORM['Content-Type']}",
                                 "Connection: close") + form[:100])
        idle = server.connect()
        time.sleep(0.2)
        os.killpg(server.process.pid, signal.SIGTERM)
        time.sleep(0.3)
        link.sendall(form[100:])
        expect("an upload that goes on is taken",
               read_all(link).startswith(b"HTTP/1.1 200"))
        for thread in running:
            thread.join()
        expect("what runs and waits is finished",
               [a.status for a in answers.values()] == [200] * 3, answers)
        expect("exit 0", server.process.wait(60) == 0)
        expect("the private folder is gone", os.listdir(server.temp) == [])
        idle.close()
        link.close()


def test_stop_at_once(program, folder):
    with Server(program, folder) as server:
        answers = []
        thread = threading.Thread(target=lambda: answers.append(server.ask(
            "POST", "/api/check?name=a.csv", large_board(50000, folder))))
        thread.start()
        os.kill(server.await_child(), signal.SIGSTOP)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        begun = time.monotonic()
        expect("a second SIGTERM ends it at once, exit 0", server.stop() == 0
               and time.monotonic() - begun < 5, time.monotonic() - begun)
        thread.join()
        expect("and says so", [a.status for a in answers] == [503])
        expect("the private folder is gone", os.listdir(server.temp) == [])


def test_nothing_above_is_asked(program, folder):
    """Settings and waivers above the private folder are another's."""
    with Server(program, folder) as server:
        (server.temp / ".git").mkdir()
        (server.temp / ".bomgate-waivers.yaml").write_text(
            "- measure: cn-cac-micron-2023\n  party: micron\n"
            "  kind: exception\n  reason: none\n  expires: 2099-01-01\n"
            "  approved-by: Nobody\n")
        (server.temp / ".bomgate.yaml").write_text("map: {mpn: Description}\n")
        report = server.check([("b.csv", BOARD)], [PROFILE]).json()
        expect("no waiver of it", report["counts"]["waived"] == 0 and
               report["counts"]["prohibited"] == 1, report["counts"])
        (server.temp / ".git").rmdir()
        (server.temp / ".bomgate-waivers.yaml").unlink()
        (server.temp / ".bomgate.yaml").unlink()


def test_what_a_killed_server_left(program, folder):
    server = Server(program, folder)
    with server:
        server.check([("b.csv", BOARD)], [PROFILE], headers=ASYNC)
        server.process.kill()
        server.process.wait()
    left = os.listdir(server.temp)
    expect("a killed server leaves its folder", len(left) == 1, left)
    os.utime(server.temp / left[0], (0, 0))
    with Server(program, folder, env={"TMPDIR": str(server.temp)}):
        now = os.listdir(server.temp)
        expect("the next one removes it", len(now) == 1 and now != left, now)


# ---- what the company knows ----

def test_parts_file(program, folder):
    parts = Path(folder) / "parts.csv"
    board = "Ref,IPN\nU1,4711\n"
    head = "IPN,Manufacturer,MPN,By,Date,Evidence\n"
    row = "4711,Micron,MT41K256M16TW-107:P,Li Wei,2026-10-02,invoice\n"
    parts.write_text(head + row, encoding="utf-8")
    with Server(program, folder, "--parts", str(parts)) as server:
        found = server.check([("b.csv", board)], [PROFILE]).json()
        expect("a check goes by the parts file",
               found["findings"][0]["matched_by"].count("parts-file") == 1 and
               found["counts"]["prohibited"] == 1, found["counts"])
        parts.write_text(head + row.replace("Micron", "Samsung").replace(
            "MT41K256M16TW-107:P", "K4B4G1646E-BYMA"), encoding="utf-8")
        found = server.check([("b.csv", board)], [PROFILE]).json()
        expect("which is read anew", found["counts"]["prohibited"] == 0,
               found["counts"])
    parts.write_text("What,Who\n1,2\n", encoding="utf-8")
    done = subprocess.run(
        [program, "serve", "--listen", "127.0.0.1:0", "--parts", str(parts)],
        capture_output=True, check=False, timeout=60)
    expect("a parts file that cannot be read is told of at the start",
           done.returncode == 2, done)


# ---- history ----

def test_history(program, folder):
    store = str(Path(folder) / "history.db")
    with Server(program, folder, "--history", store) as server:
        runs = server.get("/api/history/runs").json()
        expect("no run yet", runs["runs"] == [])
        nameless = server.check([("b.csv", BOARD)], [PROFILE])
        expect("boards are kept apart by a product", nameless.status == 400 and
               b"product" in nameless.body, nameless.body)
        fields = [PROFILE, ("product", "Secret board")]
        server.check([("b.csv", BOARD)], fields)
        server.check([("b.csv", BOARD)], fields, headers={"Accept": "text/csv"})
        place = server.check([("b.csv", BOARD)], fields, headers=ASYNC
                             ).header("Location")
        server.wait(place)
        server.check([("b.csv", BOARD)], [("as_of", "x")])
        server.check([("b.csv", BOARD)], path="/api/columns")
        runs = server.get("/api/history/runs").json()["runs"]
        expect("each check is a run", len(runs) == 3, runs)
        only = server.get("/api/history/runs?product=Nothing").json()["runs"]
        expect("of one product", only == [])
        page = server.get("/history").body.decode()
        expect("the page has them", page.count("Secret board") >= 3)
        server.check([("b.csv", BOARD)], [("product", "<img src=x>")])
        page = server.get("/history").body.decode()
        expect("the page escapes them", "<img src=x>" not in page and
               "&lt;img src=x&gt;" in page)
        used = server.get("/api/history/where-used?q=MT41K256M16TW-107:P")
        expect("where-used", used.status == 200 and used.json()["uses"],
               used.body[:300])
        expect("where-used needs a name",
               server.get("/api/history/where-used").status == 400)
        quarter = time.strftime("%YQ") + str((time.gmtime().tm_mon + 2) // 3)
        for kind in ("xlsx", "html", "json", "md"):
            audit = server.get(f"/audit?quarter={quarter}&format={kind}")
            name = audit.header("Content-Disposition") or ""
            expect(f"an audit as {kind}", audit.status == 200 and
                   len(audit.body) > 500 and
                   name == f'attachment; filename="audit.{kind}"', name)
        expect("no such audit: 406",
               server.get("/audit?format=docx").status == 406)
        expect("no such quarter: 422",
               server.get("/audit?quarter=2026Q9").status == 422)
        server.ask("DELETE", place)
        expect("nothing is left", server.is_clean())
    done = subprocess.run([program, "history", "verify", "--history", store],
                          capture_output=True, check=False)
    expect("the history is whole", done.returncode == 0, done.stdout)


# ---- what it says ----

def test_metrics(server):
    before = server.metrics()
    server.check([("b.csv", BOARD)])
    server.check([("b.csv", BOARD)], [("as_of", "x")])
    server.ask("GET", "/", headers={"Host": "evil.example"})
    time.sleep(0.3)  # an answer counts once it is sent
    values = server.metrics()
    for name, more in [("bomgate_checks_total", 1),
                       ("bomgate_checks_failed_total", 1),
                       ("bomgate_refused_total", 1),
                       ('bomgate_http_responses_total{class="2xx"}', 2),
                       ('bomgate_http_responses_total{class="4xx"}', 2)]:
        expect(f"{name} counts", values[name] == before[name] + more,
               (before[name], values[name]))
    for name in ("bomgate_programs_running", "bomgate_programs_waiting",
                 "bomgate_results_kept"):
        expect(f"{name} is 0", values[name] == 0, values)


def test_log(server):
    """Nothing of a BOM, and no name of a result."""
    log = server.log
    for word in ("board", "b.csv", "STM32", "MT41K", "MICRON", "Micron",
                 "orangecrab", "cn-cii", "results/0", "q="):
        expect(f"no {word} in the log", word not in log)
    expect("no result in the log", not re.search("[0-9a-f]{32}", log))
    lines = log.splitlines()
    expect("a line is a request", all(
        re.fullmatch(r"bomgate: (GET|POST|DELETE|\?) (/[\w./*-]*|\?) \d+ "
                     r"\d+ ms", line) for line in lines),
        [line for line in lines if " ms" not in line][:3])


def main():
    global IS_SANITIZED
    program = str(Path(sys.argv[1]).resolve())
    IS_SANITIZED = b"__asan_init" in Path(program).read_bytes()
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    with tempfile.TemporaryDirectory() as folder:
        with Server(program, folder) as server, \
                Server(program, folder) as patient:
            slow = begin_slow(patient) if "slow" in wanted or not wanted else {}
            given = {"server": server, "program": program, "folder": folder}
            tests = [(name, test) for name, test in globals().items()
                     if name.startswith("test_") and wanted in name]
            for name, test in tests:
                begun = time.monotonic()
                names = test.__code__.co_varnames[:test.__code__.co_argcount]
                test(*(given[n] for n in names))
                print(f"{name}: {time.monotonic() - begun:.1f} s", flush=True)
            end_slow(slow)
            expect("slow clients leave nothing", patient.is_clean())
            expect("exit 0", server.stop() == 0)
            expect("the private folder is gone",
                   os.listdir(server.temp) == [])
    if served.jsonschema is None:
        print("schemas not checked: python3-jsonschema is not installed")
    print(f"{len(expect.faults)} faults")
    sys.exit(1 if expect.faults else 0)


if __name__ == "__main__":
    main()
