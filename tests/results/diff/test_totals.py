"""Payments and ratings compared alone are those of the whole comparison, whether or not the versions share a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from tests.house.checkout import ROOT

EXAMPLE = ROOT / "policies" / "example" / "credentials-of-value.yaml"


@pytest.mark.parametrize(
    ("old", "new"),
    [("FY2027: $1,250", "FY2027: $1,400"), ("premier: good_job and", "premier: good_job or")],
    ids=["a parameter", "a rule"],
)
def test_totals_are_those_of_the_whole(tmp_path: Path, old: str, new: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    edited = tmp_path / "edited.yaml"
    edited.write_text(text.replace(old, new), encoding="utf-8")
    whole = api.compare(EXAMPLE, edited, ROOT / "examples" / "state", causes=False).outcome
    alone = api.compare(EXAMPLE, edited, ROOT / "examples" / "state", totals=True).outcome
    assert whole is not None and alone is not None
    assert (alone.paid, alone.rated) == (whole.paid, whole.rated)
    assert (alone.payment_groups, alone.rating_groups) == (whole.payment_groups, whole.rating_groups)
    assert alone.paid is not None and alone.paid.before != alone.paid.after
