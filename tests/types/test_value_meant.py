"""What a number without its sign was meant to be."""

from __future__ import annotations

import pytest

from engine.syntax.parse_scenario import parse_scenario
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from engine.types import units
from engine.types.datatypes import Type, number
from engine.types.units import parse_unit
from engine.types.value_meant import value_meant

USD, HOURLY = parse_unit("USD"), parse_unit("USD/hour")


@pytest.mark.parametrize(
    ("written", "unit", "meant"),
    [
        ("1500", USD, "$1,500"),
        ("1500.50", HOURLY, "$1,500.50"),
        ("-1500", USD, "-$1,500"),
        ("0.125", USD, ""),
        ("60%", USD, ""),
        ("0.7", units.RATIO, "70%"),
        ("0.075", units.RATIO, "7.5%"),
        ("0", units.RATIO, "0%"),
        ("70", units.RATIO, "70%"),
        ("1", units.RATIO, ""),
        ("700", units.RATIO, ""),
        ("$7", units.RATIO, ""),
        ("$7", units.PLAIN, "7"),
        ("$7/hour", units.PLAIN, ""),
    ],
)
def test_a_number_without_its_sign(written: str, unit: units.Unit, meant: str) -> None:
    document = read_document(Source("a.scenario.yaml", f"scenario: a\nset:\n  a: {written}\n"), Diagnostics())
    assert document is not None
    found = parse_scenario(document, Diagnostics())
    assert found is not None and found.settings[0].value is not None
    assert value_meant(found.settings[0].value, number(unit, 6, 2)) == meant
    assert value_meant(found.settings[0].value, Type("date")) == ""
