#!/usr/bin/env python3
"""The JSON Schemas of the rule files, which editors use, say what the program
reads, and every rule file fits its own.

usage: check_rule_schemas.py REPOSITORY

The keys stand in src/ruleset/schema.c and src/run/config.c, as libcyaml's
tables `x_fields`; the schemas name them again, in `$defs` of the same name.
"""
import json
import re
import sys
from pathlib import Path

from sources import SKIPPED, finish

# Each kind of file: the schema, and where the files lie.
KINDS = [
    ("rules-ruleset", ["ruleset.yaml"]),
    ("rules-measure", ["measures/*.yaml"]),
    ("rules-party", ["parties/*.yaml"]),
    ("rules-profile", ["profiles/*.yaml"]),
    ("rules-parts", ["parts/*.yaml"]),
    ("rules-categories", ["words/categories.yaml"]),
    ("rules-words", ["words/*.yaml"]),
]
CONFIG = ("bomgate-config", ["src/run/config.c", "src/run/yaml_products.c"])
RULES = ["src/ruleset/schema.c"]
ARRAY = re.compile(r"cyaml_schema_field_t (\w+)_fields\[\] = \{(.*?)\n\};", re.S)
FIELD = re.compile(r"([A-Z_]+)\(\s*\"([^\"]+)\"([^()]*)", re.S)
WORDS = re.compile(r"cyaml_strval_t (\w+_words)\[\] = \{(.*?)\n?\};", re.S)
ENTRY = re.compile(r"cyaml_schema_value_t (\w+_entry) = \{(.*?)\n\};", re.S)


def macros(text):
    """Macros that stand for several fields: name -> their text."""
    text = text.replace("\\\n", " ")
    return {name: body for name, body in
            re.findall(r"#define ([A-Z_]+) +(TEXT_IF\(.*)", text)}


def words_in(text, words):
    """@return the words that a field is restricted to, or None."""
    return next((words[name] for name in re.findall(r"\w+", text)
                 if name in words), None)


def code_keys(path):
    """@return array -> {key: (required, words or None)} as the code has it."""
    text = path.read_text(encoding="utf-8")
    words = {name: set(re.findall(r'"([^"]+)"', body))
             for name, body in WORDS.findall(text)}
    # A list of such words names what describes its items.
    for name, body in ENTRY.findall(text):
        used = words_in(body, words)
        if used is not None:
            words[name] = used
    short = macros(text)
    arrays = {}
    for name, body in ARRAY.findall(text):
        for macro, fields in short.items():
            body = body.replace(f" {macro},", fields + ",")
        keys = arrays[name] = {}
        for kind, key, rest in FIELD.findall(body):
            required = not kind.endswith("_IF") and "OPTIONAL" not in rest
            keys[key] = (required, words_in(rest, words))
    return arrays


def enum_of(value):
    words = value.get("enum") or value.get("items", {}).get("enum")
    return set(words) if words else None


def schema_keys(schema):
    """@return definition -> {key: (required, words or None)} of a schema."""
    found = {}
    for name, definition in schema["$defs"].items():
        if "properties" in definition:
            found[name] = {
                key: (key in definition["required"],
                      enum_of(value))
                for key, value in definition["properties"].items()}
    return found


def compare(place, name, code, schema):
    if name not in code:
        return [f"{place}: no {name}_fields in the code"]
    faults = [f"{place}: '{key}' of {name} is unknown to the code"
              for key in schema[name].keys() - code[name].keys()]
    faults += [f"{place}: '{key}' of {name} is missing"
               for key in code[name].keys() - schema[name].keys()]
    for key in schema[name].keys() & code[name].keys():
        required, words = code[name][key]
        if required != schema[name][key][0]:
            faults.append(f"{place}: whether '{key}' of {name} is required")
        if words is not None and words != schema[name][key][1]:
            faults.append(f"{place}: the words of '{key}' of {name}")
    return faults


def check_keys(root, schemas):
    """The code's keys and the schemas' are the same."""
    faults = []
    for sources, names in [(RULES, [kind for kind, _ in KINDS]),
                           (CONFIG[1], [CONFIG[0]])]:
        code, described = {}, set()
        for source in sources:
            code |= code_keys(root / source)
        for name in names:
            keys = schema_keys(schemas[name])
            described |= keys.keys()
            for definition in keys:
                faults += compare(f"schemas/{name}.schema.json", definition,
                                  code, keys)
        faults += [f"{', '.join(sources)}: no schema describes {name}_fields"
                   for name in code.keys() - described]
    return faults


def loader(yaml):
    """YAML 1.2's own words for booleans and numbers, as editors have them:
    NO is Norway, and a day is text."""
    class Loader(yaml.SafeLoader):
        """Without YAML 1.1's dates and yes and no."""
    Loader.yaml_implicit_resolvers = {}
    for tag, pattern, first in [
            ("bool", r"true|false", "tf"),
            ("null", r"null|~|", ["n", "~", ""]),
            ("int", r"[-+]?[0-9]+", "-+0123456789"),
            ("float", r"[-+]?[0-9]+\.[0-9]*", "-+0123456789")]:
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}",
                                     re.compile(f"^(?:{pattern})$"),
                                     list(first))
    # 08 is eight, as in YAML 1.2, and no octal number.
    Loader.add_constructor("tag:yaml.org,2002:int",
                           lambda _, node: int(node.value))
    return Loader


def check_file(root, path, validator, yaml, load_with):
    name = path.relative_to(root)
    try:
        document = yaml.load(path.read_text(encoding="utf-8"),
                             Loader=load_with)
    except (yaml.YAMLError, ValueError) as fault:
        return [f"{name}: {fault}"]
    return [f"{name}: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"
            for e in validator.iter_errors(document)]


def files_of(root):
    """Every rule file with the name of its schema."""
    for folder in ["rules", "tests/golden/rules"]:
        seen = set()
        # The narrower pattern first: categories.yaml is no list of words.
        for schema, patterns in KINDS:
            for pattern in patterns:
                for path in sorted((root / folder).glob(pattern)):
                    if path not in seen:
                        seen.add(path)
                        yield path, schema
    for path in sorted(root.glob("tests/golden/*/**/.bomgate.yaml")):
        if "bad" not in path.parent.name:
            yield path, CONFIG[0]


def main():
    root = Path(sys.argv[1])
    try:
        import jsonschema
        import yaml
    except ImportError as missing:
        print(f"skipped: {missing.name} is not installed")
        sys.exit(SKIPPED)
    names = [kind for kind, _ in KINDS] + [CONFIG[0]]
    schemas = {name: json.loads((root / "schemas" / f"{name}.schema.json")
                                .read_text(encoding="utf-8"))
               for name in names}
    validators = {}
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name] = jsonschema.Draft202012Validator(schema)
    problems = check_keys(root, schemas)
    load_with, count = loader(yaml), 0
    for path, schema in files_of(root):
        count += 1
        problems += check_file(root, path, validators[schema], yaml,
                               load_with)
    finish(problems, count, "files")


if __name__ == "__main__":
    main()
