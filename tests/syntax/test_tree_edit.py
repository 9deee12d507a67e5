"""Trees of policies with another text at a path, without what stands there, and with more."""

from __future__ import annotations

import pytest

from engine.syntax.tree_edit import Clash, paths_in, route_of, route_of_text, with_added, with_text, without
from engine.text.diagnostic import Diagnostics
from engine.text.document import Mapping, Node, Scalar, Sequence
from engine.text.read import read_document
from engine.text.source import NOWHERE, Source

POLICY = """\
policy: xx/a
criteria:
  credential:
    short:
      test: hours < 150
      because: it is short
    dated:
      versions:
        2024-07-01: hours < 100
        2026-07-01:
          test: hours < 200
definitions:
  credential:
    twice: hours * 2
accountability:
  ratings:
    - A: index >= 90
    - F: otherwise
"""


def tree(text: str) -> Mapping:
    found = Diagnostics()
    document = read_document(Source("a.yaml", text), found)
    assert document is not None and isinstance(document.root, Mapping) and not found.has_errors
    return document.root


def said(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {entry.key.text: said(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [said(item) for item in node.items]
    return None if node is None else node.text


def text(words: str) -> Scalar:
    return Scalar(words, "plain", NOWHERE, (0,) * (len(words) + 1))


@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("criteria.credential.short", "hours < 150"),
        ("criteria.credential.short.test", "hours < 150"),
        ("criteria.credential.short.because", "it is short"),
        ("criteria.credential.dated.2024-07-01", "hours < 100"),
        ("criteria.credential.dated.2026-07-01", "hours < 200"),
        ("criteria.credential.dated.2026-07-01.test", "hours < 200"),
        ("criteria.credential.dated.versions.2024-07-01", "hours < 100"),
        ("definitions.credential.twice", "hours * 2"),
        ("accountability.ratings.A", "index >= 90"),
    ],
)
def test_a_text_takes_the_place_of_one(path: str, old: str) -> None:
    route = route_of_text(tree(POLICY), path)
    assert route is not None
    assert POLICY.count(old) == 1
    assert said(with_text(tree(POLICY), route, text("new"), NOWHERE)) == said(tree(POLICY.replace(old, "new")))


@pytest.mark.parametrize(
    "path", ["criteria", "criteria.credential", "criteria.credential.dated", "accountability.ratings"]
)
def test_a_block_is_no_text(path: str) -> None:
    assert route_of(tree(POLICY), path) is not None and route_of_text(tree(POLICY), path) is None


@pytest.mark.parametrize("path", ["criteria.short", "criteria.credential.short.tests", "accountability.ratings.B", "x"])
def test_nothing_stands_there(path: str) -> None:
    assert route_of(tree(POLICY), path) is None and path not in paths_in(tree(POLICY))


def test_blocks_that_would_be_empty_go_too() -> None:
    route = route_of(tree(POLICY), "definitions.credential.twice")
    assert route is not None
    left = said(without(tree(POLICY), route))
    assert isinstance(left, dict) and list(left) == ["policy", "criteria", "accountability"]
    rating = route_of(tree(POLICY), "accountability.ratings.A")
    assert rating is not None
    kept = said(without(tree(POLICY), rating))
    assert isinstance(kept, dict) and kept["accountability"] == {"ratings": [{"F": "otherwise"}]}


def test_a_fragment_goes_where_its_blocks_stand() -> None:
    """The first of two trees holds for the second: what is in neither comes into the first that has the block."""
    child, parent = tree("policy: xx/b\nparameters:\n  a: 1\n"), tree(POLICY)
    fragment = tree(
        "parameters:\n  b: 2\ndefinitions:\n  credential:\n    z: 3\nbands:\n  c: 4\n"
        "accountability:\n  ratings:\n    - B: index >= 80\n"
    )
    clashes: list[Clash] = []
    one, two = (said(found) for found in with_added([child, parent], fragment, clashes))
    assert not clashes
    assert one == {"policy": "xx/b", "parameters": {"a": "1", "b": "2"}, "bands": {"c": "4"}}
    assert isinstance(two, dict) and two["definitions"] == {"credential": {"twice": "hours * 2", "z": "3"}}
    assert two["accountability"] == {"ratings": [{"A": "index >= 90"}, {"B": "index >= 80"}, {"F": "otherwise"}]}


def test_what_is_there_clashes() -> None:
    clashes: list[Clash] = []
    fragment = tree("definitions:\n  credential:\n    twice: 3\naccountability:\n  ratings:\n    - A: index >= 80\n")
    assert said(with_added([tree(POLICY)], fragment, clashes)[0]) == said(tree(POLICY))
    assert [clash.path for clash in clashes] == ["definitions.credential.twice", "accountability.ratings.A"]
