"""What z3 proves of pairs of rules that normal forms do not decide, and the rows that it finds where nothing is to be
proved: each is evaluated by the reference interpreter. Only where the extra `prove` is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from engine.results.diff.apply import mirror
from engine.results.diff.comparison import Comparison
from engine.results.diff.direction import shift
from engine.results.diff.edit import Edit, EditClass
from engine.results.diff.policy_diff import diff_policies
from engine.results.diff.shift import Care, Shift, Way
from engine.results.diff.term_of_expr import Meanings, term_of
from engine.syntax.print import print_expr
from engine.views.article import article_markdown
from engine.views.diff import render_diff
from engine.views.diff_article import diff_article
from engine.views.diff_json import diff_record
from tests.property.policies import generated
from tests.property.test_directions import TWIN, column, holds, results, twins
from tests.results.diff.pairs import PAIRS, texts, version

pytest.importorskip("z3")

from engine.results.diff.prove import Prover

HEAD = """
policy: xx/proofs
title: Rules that are put to the solver
jurisdiction: US-XX
school_year: 2026-27
data:
  credential:
    columns:
      seats: {unit: count, at_least: 0, at_most: 30}
      staff: {unit: count, at_least: 1, at_most: 9, required: yes}
      hours: {unit: hour, scale: 1, at_least: 0.5, at_most: 80}
      pay: {unit: USD/year, at_least: 0}
      a: {type: truth}
      b: {type: truth}
      c: {type: truth}
      sure: {type: truth, required: yes}
      opened: {type: date}
      closed: {type: date}
      shade: {values: [red, green, blue]}
      grade: {ordered: yes, values: [low, middle, high]}
      area_wage: {unit: USD/year, bounded: yes}
parameters:
  pay_line:
    unit: USD/year
    standing: assumed
    values:
      2024-07-01: $41,250
      2026-07-01: $43,900
  quorum:
    unit: count
    standing: assumed
    values:
      2024-07-01: 3
      2026-07-01: 5
  amount:
    unit: USD
    standing: assumed
    values:
      2024-07-01: $100
"""

PROVED = {
    # nests that no law of the normal form unites
    ("a and (b or c)", "(a and b) or (a and c)"): EditClass.EQUIVALENT,
    ("not (a and (b or not c))", "(not a) or (c and not b)"): EditClass.EQUIVALENT,
    ("a and (a or b)", "a"): EditClass.EQUIVALENT,
    ("at_least(2, a, b, c)", "(a and b) or (a and c) or (b and c)"): EditClass.EQUIVALENT,
    ("at_least(1, a, b)", "a or b"): EditClass.EQUIVALENT,
    # one limit inside the other, and what is missing stays missing
    ("seats >= 5", "seats >= 5 and seats >= 3"): EditClass.EQUIVALENT,
    ("seats < 5 or seats <= 4", "not (seats >= 5)"): EditClass.EQUIVALENT,
    ("not (seats < 3)", "seats > 2"): EditClass.EQUIVALENT,
    ("seats > 2.5", "seats >= 3"): EditClass.EQUIVALENT,
    ("hours > 2.5", "hours >= 2.6"): EditClass.EQUIVALENT,
    ("hours > 2.5", "hours >= 3"): EditClass.TIGHTENED,
    ("seats in {1, 2, 3}", "seats between 1 and 3"): EditClass.EQUIVALENT,
    ("seats * 2 + 1 >= 11", "seats >= 5"): EditClass.EQUIVALENT,
    ("seats - staff >= 2", "seats >= staff + 2"): EditClass.EQUIVALENT,
    ("max(seats, 4) >= 5", "seats >= 5"): EditClass.EQUIVALENT,
    ("min(seats, 4) >= 5", "seats > 30"): EditClass.EQUIVALENT,
    ("abs(seats - 5) <= 2", "seats between 3 and 7"): EditClass.EQUIVALENT,
    # the data contract makes a condition idle
    ("sure and staff >= 1", "sure"): EditClass.EQUIVALENT,
    ("sure or staff > 9", "sure"): EditClass.EQUIVALENT,
    ("staff is known and sure", "sure"): EditClass.EQUIVALENT,
    ("shade in {red, green}", "shade != blue"): EditClass.EQUIVALENT,
    ("grade > low", "grade in {middle, high}"): EditClass.EQUIVALENT,
    ("grade >= middle or grade = low", "shade in {red, green, blue} and grade >= low"): EditClass.TIGHTENED,
    # what is missing
    ("(a or_else false) or a", "a or_else false"): EditClass.TIGHTENED,
    ("a or not a", "true"): EditClass.LOOSENED,
    ("(seats or_else 0) >= 5", "seats is known and seats >= 5"): EditClass.EQUIVALENT,
    ("if a then true else false", "a"): EditClass.EQUIVALENT,
    ("if a then seats >= 3 else seats >= 3", "seats >= 3"): EditClass.EQUIVALENT,
    ("a and seats >= 5", "if a then seats >= 5 else false"): EditClass.EQUIVALENT,
    ("(a or_else false) and b", "a and b"): EditClass.LOOSENED,
    ("a is known and a", "a"): EditClass.LOOSENED,
    # dates
    ("opened >= 2026-07-01", "opened > 2026-06-30"): EditClass.EQUIVALENT,
    ("opened + 30 days <= 2026-07-31", "opened <= 2026-07-01"): EditClass.TIGHTENED,  # there is no day after 9999-12-31
    ("opened - 30 days <= 2026-07-01 and opened > 2026-01-01", "opened > 2026-01-01 and opened <= 2026-07-31"):
        EditClass.EQUIVALENT,
    ("opened < closed and closed < 2026-07-01 and opened < 2026-07-01", "opened < closed and closed < 2026-07-01"):
        EditClass.LOOSENED,  # where one of the two is missing, the other decides
    ("(opened or_else closed) < 2026-07-01", "if opened is known then opened < 2026-07-01 else closed < 2026-07-01"):
        EditClass.EQUIVALENT,
    ("opened < 2026-07-01 and closed < 2026-07-01", "closed < 2026-06-01 and opened < 2026-05-01"): EditClass.TIGHTENED,
    # parameters at their values
    ("pay >= pay_line", "pay >= pay_line and pay >= $40,000/year"): EditClass.EQUIVALENT,
    ("pay >= pay_line", "pay >= $41,250/year"): EditClass.LOOSENED,
    ("seats >= quorum and a", "a and seats >= 3"): EditClass.LOOSENED,
    # both ways
    ("seats >= 5", "hours >= 5"): EditClass.UNKNOWN,
    ("seats between 3 and 7", "seats between 4 and 8"): EditClass.UNKNOWN,
    ("a", "a or_else sure"): EditClass.UNKNOWN,
    # what is read of other rows is one unknown on both sides
    ("count(articulations) >= 5 and (a or b)", "(count(articulations) >= 5 and b) or (a and count(articulations) > 4)"):
        EditClass.EQUIVALENT,
    ("count(articulations) >= 5", "a and a and count(articulations) >= 6"): EditClass.TIGHTENED,
    ("count(articulations) >= 5 or a", "count(articulations) >= 5 or (b and c)"): EditClass.UNKNOWN,
    # numbers
    ("if a then min($100, amount) else $50", "if a then amount else $50"): EditClass.EQUIVALENT,
    ("amount * max(staff, 3)", "if staff >= 3 then staff * amount else 3 * amount"): EditClass.EQUIVALENT,
    ("if sure then $10 * staff else $20 * staff", "if sure then $5 * staff + $5 else $20 * staff"): EditClass.LOWERED,
    ("round(hours, 0)", "floor(hours + 0.5 * 1)"): EditClass.EQUIVALENT,
    ("round(hours, 0)", "ceiling(hours)"): EditClass.RAISED,
    # bounds are not put to the solver
    ("area_wage >= pay_line and area_wage >= $1/year", "area_wage >= pay_line"): EditClass.LOOSENED,
}  # fmt: skip
"""Pairs of rules with their class, as a person sees it who has the data contract at hand."""


@cache
def edit(old: str, new: str) -> Edit:
    """The one edit from a rule to another, with what is proved of it."""
    before, after = (version(f"{HEAD}definitions:\n  credential:\n    rule: >-\n      {text}\n") for text in (old, new))
    (found,) = diff_policies(before, after, prove=True).edits
    return found


@pytest.mark.parametrize(("old", "new"), PROVED)
def test_each_pair_is_of_its_class_and_its_mirror_of_the_mirrored_one(old: str, new: str) -> None:
    assert edit(old, new).edit_class is PROVED[old, new]
    assert edit(new, old).edit_class is PROVED[old, new].mirrored


def test_most_of_the_pairs_are_not_decided_without_a_proof() -> None:
    open_pairs = 0
    for old, new in PROVED:
        one, other = (
            version(f"{HEAD}definitions:\n  credential:\n    rule: >-\n      {text}\n") for text in (old, new)
        )
        (found,) = diff_policies(one, other).edits
        open_pairs += found.edit_class is not PROVED[old, new]
        assert not found.witnesses
    assert open_pairs >= 30


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("seats >= 5", "seats >= 6", [("met", "not met")]),
        ("seats between 3 and 7", "seats between 4 and 8", [("met", "not met"), ("not met", "met")]),
        ("a", "a or_else sure", [("not known", "not met"), ("not known", "met")]),
        ("a or not a", "true", [("not known", "met")]),
        ("pay >= pay_line", "pay >= $41,250/year", [("not met", "met")]),
    ],
)
def test_a_row_shows_each_way_that_an_edit_goes(old: str, new: str, cells: list[tuple[str, str]]) -> None:
    assert [(one.before, one.after) for one in edit(old, new).witnesses] == cells


def test_a_row_is_told_in_the_words_of_the_policy() -> None:
    one, other = (
        version(f"{HEAD}definitions:\n  credential:\n    rule: {text}\n")
        for text in ("pay >= pay_line", "pay > pay_line")
    )
    found = diff_policies(one, other, prove=True)
    (witness,) = found.edits[0].witnesses
    assert (witness.entity, witness.cells, witness.parameters) == (
        "credential", (("pay", "$43,900/year"),), (("pay_line", "$43,900/year"),),
    )  # fmt: skip
    said = "a row of credential with pay $43,900/year (pay_line is $43,900/year): met before, not met after"
    assert said in " ".join(render_diff(found, 200).split())
    assert diff_record(found)["edits"][0]["rows"] == [
        {
            "of": "credential",
            "cells": {"pay": "$43,900/year"},
            "parameters": {"pay_line": "$43,900/year"},
            "as_of": "2026-07-01",
            "before": "met",
            "after": "not met",
        }
    ]


def test_a_pull_request_shows_the_rows_and_the_way_back_turns_them_round() -> None:
    one, other = (
        version(f"{HEAD}definitions:\n  credential:\n    rule: {text}\n")
        for text in ("seats between 3 and 7", "seats between 4 and 8")
    )
    found = diff_policies(one, other, prove=True)
    said = article_markdown(diff_article(Comparison(found), public=True))
    assert "a row of credential with seats 3: met before, not met after" in said
    assert "a row of credential with seats 8: not met before, met after" in said
    back = mirror(found).edits[0]
    assert [(row.cells, row.before, row.after) for row in back.witnesses] == [
        ((("seats", "8"),), "met", "not met"), ((("seats", "3"),), "not met", "met"),
    ]  # fmt: skip


def test_no_row_is_shown_that_would_have_to_be_made_of_other_rows() -> None:
    assert edit("count(articulations) >= 5 or a", "count(articulations) >= 5 or (b and c)").witnesses == ()


def test_a_row_that_a_relation_leads_to_is_made_too() -> None:
    """The seats of a credential are read through a link, whose key leads to it."""
    text = f"{HEAD}definitions:\n  occupation_link:\n    rule: credential.sure and credential.seats >= 3"
    one, other = version(f"{text}\n"), version(f"{text} and credential.seats < 20\n")
    (found,) = diff_policies(one, other, prove=True).edits
    assert found.edit_class is EditClass.TIGHTENED
    (witness,) = found.witnesses
    cells = dict(witness.cells)
    assert cells["credential.sure"] == "yes" and int(cells["credential.seats"]) >= 20
    assert (witness.before, witness.after) == ("met", "not met")


@pytest.mark.parametrize("name", PAIRS)
def test_a_proof_never_speaks_against_the_class_that_a_person_gives(name: str) -> None:
    old, new = map(version, texts(name))
    said = {one.path: one.edit_class.value for one in diff_policies(old, new, prove=True).edits}
    told = PAIRS[name]["edits"]
    assert {path: said[path] for path in told if told[path] != "unknown"} == {
        path: word for path, word in told.items() if word != "unknown"
    }


def judged(seed: int) -> Iterator[tuple[Way, bool]]:
    """What is proved of every generated rule with a rewritten twin, held against the data; a failure names the rule."""
    chance = Random(seed)
    prepared, _ = generated(chance, 25)
    checked, made = twins(chance, prepared)
    meanings = Meanings.of(checked)
    run = results(checked, prepared)
    bodies = {(one.entity.text, one.name): one.versions[0].body for one in checked.policy.definitions}
    prover = Prover(checked, checked)
    for twin in made:
        entity, name = twin.entity.text, twin.name.removesuffix(TWIN)
        old, new = bodies[entity, name], twin.versions[0].body
        proof = prover.proof(old, new, None, None)
        if proof is None:
            continue
        before, after = column(run, entity, name), column(run, entity, twin.name)
        if proof.moved.way is not Way.UNKNOWN and not holds(proof.moved, meanings.types[old.id].kind, before, after):
            cells = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
            pytest.fail(f"{proof.moved}: {print_expr(old)} and {print_expr(new)}: {cells[:5]}", pytrace=False)
        told = shift(term_of(old, meanings), term_of(new, meanings), {})
        yield proof.moved.way, told == Shift(Way.UNKNOWN, Care.EXACT)


@pytest.mark.parametrize("start", [0, 4])
def test_what_is_proved_of_a_rewritten_rule_holds_on_data(start: int) -> None:
    found = [one for seed in range(start, start + 4) for one in judged(seed)]
    assert sum(1 for way, _ in found if way is Way.SAME) >= 10
    assert sum(1 for way, open_before in found if open_before and way is not Way.UNKNOWN) >= 1
