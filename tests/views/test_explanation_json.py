"""Explanations as JSON: the published form, exact numbers, and nothing of an explanation left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date as Date
from fractions import Fraction
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from engine.execution.values import NOT_APPLICABLE, Bound, Missing, Value
from engine.results.explain import explanation as forms
from engine.results.explain.explain import explain
from engine.types.datatypes import TRUTH, Type, number
from engine.types.units import USD, Unit
from engine.views.explanation_json import exact_text, explanation_json, explanation_record, value_record
from tests.house.checkout import ROOT
from tests.results.small import small_run
from tests.views.test_explanation import PAGES

SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas" / "explanation.schema.json").read_bytes())


def one_of(validator: Any, branches: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    """`oneOf` that leaves a branch at its first fault: jsonschema collects all faults of each that does not fit, which
    doubles the work with every level of a tree.
    """
    fitting = [one for one in branches if validator.evolve(schema=one).is_valid(instance)]
    if len(fitting) != 1:
        yield ValidationError(f"{len(fitting)} forms fit, not one")


VALID = extend(Draft202012Validator, {"oneOf": one_of})(SCHEMA)  # type: ignore[no-untyped-call]

# What is called otherwise in the record, or is part of a value that has its type with it.
CALLED = {
    "type": None, "place": "row", "sentence": "verdict", "items": "items", "again": "told_elsewhere",
    "points": "of", "entries": "entries", "responsible": "not_known", "name": "name",
}  # fmt: skip
RECORDS = {
    forms.Place: "place", forms.Margin: "margin", forms.Given: "given", forms.Datum: "datum",
    forms.Responsible: "responsible", forms.Step: "step", forms.SeenRow: "seen_row", forms.Rows: "rows",
    forms.Rule: "rule", forms.Note: "note", forms.Entry: "entry", forms.Ledger: "ledger", forms.Failing: "failing",
    forms.FailingSet: "failing_set", forms.Change: "change", forms.Nearest: "nearest", forms.Either: "either_way",
    forms.Counterfactual: "counterfactual",
}  # fmt: skip


def problems(record: object) -> list[str]:
    return [f"{list(one.absolute_path)}: {one.message}" for one in VALID.iter_errors(record)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert problems({}) and problems([]), "it asks for something"


def test_everything_in_the_schema_says_what_it_is() -> None:
    for name, one in {**SCHEMA["$defs"], "": SCHEMA}.items():
        for key, inside in one.get("properties", {}).items():
            assert "description" in inside or "$ref" in inside, (name, key)
        assert one["description"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_record_has_every_field(record: Any) -> None:
    known = set(SCHEMA["$defs"][RECORDS[record]]["properties"])
    for one in fields(record):
        key = CALLED.get(one.name, one.name)
        if record is forms.Margin and one.name == "type":
            key = "unit"
        assert key is None or key in known or one.name in known, one.name


def test_an_explanation_has_every_field() -> None:
    called = {"items": "tree", "name": "result", "place": "row", "responsible": "not_known", "sentence": "verdict"}
    assert {called.get(one.name, one.name) for one in fields(forms.Explanation)} - {"type"} <= set(SCHEMA["properties"])


@pytest.mark.parametrize(("entity", "key", "name", "page"), PAGES, ids=[page for *_, page in PAGES])
def test_small_explanations_are_valid(entity: str, key: str, name: str | None, page: str) -> None:
    found = explain(small_run(), entity, tuple(key.split("+")), name)
    record = json.loads(explanation_json(found))
    assert problems(record) == []
    assert record["verdict"] == found.sentence and list(record) == list(SCHEMA["properties"])
    assert len(record["tree"]) == len(found.items)


def test_a_record_that_lacks_something_is_not_valid() -> None:
    record = explanation_record(explain(small_run(), "credential", ("WELD-1",), None))
    del record["tree"][0]["items"]
    assert problems(record)


@pytest.mark.parametrize(
    ("value", "type", "record"),
    [
        (Fraction(3, 5), Type("number", Unit("ratio")), {"kind": "number", "value": "0.6", "shown": "60%", "unit": "ratio"}),
        (Fraction(1, 3), Type("number"), {"kind": "number", "value": "1/3", "shown": "0.3333…", "unit": "number"}),
        (Fraction(-5, 2), number(USD, 9, 2), {"kind": "number", "value": "-2.5", "shown": "-$2.50", "unit": "USD"}),
        (True, TRUTH, {"kind": "truth", "value": True, "shown": "yes"}),
        (Missing(), TRUTH, {"kind": "missing", "value": None, "shown": "missing"}),
        (NOT_APPLICABLE, TRUTH, {"kind": "not_applicable", "value": None, "shown": "not applicable"}),
        (Date(2026, 7, 1), Type("date"), {"kind": "date", "value": "2026-07-01", "shown": "2026-07-01"}),
        (Bound(Fraction(7), None), Type("number"), {"kind": "bound", "value": None, "shown": "≥ 7", "unit": "number", "low": "7", "high": None}),
        (2026, Type("year", name="school_year"), {"kind": "year", "value": "2026", "shown": "2026-27"}),
    ],
)  # fmt: skip
def test_values(value: Value, type: Type, record: dict[str, Any]) -> None:
    assert value_record(value, type) == record
    within = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/value", "properties": {}, "required": [], "additionalProperties": True})  # fmt: skip
    assert list(within.iter_errors(record)) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(0), "0"), (Fraction(-1, 8), "-0.125"), (Fraction(1, 7), "1/7"), (Fraction(10**20), "1" + "0" * 20), (Fraction(-22, 7), "-22/7")],
)  # fmt: skip
def test_numbers_are_exact(value: Fraction, text: str) -> None:
    assert exact_text(value) == text and Fraction(exact_text(value)) == value
