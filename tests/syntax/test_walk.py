from __future__ import annotations

from hypothesis import given, settings

from engine.syntax.expr import Expr, Name, Number, Order, Rows
from engine.syntax.parse_expr import parse_sentence
from engine.syntax.print import print_expr
from engine.syntax.walk import Node, children, depth, transform, walk
from tests import strategies
from tests.syntax.reading import read, value


def kinds(nodes: tuple[Node, ...]) -> list[str]:
    return [type(node).__name__ for node in nodes]


def test_children_of_every_shape() -> None:
    assert kinds(children(value("12"))) == []
    assert kinds(children(value("if a then 1 else -b"))) == ["Name", "Number", "Negate"]
    assert kinds(children(value("a in {1, 2}"))) == ["Name", "Number", "Number"]
    assert kinds(children(value("first(a over b where c by d)"))) == ["Rows", "Name", "Order"]
    assert kinds(children(value("rank(by a within b and c where d > 1)"))) == ["Order", "Name", "Name", "Comparison"]


def test_children_of_a_sentence_are_its_values() -> None:
    assert children(read("it has {hours} hours and {a + b} credits", parse_sentence)) == (Name("hours"), value("a + b"))


def test_walk_gives_each_node_before_its_children_from_left_to_right() -> None:
    tree = value("any(a > 1 over b.c where d)")
    assert kinds(tuple(walk(tree))) == ["Aggregate", "Rows", "Member", "Name", "Name", "Comparison", "Name", "Number"]


def test_transform_changes_below_rows_orders_and_sentences() -> None:
    def renamed(node: Node) -> Node:
        return Name(f"{node.name}_2") if isinstance(node, Name) else node

    tree = value("sum(a over b where c) + rank(by d within e)")
    assert print_expr(transform(tree, renamed)) == "sum(a_2 over b_2 where c_2) + rank(by d_2 within e_2)"
    sentence = transform(read("it is {a}", parse_sentence), renamed)
    assert print_expr(sentence) == "it is {a_2}"


def test_a_changed_node_keeps_its_place_and_id() -> None:
    tree = value("a + b")
    after = transform(tree, lambda node: Number(node.id - node.id + 1) if isinstance(node, Name) else node)  # type: ignore[arg-type]
    assert (after.span, after.id) == (tree.span, tree.id)
    assert after is not tree


@settings(max_examples=50, deadline=None)
@given(strategies.exprs)
def test_a_transform_that_changes_nothing_gives_the_same_object(tree: Expr) -> None:
    assert transform(tree, lambda node: node) is tree


@settings(max_examples=50, deadline=None)
@given(strategies.exprs)
def test_every_node_is_one_object_in_one_place(tree: Expr) -> None:
    met = list(walk(tree))
    assert len(met) == 1 + sum(len(children(node)) for node in met)


def test_depth() -> None:
    assert depth(value("a")) == 1
    assert depth(value("a + b + c")) == 3
    assert depth(value("count(a where not b)")) == 4
    assert depth(Rows(Name("a"))) == 2
    assert depth(Order(())) == 1
