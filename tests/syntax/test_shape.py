"""The shape of files: one declaration of keys, complaints at the place, and no other opinion than JSON Schema's."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.syntax.shape import KEYWORDS, SCHEMAS, check_shape, schema
from engine.text.diagnostic import Diagnostics
from engine.text.document import Mapping, Node, Scalar
from engine.text.read import read_document
from engine.text.source import Source
from tests.syntax.policies import MAXIMAL, document, parse

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("policy", "dataset", "cases", "scenario")

DATASET = """\
title: Example state
as_of: 2026-11-01
made_up: no
note: wages are public figures
jurisdiction: US-OH
scope:
  areas: [US-OH]
tables:
  occupation: occupations.csv
  articulation:
    empty: yes
  labor_market:
    file: oews.tsv.gz
    source: Occupational Employment and Wage Statistics
    url: https://www.bls.gov/oes/
    vintage: May 2025
    licence: public domain
    made_up: no
    complete: no
    missing:
      - "*"
      - ""
    thousands: yes
    masks:
      "*":
        why: not released
    columns:
      occupation: OCC_CODE
      annual_median:
        from: A_MEDIAN
        footnote: A_MEDIAN_FN
        missing:
          - "-"
        masks:
          8:
            why: not released
          5:
            at_least: 239200
"""


def as_text(node: Node) -> Any:
    """The tree as plain JSON in which every scalar is a text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {entry.key.text: as_text(entry.value) for entry in node.entries}
    return [as_text(item) for item in node.items]


def as_editor(node: Node) -> Any:
    """The tree as an editor sees it, with the numbers and truths of YAML 1.2 and of 1.1."""
    if isinstance(node, Scalar):
        if node.style != "plain":
            return node.text
        if re.fullmatch(r"[-+]?[0-9]+", node.text):
            return int(node.text)
        if re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", node.text):
            return float(node.text)
        return {"yes": True, "no": False, "true": True, "false": False, "NO": False}.get(node.text, node.text)
    if isinstance(node, Mapping):
        return {entry.key.text: as_editor(entry.value) for entry in node.entries}
    return [as_editor(item) for item in node.items]


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(name))


def misfits(text: str, name: str = "policy") -> list[tuple[str, str]]:
    """Code and marked characters of each complaint about the shape of a text."""
    diagnostics = Diagnostics()
    assert check_shape(document(text).root, name, diagnostics) == (not diagnostics.sorted())
    return [(told.code, told.span.text) for told in diagnostics.sorted()]


def parts(part: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that is a schema itself."""
    yield part
    for key in ("properties", "$defs"):
        for below in part.get(key, {}).values():
            yield from parts(below)
    for key in ("items", "additionalProperties", "propertyNames", "then", "else"):
        if isinstance(part.get(key), dict):
            yield from parts(part[key])
    for below in part.get("anyOf", ()):
        yield from parts(below)


# -- the schemas themselves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_walker_knows_every_keyword(name: str) -> None:
    for part in parts(schema(name)):
        assert set(part) <= KEYWORDS
        if "$ref" in part:  # the walker lays what stands beside it over what it names
            assert set(part) <= {"$ref", "description"}
        if "anyOf" in part:  # and chooses a branch by its kind alone
            kinds = [below.get("type") or schema(name)["$defs"][below["$ref"][8:]]["type"] for below in part["anyOf"]]
            assert len({str(kind) for kind in kinds}) == len(kinds)
        if "pattern" in part:
            assert "x-form" in part
        for condition in (part.get("if", {}), part.get("not", {}), *part.get("oneOf", ())):
            assert set(condition) <= {"required", "properties"}


@pytest.mark.parametrize("name", NAMES)
def test_every_key_says_what_it_is(name: str) -> None:
    for part in parts(schema(name)):
        for key, below in part.get("properties", {}).items():
            named = below if "description" in below else schema(name)["$defs"].get(below.get("$ref", "")[8:], {})
            assert named.get("description") or set(below) == {"additionalProperties"}, key


def test_every_scalar_slot_takes_what_editors_see() -> None:
    for name in NAMES:
        for part in parts(schema(name)):
            if "string" in part.get("type", ()):
                assert part["type"] == ["string", "number", "boolean"]


def test_the_maximal_policy_uses_every_key() -> None:
    keys = {key for part in parts(schema("policy")) for key in part.get("properties", {})}
    written = set(re.findall(r"^[ -]*([a-z_]+):", MAXIMAL, flags=re.MULTILINE))
    assert keys - written == {"replaces"}  # which needs a parent: test_merge.py


# -- agreement with a full validator -------------------------------------------------------------------------------

FITTING = [
    pytest.param("policy", MAXIMAL, id="maximal"),
    pytest.param("dataset", DATASET, id="dataset"),
    *(
        pytest.param("policy", path.read_text("utf-8"), id=path.stem)
        for path in sorted((ROOT / "policies").rglob("*.yaml"))
        if not path.name.endswith(".cases.yaml")
    ),
    *(
        pytest.param("cases", path.read_text("utf-8"), id=path.name)
        for path in sorted((ROOT / "policies").rglob("*.cases.yaml"))
    ),
    *(
        pytest.param("dataset", path.read_text("utf-8"), id=path.parent.name)
        for path in sorted((ROOT / "examples").rglob("dataset.yaml"))
    ),
]


@pytest.mark.parametrize(("name", "text"), FITTING)
def test_what_fits_fits_everywhere(name: str, text: str) -> None:
    root = document(text).root
    assert check_shape(root, name, Diagnostics())
    assert not list(validator(name).iter_errors(as_text(root)))
    assert not list(validator(name).iter_errors(as_editor(root)))


def mutations() -> Iterator[str]:
    """Each section of the maximal policy with one line lost, misspelt, emptied, or with a value of another kind."""
    for section in re.split(r"^(?=[a-z])", MAXIMAL, flags=re.MULTILINE)[1:]:
        lines = section.splitlines(keepends=True)
        for at, line in enumerate(lines):
            head = line[: line.find(":") + 1]
            if not head or line.lstrip().startswith("|"):
                continue
            for change in ("", f"{head[:-1]}q{line[len(head) - 1 :]}", f"{head}\n", f"{head} [a]\n", f"{head} x y\n"):
                yield "".join(["policy: xx/example\n", *lines[:at], change, *lines[at + 1 :]])


def test_walker_and_validator_agree_on_every_small_mistake() -> None:
    full = validator("policy")
    checked, wrong = 0, []
    for text in mutations():
        found = read_document(Source("policy.yaml", text), diagnostics := Diagnostics())
        if found is None or diagnostics.has_errors:
            continue
        checked += 1
        if check_shape(found.root, "policy", Diagnostics()) != full.is_valid(as_text(found.root)):
            wrong.append(text)
    assert wrong == []
    assert checked > 500


# -- complaints ----------------------------------------------------------------------------------------------------

HEAD = "policy: xx/example\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("titel: T\n", [("Y040", "titel")], id="unknown"),
        pytest.param("zebra: T\n", [("Y040", "zebra")], id="unknown-far"),
        pytest.param("years:\n  paid:\n    title: T\n", [("Y041", "paid")], id="missing"),
        pytest.param("years:\n  paid:\n    vlaue: T\n", [("Y040", "vlaue")], id="misspelt-is-not-missing"),
        pytest.param("criteria:\n  a:\n    b:\n      because: x\n", [("Y041", "b")], id="missing-choice"),
        pytest.param("title: [a, b]\n", [("Y042", "title")], id="list-for-text"),
        pytest.param("extends: a/b\n", [("Y042", "a/b")], id="text-for-list"),
        pytest.param("sources: x\n", [("Y042", "x")], id="text-for-block"),
        pytest.param("jurisdiction:\n  a: b\n", [("Y042", "jurisdiction")], id="block-for-text-or-list"),
        pytest.param("student_groups:\n  a: [b]\n", [("Y042", "a")], id="list-for-block"),
        pytest.param("fiscal_year:\n  named_for: the year it end\n", [("Y043", "the year it end")], id="word"),
        pytest.param("school_year: 26-27\n", [("Y044", "26-27")], id="form"),
        pytest.param("years:\n  Paid: x\n", [("Y044", "Paid")], id="name"),
        pytest.param("title:\n", [("Y045", "title")], id="empty"),
        pytest.param('title: ""\n', [("Y045", "title")], id="empty-quoted"),
        pytest.param("extends: []\n", [("Y045", "extends")], id="empty-list"),
        pytest.param("sources: {}\n", [("Y045", "sources")], id="empty-block"),
        pytest.param("sources:\n", [("Y045", "sources")], id="empty-section"),
        pytest.param(
            "points:\n  a:\n    of: b\n    lines:\n      - 1: x\n        2: y\n", [("Y046", "2")], id="two-keys"
        ),
        pytest.param(
            "entities:\n  a:\n    group: b\n    by: [c]\n    cross: [d, e]\n", [("Y047", "cross")], id="exclusive"
        ),
        pytest.param(
            "data:\n  a:\n    columns:\n      b:\n        type: text\n        values: [c]\n",
            [("Y047", "values")],
            id="type-and-values",
        ),
        pytest.param("entities:\n  a:\n    group: b\n", [("Y048", "group")], id="companion"),
        pytest.param(
            "priority_list:\n  list: a\n  when: b\n  undetermined: leave_off\n",
            [("Y041", "priority_list")],
            id="left-off-without-reason",
        ),
        pytest.param(
            "parameters:\n  a:\n    cite: x\n    values:\n      2026-07-01:\n        b: $1\n",
            [("Y040", "b")],
            id="members-without-by",
        ),
        pytest.param(
            "parameters:\n  a:\n    by: b\n    cite: x\n    values:\n      2026-07-01: $1\n",
            [("Y042", "$1")],
            id="by-without-members",
        ),
    ],
)
def test_complaint(text: str, expected: list[tuple[str, str]]) -> None:
    assert misfits(HEAD + text) == expected


def test_one_run_reports_every_place() -> None:
    text = HEAD + "titel: T\nschool_year: 26-27\nextends: x\nsources:\n  a:\n    read: today\n"
    assert [code for code, _ in misfits(text)] == ["Y040", "Y044", "Y042", "Y044"]


def test_a_file_that_is_a_list_or_a_text() -> None:
    assert misfits("- a\n- b\n") == [("Y042", "")]
    assert misfits("just words\n") == [("Y042", "just words")]
    assert parse_nothing("- a\n") == ["Y042"]


def parse_nothing(text: str) -> list[str]:
    from engine.syntax.parse_policy import parse_policy

    diagnostics = Diagnostics()
    assert parse_policy(document(text), diagnostics) is None
    return [told.code for told in diagnostics.sorted()]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("titel: T\n", "did you mean `title`?"),
        ("fiscal_year:\n  named_for: the year it end\n", "did you mean `the year it ends`?"),
        ("extends: a/b\n", "a list has each entry on a line of its own: `- a/b`"),
        ("fiscal_year:\n  zebra: a\n", "the keys here are `begins` and `named_for`"),
    ],
)
def test_cure(text: str, help: str) -> None:
    (told,) = parse(HEAD + text)[1]
    assert told.help == (help,)


def test_scalars_are_texts() -> None:
    # NO, 010 and on mean what is written
    assert misfits(HEAD + "title: NO\nnote: 010\njurisdiction: NO\n") == []


def test_jsonschema_is_not_loaded() -> None:
    script = (
        "import sys; from engine.syntax.load import load_policy; from engine.text.diagnostic import Diagnostics;"
        "load_policy('none.yaml', Diagnostics()); sys.exit('jsonschema' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_schemas_lie_beside_the_engine() -> None:
    assert sorted(path.name for path in SCHEMAS.glob("*.json")) == [
        f"{name}.schema.json"
        for name in sorted((*NAMES, "diagnostics", "diff", "explanation", "report", "run", "simulation"))
    ]
