#!/usr/bin/env python3
"""Are published replacements of one kind with what they replace?

usage: crossrefs.py PROGRAM CROSSREF.yaml

Asks `explain` for both part numbers of every pair. Where the grammars know a
value on both sides, the type of memory, the density and the width must agree,
and a replacement must be a part of the maker that the pair names, or of one
linked to it by the party files beside CROSSREF.yaml. Prints every pair that
does not hold, then how many are decided. Exit status 77: no YAML reader.
"""
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

SKIPPED = 77
MUST_AGREE = ("density_mbit", "width")
MEMORY = ("memory", "storage")


def decode(program, mpns):
    """@return MPN -> what `explain` says of it."""
    run = subprocess.run([program, "explain", "-", "-f", "json"],
                         input="".join(mpn + "\n" for mpn in mpns),
                         capture_output=True, text=True, timeout=300,
                         check=True)
    return {answer["query"]: answer
            for answer in map(json.loads, run.stdout.splitlines())}


def links(parties):
    """@return party -> those that own it or that it owns, at whatever time."""
    linked = {}
    for party in parties:
        for link in party.get("owned-by", []):
            linked.setdefault(party["id"], set()).add(link["party"])
            linked.setdefault(link["party"], set()).add(party["id"])
    return linked


def house(party, linked):
    """@return the party and all that a chain of links leads to."""
    members, todo = set(), [party]
    while todo:
        one = todo.pop()
        if one not in members:
            members.add(one)
            todo += linked.get(one, ())
    return members


def is_memory(category):
    return category.split("/")[0] in MEMORY


def are_one_type(left, right):
    """DDR3L is within DDR3; whatever is no memory is not compared."""
    if not (is_memory(left) or is_memory(right)):
        return None
    return (left + "/").startswith(right + "/") or \
        (right + "/").startswith(left + "/")


def compare(left, right):
    """@return what both grammars know -> whether they agree."""
    same = {}
    if left["category"] and right["category"]:
        same["category"] = are_one_type(left["category"], right["category"])
    for key in MUST_AGREE:
        values = [side["parameters"].get(key) for side in (left, right)]
        if None not in values:
            same[key] = values[0] == values[1]
    return {key: value for key, value in same.items() if value is not None}


def show(side, key):
    return side["category"] if key == "category" else side["parameters"][key]


def is_of(answer, party, linked):
    """@return whether the part may be that party's; None: nobody knows."""
    candidates = {one["party"] for one in answer["candidates"]}
    return bool(candidates & house(party, linked)) if candidates else None


def check(pair, answers, linked):
    """@return what is wrong with a pair, and what could be compared of it."""
    left, right = answers[pair["from"]], answers[pair["to"]]
    same = compare(left, right)
    wrong = [f"{key} {show(left, key)}, not {show(right, key)}"
             for key, value in same.items() if not value]
    maker = is_of(right, pair["to-party"], linked)
    if maker is not None:
        same["maker"] = maker
    if maker is False:
        wrong.append(f"a part of {right['party']}, not {pair['to-party']}")
    return wrong, same


def read(yaml, path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def main():
    try:
        import yaml
    except ImportError:
        print("skipped: python3-yaml is not installed")
        return SKIPPED
    program, path = sys.argv[1], Path(sys.argv[2])
    pairs = read(yaml, path)["crosses"]
    linked = links(party for file in path.parents[1].glob("parties/*.yaml")
                   for party in read(yaml, file))
    answers = decode(program, sorted({pair[side] for pair in pairs
                                      for side in ("from", "to")}))
    decided, bad = Counter(), 0
    for pair in pairs:
        wrong, same = check(pair, answers, linked)
        decided.update(same.keys())
        bad += bool(wrong)
        if wrong:
            print(f"{pair['from']} -> {pair['to']}: {'; '.join(wrong)}")
    print(f"{len(pairs)} pairs, {bad} wrong; decided: " + ", ".join(
        f"{key} of {count}" for key, count in decided.items()))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
