#!/usr/bin/env python3
"""The cases that follow from a row of the table of clauses, and what its check
finds missing."""
import law_table

ROW = {"measure": "m", "clause": "a", "name": "Huawei", "category": "telecom",
       "profile": "buyer", "activity": "purchase", "origin": "",
       "announced": "2020-01-10", "from": "2020-02-01", "until": "2020-03-31",
       "verdict": "prohibited", "buyer": "other", "exception": "activity=use",
       "near": "Huaneng"}
CLAUSE = {"id": "a", "hits": "listed", "until": None,
          "made_in": [], "not_made_in": [], "maker_in": [], "not_maker_in": []}


def days(**changes):
    return {case["as_of"]: case["expected"]
            for case in law_table.cases_of({**ROW, **changes})
            if case["profile"] == "buyer" and case["activity"] == "purchase"
            and case["name"] == "Huawei"}


def gaps(*clauses, **changes):
    measure = {"id": "m", "clauses": list(clauses)}
    return list(law_table.gaps([{**ROW, **changes}], [measure]))


def test_days():
    nothing = law_table.NOTHING
    assert days() == {
        "2020-01-09": nothing, "2020-01-10": "upcoming",
        "2020-01-31": "upcoming", "2020-02-01": "prohibited",
        "2020-03-31": "prohibited", "2020-04-01": nothing}
    assert days(announced="", until="") == {
        "2020-01-31": nothing, "2020-02-01": "prohibited"}
    assert days(**{"from": "2020-02", "until": ""}) == {
        "2020-01-09": nothing, "2020-01-10": "upcoming",
        "2020-01-31": "upcoming", "2020-02-01": "review",
        "2020-03-01": "prohibited"}
    assert days(**{"from": "", "verdict": "nothing"}) == {
        "2026-11-21": nothing}


def test_others():
    expected = {(case["profile"], case["activity"], case["name"])
                for case in law_table.cases_of(ROW)}
    assert ("other", "purchase", "Huawei") in expected
    assert ("buyer", "use", "Huawei") in expected
    assert ("buyer", "purchase", "Huaneng") in expected


def test_gaps():
    assert not gaps(CLAUSE)
    assert gaps(CLAUSE, {**CLAUSE, "id": "b"}) == ["m b: no case shows it"]
    assert gaps(CLAUSE, clause="z") == [
        "m a: no case shows it", "m z: no such clause in the rules"]
    assert "no near name" in gaps(CLAUSE, near="")[0]
    assert "no buyer" in gaps(CLAUSE, buyer="")[0]
    assert not gaps({**CLAUSE, "maker_in": ["CN"]}, near="")
    assert "the day after" in gaps({**CLAUSE, "until": "2020-03-31"},
                                   until="")[0]


if __name__ == "__main__":
    test_days()
    test_others()
    test_gaps()
    print("the table of clauses makes the cases that it says")
