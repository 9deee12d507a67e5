"""The record of every example scenario keeps its schema, and every key of it is told in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine import api
from engine.views.article_html import article_html
from engine.views.article_json import article_json, read_article
from engine.views.simulation_json import simulation_json
from tests.house.checkout import ROOT
from tests.results.simulate.years.test_years_ahead import simulation

SCHEMA = json.loads((ROOT / "schemas" / "simulation.schema.json").read_bytes())
SCENARIOS = sorted((ROOT / "examples" / "scenarios").glob("*.scenario.yaml"))
QUICK = ("higher-amounts", "texas-floor")
"""Scenarios that each test run tries; `make test-long` tries all."""

EXAMPLE = "example/credentials-of-value"
ON = {
    "co/career-development-success": "colorado-2021-22",
    "la/school-performance": "louisiana-2018",
    "oh/innovative-workforce-incentive": "ohio-incentive",
    "tx/ccmr-outcomes-bonus": "texas-bonus",
}
"""The dataset of a policy's scenarios; all others are of the example state."""


def policy_of(scenario: Path) -> str:
    lines = scenario.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix("policy: ") for line in lines if line.startswith("policy: ")), EXAMPLE)


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(path, id=name, marks=() if name in QUICK else pytest.mark.long)
        for path in SCENARIOS
        for name in [path.name.removesuffix(".scenario.yaml")]
    ],
)
def test_the_record_of_every_example_keeps_its_schema(scenario: Path, tmp_path: Path) -> None:
    """And what its page was made of is read back as it was, so that `specie report` makes the same page of it."""
    policy = policy_of(scenario)
    found = api.simulate(ROOT / "policies" / f"{policy}.yaml", ROOT / "examples" / ON.get(policy, "state"), [scenario])
    api.write_simulation(found, tmp_path / "out")
    record = json.loads((tmp_path / "out" / "simulation.json").read_bytes())
    assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors(record)] == []
    written = (tmp_path / "out" / "article.json").read_text(encoding="utf-8")
    article = read_article(written.encode())
    assert article is not None and article_json(article) == written
    assert article_html(article).encode() == (tmp_path / "out" / "simulation.html").read_bytes()
    if record["uncertainty"] is not None:
        assert record["uncertainty"]["seed"] == found.asked.uncertainty.seed  # type: ignore[union-attr]


MORE = """\
scenario: more
equity: yes
years:
  ahead: 1
  cohorts: 2%
  grow:
    - of: attainments
      by: 10%
set:
  wage_floor: $48,000
"""


def test_the_record_of_years_and_groups_keeps_its_schema(tmp_path: Path) -> None:
    """Parts of which no example has a scenario, of ten attainments."""
    found = simulation(tmp_path, "equity: yes\nyears:\n  ahead: 2\n  cohorts: 10%\nset:\n  amount: $90\n")
    record = json.loads(simulation_json(found, "1.2.3"))
    assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors(record)] == []
    assert [year["school_year"] for year in record["years"]["years"]] == ["2026-27", "2027-28", "2028-29"]
    assert record["equity"][0]["group"] == "all students"


@pytest.mark.long
def test_that_of_the_example_keeps_it_too(tmp_path: Path) -> None:
    (tmp_path / "more.scenario.yaml").write_text(MORE, encoding="utf-8")
    policy = ROOT / "policies" / f"{EXAMPLE}.yaml"
    found = api.simulate(policy, ROOT / "examples" / "state", [tmp_path / "more.scenario.yaml"])
    record = json.loads(simulation_json(found, "1.2.3"))
    assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors(record)] == []
    assert [year["school_year"] for year in record["years"]["years"]] == ["2026-27", "2027-28"]
    assert record["equity"][0]["group"] == "all students" and record["moves"]


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if schema.get("type") == "object":
        yield schema
    for inner in (*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", [])):
        yield from objects(inner)
    if "items" in schema:
        yield from objects(schema["items"])


def test_no_key_is_left_to_chance() -> None:
    """Every object with keys of its own names them all, requires them, and says what each is."""
    Draft202012Validator.check_schema(SCHEMA)
    named = [one for one in objects(SCHEMA) if "properties" in one]
    assert len(named) > 20
    for one in named:
        assert one["additionalProperties"] is False and one["required"] == list(one["properties"])
        assert all("description" in key or "$ref" in key for key in one["properties"].values())
