"""A recorded run held to its hashes, and to the same run made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date as Date
from functools import cache
from pathlib import Path

import pytest

from engine import api
from engine.results.record import RECORD
from tests.small_state import POLICY, write_state


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A folder with a policy, its data, and a run of both."""
    policy, data = write_state(tmp_path)
    api.write(api.outcome(api.evaluate(policy, data, None, "reference")), tmp_path / "run")
    return tmp_path


def found(state: Path, *, again: bool = False) -> list[tuple[str, str]]:
    """Code and place of every complaint."""
    made_of = (state / "welding.yaml", state / "data", "reference") if again else ()
    report = api.verify(state / "run", *made_of)
    return [(one.code, Path(one.span.source.name).name) for one in report.diagnostics]


def test_an_untouched_run_is_verified(state: Path) -> None:
    assert found(state) == [] and found(state, again=True) == []
    assert api.verify(state / "run").files == len(list((state / "run").iterdir())) - 1


@pytest.mark.parametrize("format", ["json", "parquet", "xlsx"])
def test_in_every_format(format: str, state: Path) -> None:
    result = api.outcome(api.evaluate(state / "welding.yaml", state / "data", Date(2026, 7, 2)))
    api.write(result, state / "run", format)
    assert found(state, again=True) == [], "made again as of the day on record"


def test_each_kind_of_tampering_is_named(state: Path) -> None:
    (state / "run" / "held.csv").write_text("nothing is held\n", encoding="utf-8")
    (state / "run" / "findings.csv").unlink()
    (state / "run" / "notes.txt").write_text("mine", encoding="utf-8")
    assert found(state) == [("X043", "findings.csv"), ("X042", "held.csv"), ("X044", "notes.txt")]
    assert found(state, again=True) == [
        ("X043", "findings.csv"), ("X045", "findings.csv"), ("X042", "held.csv"), ("X045", "held.csv"), ("X044", "notes.txt"),
    ]  # fmt: skip


def test_a_tampered_record_is_found_by_making_the_run_again(state: Path) -> None:
    path = state / "run" / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace('"failed": ', '"failed": 1'), encoding="utf-8")
    assert found(state) == []
    assert found(state, again=True) == [("X045", RECORD)]
    (one,) = api.verify(state / "run", state / "welding.yaml", state / "data").diagnostics
    assert one.notes == ("what differs in it: failed",)


def another_policy(state: Path) -> None:
    text = POLICY.replace("limit: 2", "limit: 1")
    (state / "welding.yaml").write_text(text, encoding="utf-8")


def another_layout(state: Path) -> None:
    (state / "welding.yaml").write_text(POLICY.replace("limit: 2", "limit:   2  # two"), encoding="utf-8")


def other_data(state: Path) -> None:
    with (state / "data" / "occupations.csv").open("a", encoding="utf-8") as file:
        file.write("13-2011,Accountants\n")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (another_policy, ["the text of the policy is another one: "]),
        (other_data, ["the data file `occupations.csv` is another one: "]),
        (another_layout, []),
    ],
)
def test_another_input_is_named(change: Callable[[Path], None], named: list[str], state: Path) -> None:
    change(state)
    report = api.verify(state / "run", state / "welding.yaml", state / "data")
    inputs = [one.message for one in report.diagnostics if one.code == "X046"]
    assert len(inputs) == len(named)
    assert all(message.startswith(start) for message, start in zip(inputs, named, strict=True))
    assert report.has_errors is bool(named)


def test_another_version_is_named(state: Path) -> None:
    path = state / "run" / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace('"engine": "', '"engine": "9.'), encoding="utf-8")
    report = api.verify(state / "run", state / "welding.yaml", state / "data")
    assert [one.code for one in report.diagnostics] == ["X045", "X046"]
    assert "the version of specie is another one: 9." in report.diagnostics[1].message


@cache
def whole() -> dict[str, object]:
    return {"specie_run": 1, "as_of": "2026-07-01", "outputs": {}}


@pytest.mark.parametrize(
    "text",
    [
        None, "", "no", "[]", "{}", '{"specie_run": 1}', json.dumps({**whole(), "specie_run": 2}),
        json.dumps({**whole(), "as_of": "soon"}), json.dumps({**whole(), "as_of": None}),
        json.dumps({**whole(), "outputs": ["held.csv"]}), json.dumps({**whole(), "outputs": {"../x": ""}}),
        json.dumps({**whole(), "outputs": {"C:x": ""}}), json.dumps({**whole(), "outputs": {"..": ""}}),
        json.dumps({**whole(), "outputs": {"x": 1}}),
    ],
)  # fmt: skip
def test_what_is_no_run(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / RECORD).write_text(text, encoding="utf-8")
    assert [one.code for one in api.verify(tmp_path).diagnostics] == ["X041"]
    assert [one.code for one in api.verify(tmp_path / "nothing").diagnostics] == ["X041"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert [one.code for one in api.verify(tmp_path / "file").diagnostics] == ["X041"]


def test_a_record_whose_entries_are_of_the_wrong_kind_is_compared_all_the_same(state: Path) -> None:
    path = state / "run" / RECORD
    said = json.loads(path.read_bytes())
    path.write_text(json.dumps({**said, "data": [], "policy_hash": None}), encoding="utf-8")
    codes = {code for code, _ in found(state, again=True)}
    assert codes == {"X045", "X046"}


@pytest.mark.parametrize("name", ["simulation.json", "diff.json"])
def test_what_holds_the_folder_of_a_simulation_or_a_difference(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    (one,) = api.verify(tmp_path).diagnostics
    assert one.code == "X041" and f"`specie report {tmp_path}`" in " ".join(one.help)
