#!/usr/bin/env python3
"""Is there someone to buy from, for everything that a rule covers?

usage: suppliers.py RULES

Counts, for each category that a measure or a party's entry covers, the makers
that no measure lists and that nobody owns whom one lists. Prints those with
few, and fails when one has fewer than two that is not known to. Exit status
77: no YAML reader.
"""
import sys
from pathlib import Path

SKIPPED = 77
WANTED = 2

# Categories with fewer, and why.
FEW = {
    "vehicle": "only makers of whole vehicles that lists name are here",
    "wireless/rfid-module": "one maker is known",
}


def read(yaml, path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def entries(measures):
    """The measures, their clauses, and what each lists."""
    for measure in measures:
        for part in [measure, *measure.get("clauses", [])]:
            yield part
            yield from part.get("parties", [])


def is_within(category, wider):
    return category == wider or category.startswith(wider + "/")


def leaves_covered(measures, categories):
    """@return the narrowest categories that something covers; `all` is none."""
    covered = {category for entry in entries(measures)
               for category in entry.get("covers", [])} - {"all"}
    return [one for one in categories
            if any(is_within(one, wider) for wider in covered)
            and not any(is_within(other, one) and other != one
                        for other in categories)]


def owners(party, parties):
    """@return the party and all that own it now, by half or more."""
    members, todo = set(), [party]
    while todo:
        one = todo.pop()
        if one not in members:
            members.add(one)
            todo += [link["party"]
                     for link in parties.get(one, {}).get("owned-by", [])
                     if "until" not in link
                     and float(link.get("share", 100)) >= 50]
    return members


def free_makers(category, parties, listed):
    """@return who makes it, is named by no list, and has no such owner."""
    return [party for party, record in parties.items()
            if any(is_within(category, made)
                   for made in record.get("makes", []))
            and not owners(party, parties) & listed]


def main():
    try:
        import yaml
    except ImportError:
        print("skipped: python3-yaml is not installed")
        return SKIPPED
    rules = Path(sys.argv[1])
    measures = [read(yaml, path)
                for path in sorted(rules.glob("measures/*.yaml"))]
    parties = {party["id"]: party
               for path in sorted(rules.glob("parties/*.yaml"))
               for party in read(yaml, path)}
    categories = [category["id"] for category
                  in read(yaml, rules / "words/categories.yaml")]
    listed = {entry["party"] for entry in entries(measures)
              if "party" in entry}
    bad = 0
    covered = leaves_covered(measures, categories)
    for category in covered:
        makers = free_makers(category, parties, listed)
        if len(makers) < WANTED:
            why = FEW.get(category)
            bad += why is None
            print(f"{category}: {', '.join(makers) or 'nobody'}"
                  f"{'' if why is None else ' (' + why + ')'}")
    print(f"{len(covered)} categories that rules cover; {bad} have fewer "
          f"than {WANTED} makers that no list names")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
