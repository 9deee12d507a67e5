"""Gaps in decision tables: found where the table is used, whatever the inputs are."""

from __future__ import annotations

import pytest

from tests.errors.front import check_policy_text

POLICY = """\
policy: xx/tables
data:
  thing:
    key: [thing_id]
    columns:
      thing_id:
        type: text
      level:
        values: [low, high]
      score:
        scale: 1
        unit: points
        at_least: 0
        at_most: 100
tables:
  rate:
    inputs:
      level: level
      score: score
    gives: USD
    rows: |
      | level | score                | rate |
{rows}
definitions:
  thing:
    dollars: rate
"""


def found(*rows: str) -> list[tuple[str, str]]:
    """The complaints about a table of these rows."""
    text = POLICY.format(rows="\n".join(f"      {row}" for row in rows))
    return [(one.code, one.message) for one in check_policy_text(text)]


WHOLE = (
    "| low   | -                    | $1   |",
    "| high  | up to 50             | $2   |",
    "| high  | over 50, under 75    | $3   |",
    "| high  | from 75              | $4   |",
)


def test_a_whole_table() -> None:
    assert found(*WHOLE) == []


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (0, "`rate` says nothing of level `low` and score at 50 and"),
        (1, "`rate` says nothing of level `high` and score at 50"),
        (2, "`rate` says nothing of level `high` and score between 50 and 75"),
        (3, "`rate` says nothing of level `high` and score at 75"),
    ],
)
def test_a_row_left_out(left_out: int, said: str) -> None:
    rows = [row for place, row in enumerate(WHOLE) if place != left_out]
    (complaint,) = found(*rows)
    assert complaint[0] == "T021"
    assert complaint[1].startswith(said), complaint


def test_the_end_that_nobody_takes() -> None:
    assert found(WHOLE[0], WHOLE[1], WHOLE[2], "| high  | over 75 | $4 |") == [
        ("T021", "`rate` says nothing of level `high` and score at 75")
    ]


def test_a_last_row_for_all_others_is_no_overlap() -> None:
    assert found(WHOLE[1], "| - | - | not known |") == []
    assert [code for code, _ in found("| - | - | $1 |", WHOLE[1], "| - | - | $2 |")] == ["T020"]
