"""A policy and the same one after `check --fix`, on rows with every kind of answer: each column comes out alike."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from engine import api
from tests.accountable import HEAD, ran

CONDITIONS = (
    "stackable = true",
    "stackable = false",
    "stackable != true or clock_hours >= 150",
    "(stackable or heard >= 5) = false",
    "not not stackable",
    "not not short",
    "not (clock_hours != 150)",
    "not (heard != 5)",
    "not (clock_hours not in {150, 300})",
    "not (heard not in {3, 5})",
    "not (heard is missing)",
    "not (clock_hours is missing) and stackable",
    "short and stackable and short",
    "short or short or stackable",
    "short and short",
    "heard >= 5 and stackable and heard >= 3",
    "heard >= 3 or stackable or heard > 5",
    "stackable and heard < 5 and heard <= 5",
    "clock_hours >= 300 and short and clock_hours >= 150",
    "clock_hours in {150, 300, 150} or stackable",
    "not not (stackable = true)",
)
POLICY = """data:
  program:
    columns:
      heard:
        unit: count
        bounded: yes
        at_least: 0
        at_most: 99
criteria:
  program:
    short:
      not_applicable_when: portable
      test: clock_hours <= 150
      because: it is short
      cite: law 1
definitions:
  program:
""" + "".join(f"    rule_{at}: {one}\n" for at, one in enumerate(CONDITIONS))


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_every_row_has_the_same_answers(tmp_path: Path, backend: str) -> None:
    answers = product(("true", "false", ""), ("true", "false", ""), ("100", "150", "300", ""), ("3", "5", "7", ""))
    rows = [
        {"program_id": f"p{at}", "stackable": one, "portable": two, "clock_hours": three, "heard": four}
        for at, (one, two, three, four) in enumerate(answers)
    ]
    for at, bound in enumerate(("at_least 3", "at_least 5", "at_most 5", "at_most 3", "at_least 6")):
        rows.append(
            {"program_id": f"q{at}", "stackable": "", "portable": "false", "clock_hours": "150", "heard": bound}
        )
    data = {"program": rows}
    before = ran(POLICY, data, tmp_path, backend)
    made = api.fix([tmp_path / "rating.yaml"]).made
    assert len(made) >= len(CONDITIONS)
    text = (tmp_path / "rating.yaml").read_text(encoding="utf-8")
    assert not any(f": {one}\n" in text for one in CONDITIONS)
    after = ran(text.removeprefix(HEAD), data, tmp_path, backend)
    assert after.columns["program"].equals(before.columns["program"])
