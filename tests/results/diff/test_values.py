"""Values of members: how long an edit of one lasts, and what *no limit* and no value at all are beside a number."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal

import pytest

from engine.results.diff.edit import ABSENT, EditClass
from engine.results.diff.policy_diff import diff_policies
from engine.results.diff.shift import Way
from engine.results.diff.values import value_shift
from engine.syntax.expr import Money, Percent
from tests.results.diff.pairs import changed, version

POLICY = """\
policy: xx/bonus
title: Bonus
jurisdiction: US-XX
school_year: 2026-27
sources:
  law:
    title: State Code § 1
student_groups:
  needy:
    when: economically_disadvantaged
  special:
    when: special_education
parameters:
  bonus:
    unit: USD
    cite: law
    by: student_group
    values:
      2024-07-01:
        needy: $5,000
        special: $2,000
      2026-07-01:
        special: $4,000
      2028-07-01:
        special: $4,500
entities:
  group_of_district:
    cross: [district, student_group]
    at_most: 1000
definitions:
  group_of_district:
    paid: count(students where graduated) * bonus
"""


@pytest.mark.parametrize(
    ("old", "new", "member", "starts", "ends"),
    [
        ("special: $2,000", "special: $2,500", "special", "2024-07-01", "2026-07-01"),
        ("special: $4,000", "special: $4,200", "special", "2026-07-01", "2028-07-01"),
        ("needy: $5,000", "needy: $6,000", "needy", "2024-07-01", None),  # later dates do not speak of it
    ],
)
def test_an_edit_of_a_member_lasts_until_that_member_has_another_value(
    old: str, new: str, member: str, starts: str, ends: str | None
) -> None:
    (edit,) = diff_policies(version(POLICY), version(changed(POLICY, [(old, new)]))).edits
    assert edit.path == f"parameters.bonus.values.{starts}.{member}" and edit.edit_class is EditClass.RAISED
    assert (edit.epoch, edit.until) == (Date.fromisoformat(starts), Date.fromisoformat(ends) if ends else None)
    assert [(one.what, one.effect) for one in edit.effects] == [("definition paid", EditClass.RAISED)]


def test_members_that_move_in_different_directions_have_none_together() -> None:
    text = changed(
        POLICY, [("      2028-07-01:\n        special: $4,500\n", "      2028-07-01:\n        special: $1\n")]
    )
    both = changed(text, [("        special: $1\n", "        special: $9,000\n        needy: $1\n")])
    found = {edit.path: edit.edit_class for edit in diff_policies(version(text), version(both)).edits}
    assert found == {
        "parameters.bonus.values.2028-07-01.special": EditClass.RAISED,
        "parameters.bonus.values.2028-07-01.needy": EditClass.LOWERED,
    }


def test_no_limit_is_above_every_number_and_nothing_in_force_has_no_place() -> None:
    two, three = Money(Decimal(2)), Money(Decimal(3))
    assert value_shift(two, three).way is Way.UP and value_shift(three, two).way is Way.DOWN
    assert value_shift(two, None).way is Way.UP and value_shift(None, two).way is Way.DOWN
    assert value_shift(two, Money(Decimal("2.00"))).way is Way.SAME
    assert value_shift(ABSENT, two).way is value_shift(two, Percent(Decimal(3))).way is Way.UNKNOWN
