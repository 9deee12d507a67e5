"""Scalars without a YAML file around them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.syntax.expr import Expr
from engine.syntax.parse_expr import parse_value
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.document import Scalar
from engine.text.source import Source, Span

T = TypeVar("T")


def scalar(text: str) -> Scalar:
    """A plain scalar that is the whole file."""
    source = Source("test", text)
    return Scalar(text, "plain", Span(source, 0, len(text)), tuple(range(len(text) + 1)))


def read(text: str, parser: Callable[[Scalar, Diagnostics], T]) -> T:
    """What the parser makes of a text that it must accept."""
    diagnostics = Diagnostics()
    node = parser(scalar(text), diagnostics)
    assert diagnostics.sorted() == (), text
    return node


def value(text: str) -> Expr:
    """The value that a text must be."""
    return read(text, parse_value)


def complaint(text: str, parser: Callable[[Scalar, Diagnostics], object] = parse_value) -> Diagnostic:
    """The one complaint that a text must cause."""
    diagnostics = Diagnostics()
    parser(scalar(text), diagnostics)
    (found,) = diagnostics.sorted()
    return found
