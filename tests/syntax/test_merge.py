"""A policy joined with those that it extends: what it takes over, replaces, and may not say twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.syntax.path import things
from engine.syntax.policy import YearBegin
from tests.syntax.shelf import BASE, QUORUM, Shelf, codes, shelf

__all__ = ["shelf"]

# -- what a child takes over ---------------------------------------------------------------------------------------


def test_a_policy_alone(shelf: Shelf) -> None:
    policy, said = shelf.load("xx/base")
    assert policy and said == ()
    assert {item.policy for _, _, item in things(policy)} == {"xx/base"}


def test_a_child_takes_over_everything(shelf: Shelf) -> None:
    base, _ = shelf.load("xx/base")
    policy, said = shelf.child("title: Child\n")
    assert base and said == ()
    assert list(things(policy)) == list(things(base))
    assert {item.policy for _, _, item in things(policy)} == {"xx/base"}
    assert (policy.id, policy.title) == ("xx/child", "Child")
    assert [place.text for place in policy.jurisdictions] == ["US-XX"]
    assert policy.school_year and policy.school_year.text == "2026-27"
    assert policy.school_year_begins == YearBegin(month=8, day=1, named_for_end=False)
    assert policy.fiscal_year == YearBegin(month=10, day=1)
    assert policy.source.name.endswith("child.yaml")


def test_the_head_of_the_child_goes_before(shelf: Shelf) -> None:
    policy, _ = shelf.child("jurisdiction: US-YY\nschool_year: 2027-28\nfiscal_year:\n  begins: 07-01\n")
    assert [place.text for place in policy.jurisdictions] == ["US-YY"]
    assert policy.school_year and policy.school_year.text == "2027-28"
    assert policy.fiscal_year.month == 7
    assert policy.title == ""


def test_fiscal_years_of_a_child_begin_as_the_parents_do(shelf: Shelf) -> None:
    policy, said = shelf.child("parameters:\n  fee:\n    cite: x\n    values:\n      FY2027: $5\n")
    assert said == ()
    assert policy.parameters[-1].values[0].starts.isoformat() == "2026-10-01"


def test_a_child_replaces_with_reason_and_citation(shelf: Shelf) -> None:
    policy, said = shelf.child(QUORUM)
    assert said == ()
    assert [(found.name, found.policy) for found in policy.parameters] == [("quorum", "xx/child"), ("floor", "xx/base")]
    assert policy.parameters[0].replaces_span.text == "parameters.quorum"


@pytest.mark.parametrize(
    "text",
    [
        "definitions:\n  occupation:\n    paid:\n      value: annual_median >= 2 * floor\n",
        "criteria:\n  occupation:\n    demanded:\n      test: not paid\n",
        "priority_list:\n  list: occupation\n  when: not demanded\n",
        "sources:\n  code:\n    title: Another code\n",
        "data:\n  occupation:\n    columns:\n      apprenticeable:\n        type: text\n",
        "data:\n  audit:\n    key: [audit_id]\n    columns:\n      audit_id: number\n",
    ],
)
def test_each_section_can_be_replaced(shelf: Shelf, text: str) -> None:
    # the block ends with the keys of the replaced thing, one step deeper than its name
    *_, last = text.splitlines()
    indent = len(last) - len(last.lstrip()) - (4 if "audit_id: number" in last else 0)
    path = {
        "definitions": "definitions.occupation.paid",
        "criteria": "criteria.occupation.demanded",
        "priority_list": "priority_list",
        "sources": "sources.code",
    }.get(text.split(":")[0]) or ("data.audit" if "audit" in text else "data.occupation.apprenticeable")
    blank = " " * (4 if path == "data.audit" else indent)
    reason = f"{blank}replaces: {path}\n{blank}because: it is so here\n{blank}cite: code 9\n"
    _, said = shelf.child(text + reason)
    assert said == ()
    _, without = shelf.child(text + f"{blank}because: it is so here\n{blank}cite: code 9\n")
    assert codes(without) == ["N083"]
    assert f"`{path}`" in without[0].message


def test_columns_are_added_to_a_table_that_the_parent_adds_to(shelf: Shelf) -> None:
    policy, said = shelf.child(
        "data:\n  occupation:\n    columns:\n      hot: truth\n  audit:\n    columns:\n      seen: date\n"
    )
    assert said == ()
    occupation, audit = policy.data
    assert [(column.name, column.policy) for column in occupation.columns] == [
        ("apprenticeable", "xx/base"),
        ("hot", "xx/child"),
    ]
    assert [column.name for column in audit.columns] == ["audit_id", "seen"]
    assert [name.text for name in audit.key] == ["audit_id"]


def test_grandparents(shelf: Shelf) -> None:
    shelf.child(QUORUM)
    shelf.write("xx/grandchild", "policy: xx/grandchild\nextends: [xx/child]\n")
    policy, said = shelf.load("xx/grandchild")
    assert policy and said == ()
    assert [found.policy for found in policy.parameters] == ["xx/child", "xx/base"]


def test_the_same_thing_by_two_ways_is_no_conflict(shelf: Shelf) -> None:
    for name in ("left", "right"):
        shelf.write(f"xx/{name}", f"policy: xx/{name}\nextends: [xx/base]\nyears:\n  {name}_year: school_year\n")
    policy, said = shelf.child("", extends="xx/left, xx/right")
    assert said == ()
    assert [found.name for found in policy.years] == ["left_year", "right_year"]
    assert len(policy.parameters) == 2


# -- conflicts -----------------------------------------------------------------------------------------------------


def test_a_redefinition_shows_both_places(shelf: Shelf) -> None:
    _, said = shelf.child("parameters:\n  quorum:\n    cite: code 9\n    values:\n      2024-07-01: 3\n")
    (told,) = said
    assert told.code == "N083"
    assert [(label.span.text, Path(label.span.source.name).stem) for label in told.labels] == [
        ("quorum", "child"),
        ("quorum", "base"),
    ]
    assert "`replaces: parameters.quorum`" in told.help[0]


def test_two_parents_that_disagree(shelf: Shelf) -> None:
    shelf.write("xx/other", BASE.replace("xx/base", "xx/other"))
    _, said = shelf.child(QUORUM, extends="xx/base, xx/other")
    paths = [re.findall("`(.+?)`", told.message)[0] for told in said]
    assert set(codes(said)) == {"N084"}
    assert "parameters.quorum" not in paths  # which the child replaces
    assert sorted(paths) == [
        "criteria.occupation.demanded",
        "data.audit",
        "data.occupation.apprenticeable",
        "definitions.occupation.paid",
        "parameters.floor",
        "priority_list",
        "sources.code",
    ]
    assert all(len(told.labels) == 2 for told in said)


@pytest.mark.parametrize(
    ("path", "code", "help"),
    [
        ("parameters.quorom", "N085", "did you mean `parameters.quorum`?"),
        ("tables.nothing_like_it", "N085", "what stands in no extended policy needs no `replaces`"),
        ("parameters.floor", "N086", "write it at `parameters.floor`, or name here what it stands in for"),
    ],
)
def test_replaces_the_wrong_thing(shelf: Shelf, path: str, code: str, help: str) -> None:
    _, said = shelf.child(QUORUM.replace("replaces: parameters.quorum", f"replaces: {path}"))
    (told,) = said
    assert (told.code, told.span.text, told.help) == (code, path, (help,))


def test_replaces_without_parents(shelf: Shelf) -> None:
    shelf.write("xx/alone", f"policy: xx/alone\n{QUORUM}")
    (told,) = shelf.load("xx/alone")[1]
    assert told.code == "N085" and "`extends` brings in no policy" in told.help[0]


def test_replaces_needs_reason_and_citation(shelf: Shelf) -> None:
    text = QUORUM.replace("    because: three are enough here\n", "")
    assert codes(shelf.child(text)[1]) == ["Y048"]
    text = text.replace("    cite: code 9\n", "    standing: assumed\n")
    assert codes(shelf.child(text)[1]) == ["Y048", "Y048"]


def test_one_name_for_two_rules(shelf: Shelf) -> None:
    _, said = shelf.child("definitions:\n  occupation:\n    demanded: paid\n")
    (told,) = said
    assert told.code == "N088" and len(told.labels) == 2
