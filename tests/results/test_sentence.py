"""The sentence of a rule with the values of a row."""

from __future__ import annotations

from fractions import Fraction

from engine.execution.values import Bound
from engine.results.decode import MISSING
from engine.results.sentence import filled
from engine.types.datatypes import Type
from engine.types.units import parse_unit
from tests.results.small import small_run

RULES = {rule.name: rule for rule in small_run().epoch.definitions}


def test_values_stand_where_the_braces_were() -> None:
    unit = parse_unit("USD/year")
    assert unit is not None
    money = Type("number", unit=unit, whole=6, scale=2)
    said = "at least one linked occupation is high-skill and pays {} or more"
    assert filled(RULES["good_job"], [(money, Fraction(43900))]) == said.format("$43,900/year")
    assert filled(RULES["good_job"], [(money, Bound(Fraction(239200), None))]) == said.format("≥ $239,200/year")
    assert filled(RULES["good_job"], [(money, MISSING)]) == said.format("missing")


def test_a_sentence_without_values_and_a_rule_without_a_sentence() -> None:
    assert filled(RULES["tuition"], []) == "tuition is within value-added earnings"
    assert filled(RULES["value_score"], []) == ""
