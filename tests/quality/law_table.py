"""The table of clauses: a row says what one clause of the law does, and the
cases that follow from it are made here.

| column | what |
| --- | --- |
| measure, clause | which; the clause is empty for a measure without clauses |
| name … origin | a part that the clause hits, and a buyer whom it binds |
| announced | the first day on which it is told; empty: the day of `from` |
| from, until | its first and last day, or the month or year, by the act |
| verdict | what it says while it is in force; `nothing` where it never says it |
| buyer | a profile that is not bound |
| exception | what it does not cover: `activity=use`, `origin=US`, `name=…` |
| near | a name that looks like the listed one and is somebody else's |
"""
import calendar
import datetime

NOTHING = "clear|out-of-scope"
ASKED = ("name", "category", "profile", "activity", "origin")
NAMES_NOBODY = ("made_in", "not_made_in", "maker_in", "not_maker_in")


def span(text):
    """@return the first and the last day of "2026-07-28", "2026-07", "2026"."""
    parts = [int(part) for part in text.split("-")]
    first = datetime.date(*(parts + [1, 1])[:3])
    last_month = parts[1] if len(parts) > 1 else 12
    if len(parts) == 3:
        return first, first
    days = calendar.monthrange(first.year, last_month)[1]
    return first, datetime.date(first.year, last_month, days)


def days_around(row):
    """The days of a row and what is right on each, soonest first."""
    a_day = datetime.timedelta(days=1)
    first, last = span(row["from"])
    announced = span(row["announced"])[0] if row["announced"] else first
    in_force = row["verdict"]
    if announced < first:
        soon = "review" if in_force == "review" else "upcoming"
        days = [("the day before it was announced", announced - a_day, NOTHING),
                ("announced", announced, soon),
                ("the day before", first - a_day, soon)]
    else:
        days = [("the day before", announced - a_day, NOTHING)]
    if first == last:
        days += [("the day", first, in_force)]
    else:
        days += [("the day is known only roughly", max(announced, first),
                  "review"),
                 ("surely in force", last + a_day, in_force)]
    if row["until"]:
        until = span(row["until"])[1]
        days += [("the last day", until, in_force),
                 ("the day after", until + a_day, NOTHING)]
    return days


def make_case(row, what, day, expected, **other):
    case = {key: row[key] for key in ASKED + ("measure", "clause")}
    case.update(other, as_of=day.isoformat(), expected=expected)
    case["note"] = f'{row["measure"]} {row["clause"]}, {row["name"]}: {what}'
    return case


def cases_of(row):
    if not row["from"]:  # a list or a proposal: never more than information
        today = datetime.date(2026, 11, 21)
        return [make_case(row, "no day of its own", today, NOTHING)]
    days = days_around(row)
    cases = [make_case(row, *day) for day in days]
    day = span(row["from"])[1]
    day += datetime.timedelta(days=0 if day == span(row["from"])[0] else 1)
    cases.append(make_case(row, "a buyer who is not bound", day, NOTHING,
                           profile=row["buyer"]))
    key, value = row["exception"].split("=", 1)
    cases.append(make_case(row, f"not covered: {value}", day, NOTHING,
                           **{key: value}))
    if row["near"]:
        cases.append(make_case(row, f'{row["near"]} is somebody else', day,
                               NOTHING, name=row["near"]))
    return cases


def is_listed(clause):
    """Does the clause go by names?"""
    return clause["hits"] == "listed" and not any(
        clause[key] for key in NAMES_NOBODY)


def gaps(rows, measures):
    """What the table does not show of the rules, a sentence each."""
    shown = {(row["measure"], row["clause"]): row for row in rows}
    for measure in measures:
        clauses = measure["clauses"] or [None]
        for clause in clauses:
            name = "" if clause is None else clause["id"]
            row = shown.pop((measure["id"], name), None)
            where = f'{measure["id"]} {name}'.strip()
            if row is None:
                yield f"{where}: no case shows it"
            elif row["from"] and not (row["buyer"] and row["exception"]):
                yield f"{where}: no buyer who is not bound, or no exception"
            elif row["from"] and is_listed(clause) and not row["near"]:
                yield f"{where}: no near name"
            elif clause and clause["until"] and not row["until"] and not any(
                    other["until"] for other in rows
                    if other["measure"] == measure["id"]):
                yield f"{where}: it ends, and no case shows the day after"
    for measure, clause in shown:
        yield f"{measure} {clause}: no such clause in the rules"
