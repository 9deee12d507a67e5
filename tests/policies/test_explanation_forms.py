"""What the bundled cases come to can be asked for in every form, and each form is valid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from engine.results.cases.cases import runs_of
from engine.results.decision import RULES
from engine.results.decode import keys_of
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation
from engine.results.line import lines_of_run
from engine.results.run import Run
from engine.views.explanation import render_explanation
from engine.views.explanation_html import explanation_html
from engine.views.explanation_json import explanation_record
from tests.house.checkout import ROOT
from tests.views.test_explanation_html import whole, words
from tests.views.test_explanation_json import problems

FILES = sorted((ROOT / "policies").rglob("*.cases.yaml"))


def asked(run: Run) -> Iterator[Explanation]:
    """What a policy is about, of the first row of each kind: its place, its rules, its rating, its payment."""
    policy = run.checked.policy
    names: list[tuple[str, str | None]] = [(line.payee, line.item.name) for line in lines_of_run(run)]
    names += [(line.item.claim.text, line.item.name) for line in lines_of_run(run)]
    section = policy.accountability
    if section is not None:
        asked_for = "rating" if section.ratings else section.indicators[0].name
        names += [(level.text, asked_for) for level in section.levels]
    rules = [(one.entity, one.name) for one in run.epoch.definitions if one.role in RULES]
    names += rules[:3] or [(one.entity, one.name) for one in run.epoch.definitions if one.role == "definition"][-1:]
    if policy.priority_list is not None:
        names.append((policy.priority_list.entity.text, None))
    for entity, name in names:
        for key in keys_of(run, entity)[:1]:
            yield explain(run, entity, tuple(str(part) for part in key), name)


@pytest.mark.parametrize("most", [1, pytest.param(None, marks=pytest.mark.long, id="all")])
@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_every_form_of_every_case(path: Path, most: int | None) -> None:
    """The first case of a policy; all of them in the long tests."""
    seen = 0
    for _, run in islice(runs_of(path), most):
        for found in asked(run):
            seen += 1
            assert problems(explanation_record(found)) == []
            assert words(found.sentence) in words(whole(explanation_html(found)).text)
            assert words(found.sentence) in words(render_explanation(found))
    assert seen
