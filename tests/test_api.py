"""The door: what each function takes, gives and raises, and the order in which a run's day is found."""

from __future__ import annotations

import subprocess
import sys
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.decode import values_of
from engine.text.errors import PolicyError
from tests.house.checkout import ROOT
from tests.small_state import DATASET, POLICY, write_state


def codes(error: pytest.ExceptionInfo[PolicyError]) -> list[str]:
    return [one.code for one in error.value.diagnostics]


def test_importing_the_engine_loads_no_database() -> None:
    heavy = "{'duckdb', 'pandas', 'pyarrow', 'sqlglot', 'rich', 'pyspark'}"
    code = f"import sys, engine.api; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# -- check ----------------------------------------------------------------------------------------------------------


def test_check_counts_the_policies_of_a_folder(tmp_path: Path) -> None:
    write_state(tmp_path)
    (tmp_path / "welding.cases.yaml").write_text("not: a policy\n", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "other.yaml").write_text("not: a policy\n", encoding="utf-8")
    found = api.check([tmp_path])
    assert (found.files, found.diagnostics, found.has_errors) == (1, (), False)


def test_a_folder_without_a_policy_is_an_error(tmp_path: Path) -> None:
    policy, data = write_state(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "wages.yaml.txt").write_text("policy: xx/wages")
    found = api.check([policy, data, tmp_path / "empty", tmp_path / "hidden"])
    assert found.files == 1 and found.has_errors
    assert [(one.code, one.span.source.name) for one in found.diagnostics] == [
        ("Y065", str(data)), ("Y065", str(tmp_path / "empty")), ("Y065", str(tmp_path / "hidden")),
    ]  # fmt: skip
    assert [one.help for one in found.diagnostics] == [
        (f"a dataset is here: check it with `specie data check {data}`",),
        ("a policy is a file that ends in `.yaml`",),
        (
            "a policy is a file that ends in `.yaml`; a name here ends in `.yaml.txt` "
            "(some editors add an ending, and Windows hides it)",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dataset.yaml", DATASET), ("made.yaml", DATASET), ("dataset.yaml", ""), ("areas.csv", POLICY), ("AREAS.CSV.GZ", ""),
    ],
)  # fmt: skip
def test_what_is_no_policy_is_said_once(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [one.code for one in api.check([tmp_path / name]).diagnostics] == ["Y066"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("dataset.yaml", POLICY), ("areas.txt", POLICY), ("a.yaml", "tables:\n  bonus:\n    inputs: [size]\n")],
)
def test_what_may_be_a_policy_is_read_as_one(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert "Y066" not in [one.code for one in api.check([tmp_path / name]).diagnostics]


def test_check_reports_everything_of_every_file(tmp_path: Path) -> None:
    one, _ = write_state(
        tmp_path, policy=POLICY.replace("wage_floor\n", "wage_flor\n").replace("limit: 2", "limit: 2 +")
    )
    (tmp_path / "two.yaml").write_text("- a list\n", encoding="utf-8")
    found = api.check([tmp_path])
    assert found.has_errors and found.files == 2
    assert [(Path(d.span.source.name).name, d.code[0]) for d in found.diagnostics] == [
        ("two.yaml", "Y"), ("welding.yaml", "N"), ("welding.yaml", "S"),
    ]  # fmt: skip
    assert api.check([one, one]).files == 2


def test_check_with_data_holds_it_to_the_contract(tmp_path: Path) -> None:
    policy, data = write_state(tmp_path, areas="code,name\nUS-XX,\nUS-XX,\n")
    assert api.check([policy]).diagnostics == ()
    assert [one.code for one in api.check([policy], data).diagnostics] == ["D026"]
    assert [one.code for one in api.check([policy], tmp_path).diagnostics] == ["D001"]


# -- the day --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "dataset", "given", "day"),
    [
        (POLICY, DATASET, Date(2030, 1, 2), Date(2030, 1, 2)),  # what is asked for
        (POLICY, DATASET, None, Date(2026, 11, 1)),  # else the dataset's
        (POLICY, DATASET.replace("as_of: 2026-11-01\n", ""), None, Date(2026, 7, 1)),  # else the policy's year
        (POLICY.replace("school_year: 2026-27", "school_year: 2024-25\nschool_year_begins: 08-15"),
         DATASET.replace("as_of: 2026-11-01\n", ""), None, Date(2024, 8, 15)),
    ],
)  # fmt: skip
def test_the_day_of_a_run(policy: str, dataset: str, given: Date | None, day: Date, tmp_path: Path) -> None:
    file, data = write_state(tmp_path, policy=policy, dataset=dataset)
    assert api.evaluate(file, data, given, "reference").as_of == day


def test_without_any_day_there_is_no_run(tmp_path: Path) -> None:
    policy = POLICY.replace("school_year: 2026-27\n", "")
    file, data = write_state(tmp_path, policy=policy, dataset=DATASET.replace("as_of: 2026-11-01\n", ""))
    with pytest.raises(PolicyError) as error:
        api.evaluate(file, data, backend="reference")
    assert codes(error) == ["X010"]


# -- runs -----------------------------------------------------------------------------------------------------------


def test_faults_are_raised_with_every_complaint(tmp_path: Path) -> None:
    file, data = write_state(
        tmp_path, policy=POLICY.replace("wage_floor\n", "wage_flor\n").replace("pay desc", "pai desc")
    )
    with pytest.raises(PolicyError) as error:
        api.evaluate(file, data)
    assert codes(error) == ["N001", "N001"]
    with pytest.raises(PolicyError) as error:
        api.plan(file)
    assert codes(error) == ["N001", "N001"]
    with pytest.raises(PolicyError) as error:
        api.evaluate(tmp_path / "nothing.yaml", data)
    assert codes(error) == ["Y002"]


def test_another_value_for_a_parameter(tmp_path: Path) -> None:
    file, data = write_state(tmp_path)
    run = api.evaluate(file, data, None, "reference", {"parameters.wage_floor": Fraction(47_001)})
    met = values_of(run, run.plan.column("occupation", "good_job"))
    assert met.count(True) == 1, "developers only, who earn at least $239,200"


def test_write_refuses_what_is_not_a_run(tmp_path: Path) -> None:
    file, data = write_state(tmp_path)
    found = api.outcome(api.evaluate(file, data, backend="reference"))
    with pytest.raises(PolicyError) as error:
        api.write(found, data)
    assert codes(error) == ["X012"]
    api.write(found, tmp_path / "run", "json")
    assert (tmp_path / "run" / "priority_list.json").is_file()


def test_explain_says_the_same_as_often_as_it_is_asked(tmp_path: Path) -> None:
    file, data = write_state(tmp_path)
    first, second = (
        api.explain(file, data, "occupation", "51-4121", None, None, one) for one in ("reference", "duckdb")
    )
    assert first == second


def test_a_plan_may_show_its_rows(tmp_path: Path) -> None:
    file, data = write_state(tmp_path)
    bare, counted = api.plan_text(file), api.plan_text(file, None, data)
    assert "occupation (key code), rows: 5 estimated, 5 actual" in counted
    assert bare == "\n".join(line.split(", rows:")[0] for line in counted.split("\n"))


def test_the_contract_alone_and_for_a_policy(tmp_path: Path) -> None:
    file, data = write_state(tmp_path)
    report, lines = api.check_data(data)
    assert report.diagnostics == ()
    assert lines == [
        "area: 1 row from areas.csv", "occupation: 5 rows from occupations.csv",
        "labor_market: 4 rows from labor_markets.csv", "the dataset keeps the contract",
    ]  # fmt: skip
    assert api.check_data(data, file) == (report, lines)
    report, lines = api.check_data(data, tmp_path / "nothing.yaml")
    assert [one.code for one in report.diagnostics] == ["Y002"] and lines == []


def test_what_the_model_describes() -> None:
    assert {"labor_market", "credential"} <= set(api.described())
    assert all(api.describe(name) for name in api.described())
    with pytest.raises(KeyError):
        api.describe("nothing")


@pytest.mark.parametrize(("said", "guarded"), [("", False), ("1", True), ("true", True), (None, False)])
def test_an_automatic_run_is_guarded(said: str | None, guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    if said is not None:
        monkeypatch.setenv("CI", said)
    assert api.guarded() is guarded
