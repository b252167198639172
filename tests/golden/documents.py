"""What the golden runner knows of the formats that bomgate writes: each output
is read back by somebody else's reader, or held against its published schema.
"""
import json
import re
import xml.etree.ElementTree

import read_report

# What documents of other people's formats say in "$schema": the file in
# schemas/third-party/.
PUBLISHED = {
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json": "sarif-2.1.0.schema.json",
    "http://cyclonedx.org/schema/bom-1.6.schema.json":
    "cyclonedx-1.6.schema.json",
}
JSON_NAMES = (".json", ".sarif")
# A line that GitHub takes for a command, and the ones that are written.
COMMAND = re.compile(r"\s*(::|##\[)")
ANNOTATION = re.compile(r"::(error|warning|notice) "
                        r"(file=[^,:]+(,line=\d+)?(,col=\d+)?,)?"
                        r"title=[^,:]+::[^\r\n]*")
SHOWN = 10  # annotations of a kind
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


class Failure(Exception):
    """The case failed; the text says how."""


def find_schema(document, schemas):
    """@return the schema that a document names, or None when it names none."""
    published = document.get("$schema")
    if published is not None:
        if published not in PUBLISHED:
            raise Failure(f'"$schema" names nothing known: "{published}"')
        path = schemas / "third-party" / PUBLISHED[published]
        return json.loads(path.read_text(encoding="utf-8"))
    name = document.get("schema")
    if name is None:
        return None
    for path in sorted(schemas.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        if schema.get("properties", {}).get("schema", {}).get("const") == name:
            return schema
    raise Failure(f'no file in schemas/ describes "{name}"')


def hold_against(name, document, schema, part):
    """@param part  What of the schema describes the document."""
    try:
        import jsonschema
    except ImportError:
        print("schema not checked: python3-jsonschema is not installed")
        return
    kind = jsonschema.validators.validator_for(
        schema, default=jsonschema.Draft202012Validator)
    faults = [f"{name}: {'/'.join(map(str, e.absolute_path))}: {e.message}"
              for e in kind(schema).descend(document, part)]
    if faults:
        raise Failure("against its schema:\n" + "\n".join(faults[:20]))


def check_object(name, document, schemas):
    schema = find_schema(document, schemas)
    if schema is not None:
        hold_against(name, document, schema, schema)


def check_code_quality(name, issues):
    """GitLab's format has no schema; its documentation asks for this."""
    fingerprints = [issue["fingerprint"] for issue in issues]
    if len(set(fingerprints)) != len(fingerprints):
        raise Failure(f"{name}: two issues have one fingerprint")
    for issue in issues:
        place = issue["location"]
        if not (issue["description"] and issue["check_name"]
                and issue["severity"] in SEVERITIES
                and not place["path"].startswith("./")
                and place["lines"]["begin"] >= 1):
            raise Failure(f"{name}: no issue of Code Quality: {issue}")


def check_lines(name, documents, schemas):
    """A document each; or one report: a run, what it found, a summary."""
    if documents[0].get("kind") != "run":
        for document in documents:
            check_document(name, document, schemas)
        return
    schema = find_schema(documents[0], schemas)
    for document in documents:
        hold_against(name, document, schema, schema["$defs"]["jsonLine"])
    if documents[-1]["kind"] != "summary":
        raise Failure(f"{name} does not go from a run to a summary")


def check_document(name, document, schemas):
    if isinstance(document, list):
        check_code_quality(name, document)
    elif isinstance(document, dict):
        check_object(name, document, schemas)


def check_json(name, text, schemas):
    """Several lines may be a document each."""
    if not text.startswith(("{", "[")):
        if name.endswith(JSON_NAMES):
            raise Failure(f"{name} is no JSON")
        return
    try:
        try:
            check_document(name, json.loads(text), schemas)
        except ValueError:
            check_lines(name, [json.loads(t) for t in text.splitlines()],
                        schemas)
    except ValueError as fault:
        raise Failure(f"{name} is not valid JSON: {fault}") from fault


def check_counts(name, suite):
    """The counts of a JUnit suite are those of its elements."""
    elements = {"tests": "testcase", "failures": "failure", "errors": "error",
                "skipped": "skipped"}
    for key, element in elements.items():
        found = len(list(suite.iter(element)))
        if suite.get(key) != str(found):
            raise Failure(f"{name}: {suite.get('name')}: {key} is "
                          f"{suite.get(key)}, not {found}")


def check_xml(name, data):
    if not data.startswith(b"<?xml"):
        if name.endswith(".xml"):
            raise Failure(f"{name} is no XML")
        return
    try:
        root = xml.etree.ElementTree.fromstring(data)
    except xml.etree.ElementTree.ParseError as fault:
        raise Failure(f"{name} is not well-formed: {fault}") from fault
    for suite in [root, *root.iter("testsuite")]:
        check_counts(name, suite)


def check_commands(name, text):
    """Nothing that a CI log takes for a command but whole annotations."""
    kinds = []
    for line in re.split("[\r\n]", text):
        if COMMAND.match(line):
            found = ANNOTATION.fullmatch(line)
            if not found:
                raise Failure(f"{name}: no annotation: {line}")
            kinds.append(found.group(1))
    if any(kinds.count(kind) > SHOWN for kind in kinds):
        raise Failure(f"{name}: more annotations than GitHub shows")


def check(name, data, schemas):
    """Read an output back; a Failure says what is wrong with it."""
    text = data.decode("utf-8")
    check_json(name, text, schemas)
    check_xml(name, data)
    check_commands(name, text)
    try:
        read_report.read(name, data)
    except ValueError as fault:
        raise Failure(f"{name} does not read well: {fault}") from fault
