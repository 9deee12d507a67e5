"""The list, and which rows wait."""

from __future__ import annotations

from engine.results.outcome import outcome
from tests.results.made import outcome_of, run_of, texts
from tests.results.small import small_run

LIST = """
criteria:
  thing:
    big:
      test: a >= 10
      because: it is big
      cite: law 1
priority_list:
  list: thing
  when: big
  rank_by: b desc
  limit: {limit}
"""
THINGS = [
    {"a": "20", "b": "5"}, {"a": ">=5", "b": "7"}, {"a": ">=5", "b": "1"}, {"a": "1", "b": "9"}, {"a": "30", "b": "5"},
]  # fmt: skip


def test_the_list_of_the_small_state() -> None:
    found = outcome(small_run()).table("priority_list")
    assert found.names[:8] == ("place", "key", "name", "status", "tier", "score", "score_is", "because")
    assert [row[:6] for row in texts(found)] == [
        ("1", "CODE-1", "Programming I", "listed", "premier", "24"),  # 10 × 2 colleges + 4 employers
        ("2", "WELD-1", "Welding Level I", "listed", "premier", "23"),  # 10 × 2 colleges + 3 employers
        ("", "EX-1", "Boat Builder", "exception", "core", "0"),
        ("", "STAY-1", "Stenography", "stays", "core", "2"),  # 2 is the cut score of 23 less 21
        ("", "OLD-1", "Typewriter Repair", "honored", "not_listed", "0"),
        ("", "HLTH-1", "Health Aide", "pending_review", "", "2"),
        ("", "HVAC-1", "Heating Technician", "pending_review", "", "2"),
    ]
    assert set(texts(found, "score_is")) == {("value_score",)}
    assert [why for (why,) in texts(found, "because") if why] == [
        "State Board: a regional shortage",
        "place 3, beyond the limit",  # of who stays
    ]


def test_the_score_may_be_a_column_of_the_data() -> None:
    found = outcome_of(LIST.format(limit="1"), THINGS).table("priority_list")
    assert texts(found, "place", "key", "status", "score", "score_is") == [
        ("1", "t1", "listed", "5", "b"),
        ("1", "t5", "listed", "5", "b"),  # the tie at the limit is included
        ("", "t2", "pending_review", "7", "b"),
        ("", "t3", "pending_review", "1", "b"),
    ]


def test_the_score_may_be_an_expression() -> None:
    text = LIST.format(limit="1").replace("rank_by: b desc", "rank_by: b * 2 + 1 desc")
    found = outcome_of(text, THINGS).table("priority_list")
    assert texts(found, "key", "score", "score_is")[0] == ("t1", "11", "b * 2 + 1")


def test_a_limit_that_is_none_limits_nothing() -> None:
    values = "      2020-07-01: none\n      2030-07-01: 1\n"
    text = f"parameters:\n  most:\n    cite: law 2\n    values:\n{values}" + LIST.format(limit="most")
    found = outcome_of(text, THINGS).table("priority_list")
    assert texts(found, "key", "status")[:2] == [("t1", "listed"), ("t5", "listed")]
    assert ("t4", "listed") not in texts(found, "key", "status"), "it does not qualify"


def test_undetermined_rows_may_be_left_off() -> None:
    text = LIST.format(limit="1") + "  undetermined: leave_off\n  undetermined_because: the rule says so\n"
    found = outcome_of(text, THINGS)
    assert texts(found.table("priority_list"), "key", "status")[2:] == [("t2", "left_off"), ("t3", "left_off")]
    assert {row[0] for row in texts(found.table("held"), "key")} == {"t2", "t3"}


def test_both_backends_rank_alike() -> None:
    runs = [run_of(LIST.format(limit="1"), THINGS, backend) for backend in ("reference", "duckdb")]
    first, second = ([texts(table) for table in outcome(run).tables] for run in runs)
    assert first == second
