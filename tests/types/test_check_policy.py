"""The order in which definitions are checked, rings, epochs, and how long it takes."""

from __future__ import annotations

import sys
import time
from datetime import date

import pytest

from tests.types.policies import HEAD, SOURCES, check, checked, column

CRITERION = SOURCES + "criteria:\n  program:\n    placed:\n      because: enough are placed\n      cite: code-12 (a)\n"


def definitions(*lines: str) -> str:
    return "definitions:\n  credential:\n" + "".join(f"    {line}\n" for line in lines)


# -- order ----------------------------------------------------------------------------------------------------------


def test_what_is_used_is_computed_first() -> None:
    policy = checked(definitions("c: b + 1", "b: a + 1", "a: clock_hours"))
    assert [one.name for one in policy.epochs[0].definitions] == ["a", "b", "c"]


def test_across_entities() -> None:
    policy = checked(
        "definitions:\n  credential:\n    good: any(occupation.good_job over occupation_links)\n"
        "  occupation:\n    good_job: any(high over labor_markets)\n"
        "  labor_market:\n    high: annual_median >= $40,000/year\n"
    )
    assert [one.name for one in policy.epochs[0].definitions] == ["high", "good_job", "good"]


def chain(count: int) -> str:
    """Definitions each of which uses the one below it: the worst order to read them in."""
    lines = [f"d{number}: d{number + 1} + 1" for number in range(count - 1)]
    return definitions(*lines, f"d{count - 1}: job_zone_of", "job_zone_of: 1")


def test_two_thousand_chained_definitions() -> None:
    limit, begun = sys.getrecursionlimit(), time.process_time()
    policy = checked(chain(2_000))
    assert time.process_time() - begun < 3 and sys.getrecursionlimit() == limit
    assert len(policy.epochs[0].definitions) == 2_001


def test_a_ring_of_two_thousand() -> None:
    lines = [f"d{number}: d{(number + 1) % 2_000} + 1" for number in range(2_000)]
    begun = time.perf_counter()
    said = check(definitions(*lines))[1]
    assert time.perf_counter() - begun < 5
    assert [told.code for told in said] == ["N006"] and len(said[0].message) < 1_000


# -- rings ----------------------------------------------------------------------------------------------------------


def test_a_ring_shows_all_its_places() -> None:
    (told,) = check(definitions("a: b + 1", "b: a + 1"))[1]
    assert told.code == "N006"
    assert [label.span.text for label in told.labels] == ["a", "b"]
    assert "credential.a → credential.b" in told.message or "credential.b → credential.a" in told.message


def test_who_uses_a_ring_is_not_in_it() -> None:
    (told,) = check(definitions("user: a + 1", "a: b + 1", "b: a + 1"))[1]
    assert "user" not in told.message


def test_a_ring_through_an_entity_outside() -> None:
    (told,) = check(
        "definitions:\n  credential:\n    total: sum(weight over programs)\n"
        "  program:\n    weight: credential.total * 2\n"
    )[1]
    assert told.code == "N006" and len(told.labels) == 2


def test_two_rings_are_two_complaints() -> None:
    said = check(definitions("a: b", "b: a", "c: d", "d: c"))[1]
    assert [told.code for told in said] == ["N006", "N006"]


def test_a_ring_only_in_one_version_is_found() -> None:
    text = definitions("a: b + 1") + "    b:\n      versions:\n        2024-07-01: 1\n        2026-07-01: a + 1\n"
    (told,) = check(text)[1]
    assert told.code == "N006"


# -- epochs ---------------------------------------------------------------------------------------------------------


def test_an_epoch_for_each_date_on_which_a_rule_changes() -> None:
    policy = checked(
        CRITERION + "      versions:\n        2026-07-01: placed_rate >= 70%\n        2029-07-01: placed_rate >= 80%\n"
    )
    assert [epoch.starts for epoch in policy.epochs] == [date(1, 1, 1), date(2026, 7, 1), date(2029, 7, 1)]
    first, second, third = (column(epoch, "program", "placed") for epoch in policy.epochs)
    assert first.expr is None and first.type.excusable
    assert second.expr is not None and third.expr is not None and second.expr != third.expr


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        ("1900-01-01", "0001-01-01"),
        ("2026-06-30", "0001-01-01"),
        ("2026-07-01", "2026-07-01"),
        ("2040-01-01", "2026-07-01"),
    ],
)
def test_the_epoch_of_a_day(day: str, starts: str) -> None:
    policy = checked(CRITERION + "      from: 2026-07-01\n      test: placed_rate >= 70%\n")
    assert policy.epoch(date.fromisoformat(day)).starts == date.fromisoformat(starts)


def test_a_rule_that_ends_is_not_applicable_afterwards() -> None:
    policy = checked(CRITERION + "      until: 2030-07-01\n      test: placed_rate >= 70%\n")
    before, after = (column(epoch, "program", "placed") for epoch in policy.epochs)
    assert before.expr is not None and after.expr is None


def test_a_mistake_in_one_version_is_said_once() -> None:
    text = (
        CRITERION + "      versions:\n        2026-07-01: placed_rate >= 70\n        2029-07-01: placed_rate >= 80%\n"
    )
    assert [told.code for told in check(text + definitions("x: clock_hours"))[1]] == ["T004"]


def test_a_mistake_in_a_rule_that_never_changes_is_said_once_through_all_epochs() -> None:
    text = CRITERION + "      from: 2026-07-01\n      until: 2030-07-01\n      test: placed_rate >= 70%\n"
    assert [told.code for told in check(text + definitions("x: clock_hourz"))[1]] == ["N001"]


def test_a_type_that_changes_between_versions() -> None:
    text = definitions("a: b + 1") + "    b:\n      versions:\n        2024-07-01: 1\n        2026-07-01: name\n"
    assert [told.code for told in check(text)[1]] == ["T006"]


def test_nothing_to_check() -> None:
    policy = checked("title: Nothing yet\n")
    assert policy.epochs[0].definitions == () and policy.policy.id == HEAD.split()[1]
