"""Pairs of policies that a person has labelled: every edit is found and of its class, and the laws of differences hold."""

from __future__ import annotations

import pytest

from engine.results.diff.apply import apply, mirror
from engine.results.diff.compare import compare
from engine.results.diff.policy_diff import diff_policies
from tests.results.diff.pairs import PAIRS, texts, version

CLASSES = {
    "cosmetic", "renamed", "equivalent", "tightened", "loosened", "re-weighted", "added", "removed", "date-only",
    "source-only", "denominator-changed", "mixed", "unknown",
}  # fmt: skip


def test_every_class_is_among_the_pairs() -> None:
    assert len(PAIRS) >= 30
    assert {pair.get("class") for pair in PAIRS.values()} >= CLASSES


@pytest.mark.parametrize("name", PAIRS)
def test_each_edit_is_of_the_class_that_a_person_gives_it(name: str) -> None:
    old, new = map(version, texts(name))
    found = diff_policies(old, new)
    assert {edit.path: edit.edit_class.value for edit in found.edits} == PAIRS[name]["edits"]
    assert (found.edit_class.value if found.edit_class else None) == PAIRS[name].get("class")
    told = {one.what: one.effect.value for edit in found.edits for one in edit.effects}
    assert told.items() >= PAIRS[name].get("effects", {}).items()


@pytest.mark.parametrize("name", PAIRS)
def test_the_edits_made_to_the_old_policy_give_the_new_one(name: str) -> None:
    old, new = map(version, texts(name))
    assert compare(apply(old, diff_policies(old, new).edits), new.policy) == ()
    assert compare(apply(new, diff_policies(new, old).edits), old.policy) == ()


@pytest.mark.parametrize("name", PAIRS)
def test_the_way_back_is_the_mirror(name: str) -> None:
    old, new = map(version, texts(name))
    back, mirrored = diff_policies(new, old), mirror(diff_policies(old, new))
    assert set(back.edits) == set(mirrored.edits)


def test_a_policy_and_itself_differ_in_nothing() -> None:
    for text in sorted({texts(name)[1] for name in PAIRS})[::3]:
        assert diff_policies(version(text), version(text, "other.yaml")).edits == ()
