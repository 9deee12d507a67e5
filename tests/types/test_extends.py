"""What a policy takes over is checked together with what it adds, at the places of whoever wrote it."""

from __future__ import annotations

from pathlib import Path

from engine.model.standard import STANDARD
from engine.syntax.load import load_policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedPolicy

BASE = """\
policy: xx/base
sources:
  code-12:
    title: State Code 12
parameters:
  wage_floor:
    unit: USD/year
    cite: code-12 (a)
    values:
      2026-07-01: $43,900
definitions:
  labor_market:
    high_wage: annual_median >= wage_floor
"""


def load(folder: Path, child: str) -> tuple[CheckedPolicy, tuple[Diagnostic, ...]]:
    root = folder / "policies" / "xx"
    root.mkdir(parents=True)
    (root / "base.yaml").write_text(BASE, encoding="utf-8")
    (root / "child.yaml").write_text(f"policy: xx/child\nextends: [xx/base]\n{child}", encoding="utf-8")
    diagnostics = Diagnostics()
    policy = load_policy(root / "child.yaml", diagnostics)
    assert policy is not None
    return check_policy(policy, STANDARD, diagnostics), diagnostics.sorted()


def test_names_of_the_parent_are_known(tmp_path: Path) -> None:
    policy, said = load(tmp_path, "definitions:\n  occupation:\n    good: any(high_wage over labor_markets)\n")
    assert said == () and [one.name for one in policy.epochs[0].definitions] == ["high_wage", "good"]


def test_a_replacement_in_another_unit_is_shown_beside_what_it_replaces(tmp_path: Path) -> None:
    child = (
        "parameters:\n  wage_floor:\n    replaces: parameters.wage_floor\n    because: an hour is what is paid\n"
        "    unit: USD/hour\n    cite: code-12 (b)\n    values:\n      2026-07-01: $18.50\n"
    )
    (told,) = load(tmp_path, child)[1]
    assert told.code == "N119" and told.span.source.name.endswith("child.yaml")
    assert [label.span.text for label in told.labels] == ["USD/hour", "USD/year"]


def test_a_replacement_that_breaks_what_the_parent_says_is_shown_there(tmp_path: Path) -> None:
    child = (
        "parameters:\n  wage_floor:\n    replaces: parameters.wage_floor\n    because: a day is what is asked for\n"
        "    type: date\n    cite: code-12 (b)\n    values:\n      2026-07-01: 2026-09-01\n"
    )
    (told,) = load(tmp_path, child)[1]
    assert told.code == "T002" and told.span.source.name.endswith("base.yaml")


def test_a_mistake_of_the_child_is_shown_in_the_child(tmp_path: Path) -> None:
    (told,) = load(tmp_path, "definitions:\n  occupation:\n    good: any(high_wages over labor_markets)\n")[1]
    assert told.code == "N001" and told.span.source.name.endswith("child.yaml")
    assert told.help == ("did you mean `high_wage`?",)


def test_a_ring_through_two_files_shows_both(tmp_path: Path) -> None:
    child = (
        "definitions:\n  labor_market:\n    high_wage:\n      replaces: definitions.labor_market.high_wage\n"
        "      because: it is so\n      cite: code-12 (b)\n      value: well_paid\n    well_paid: high_wage\n"
    )
    (told,) = load(tmp_path, child)[1]
    assert told.code == "N006"
