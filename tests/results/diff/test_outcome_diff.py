"""Two runs on the same rows, compared: hand-worked lists and payments before and after."""

from __future__ import annotations

from fractions import Fraction

from engine.results.diff.comparison import worth_of
from engine.results.diff.outcome_diff import OutcomeDiff, outcome_diff
from engine.results.diff.payment_changes import median
from tests.results.funded import funded
from tests.results.made import run_of

LIST = """
priority_list:
  list: thing
  when: good
criteria:
  thing:
    good:
      test: a >= {floor}
      because: it is at least {floor}
      cite: law 1
"""
THINGS = [{"a": "10"}, {"a": "20"}, {"a": ">=15"}, {"a": "30"}, {"a": ""}]


def between(floor: str, other: str) -> OutcomeDiff:
    """From the one floor to the other."""
    return outcome_diff(*(run_of(LIST.format(floor=each), THINGS) for each in (floor, other)))


def test_nothing_changes() -> None:
    found = between("20", "20")
    assert (found.is_empty, found.only_opens) == (True, False)
    assert found.listed is not None and (found.listed.listed_before, found.listed.open_before) == (2, 2)


def test_a_higher_floor() -> None:
    """At 15 the things of 20, of at least 15 and of 30 are listed; at 25 only the one of 30, and of one nobody knows."""
    found = between("15", "25")
    assert found.listed is not None
    assert [(one.key, one.move, one.before, one.after) for one in found.listed.moves] == [
        ("t2", "leaves", "listed", "not_listed"),
        ("t3", "becomes undetermined", "listed", "pending_review"),
    ]
    left, opened = found.listed.moves
    assert [(one.rule, one.before, one.after, one.margin, one.cite) for one in left.deciding] == [
        ("good", "met", "not_met", Fraction(-5), "law 1")
    ]
    assert (left.because, opened.because[:9]) == ("not met: good", "not known")
    counts = found.listed
    assert (counts.listed_before, counts.listed_after, counts.open_before, counts.open_after) == (3, 1, 1, 2)
    assert [(one.rule, one.before, one.after, one.count) for one in found.verdicts] == [
        ("good", "met", "not_met", 1),
        ("good", "met", "undetermined", 1),
    ]
    assert [(one.table, one.column, one.before, one.after) for one in found.held] == [("thing", "a", 2, 4)]
    assert not found.only_opens


def test_the_way_back_is_the_mirror() -> None:
    way, back = between("15", "25"), between("25", "15")
    assert {(one.rule, one.before, one.after, one.count) for one in way.verdicts} == {
        (one.rule, one.after, one.before, one.count) for one in back.verdicts
    }
    assert back.listed is not None and [(one.key, one.move) for one in back.listed.moves] == [
        ("t2", "joins"),
        ("t3", "joins"),
    ]


def test_a_change_that_only_opens_is_called_so() -> None:
    """From 15 to 18 nothing changes but that nobody can tell whether `at least 15` is enough."""
    found = between("15", "18")
    assert (found.only_opens, found.open_before < found.open_after) == (True, True)


def test_money() -> None:
    """`in full` pays d1 100, d2 the 79.50 and d3 320.50 of what is claimed; `guards` puts all within 150 and 200."""
    found = outcome_diff(funded("in full"), funded("guards")).paid
    assert found is not None
    before = {one.key: one.before for one in found.payees}
    after = {one.key: one.after for one in found.payees}
    assert after == {"d1": 150, "d2": 150, "d3": 200}
    assert (found.before, found.after) == (sum(before.values(), Fraction(0)), Fraction(500))
    assert [one.key for one in found.winners + found.losers] == sorted(
        (key for key in after if after[key] != before[key]),
        key=lambda key: (after[key] < before[key], -abs(after[key] - before[key])),
    )
    for one in found.payees:
        assert one.change == after[one.key] - before[one.key]
        assert one.share == (one.change / one.before if one.before else None)
    (line,) = found.lines
    assert (line.line, line.paid, line.change) == (
        "credentials",
        (found.before, found.after),
        found.after - found.before,
    )


def test_median() -> None:
    assert [median([Fraction(one) for one in some]) for some in ([], [3], [1, 4], [9, 1, 2])] == [
        None, 3, Fraction(5, 2), 2,
    ]  # fmt: skip


def test_a_payment_that_cannot_be_told_leaves_the_others_of_its_line_what_they_are() -> None:
    """t1 is paid 7 and then 14; of t2 only a bound is known."""
    line = """
    funding:
      bonus:
        cite: law 1
        claim: thing
        amount: a * ${each}
    """
    before, after = (run_of(line.format(each=each), [{"a": "7"}, {"a": ">=5"}]) for each in (1, 2))
    found = outcome_diff(before, after)
    assert found.paid is not None and [one.paid for one in found.paid.lines] == [(Fraction(7), Fraction(14))]
    assert [(one.key, one.change, one.unknown) for one in found.paid.payees] == [
        ("t1", Fraction(7), False),
        ("t2", Fraction(0), True),
    ]
    assert worth_of(found.after) == {"paid": 14, "paid by bonus": 14, "undetermined": 0}


def test_who_is_near_the_line() -> None:
    """At 21 the thing of 20 misses by 1 of 21, less than a tenth; at 33 the one of 30 by 3 of 33, just less than one."""
    found = between("15", "21")
    assert [(one.key, one.rule, one.measured, one.required, one.gap, one.new) for one in found.near_cases] == [
        ("t2", "good", "20", Fraction(21), Fraction(1), True)
    ]
    assert [(one.rule, one.before, one.after) for one in found.near] == [("good", 0, 1)]
    assert [one.new for one in between("21", "21").near_cases] == [False]
    assert [one.key for one in between("21", "33").near_cases] == ["t4"]
