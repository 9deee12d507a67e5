"""Source text of a part of an expression, to be put in the place of the whole."""

from __future__ import annotations

from ...syntax.expr import Expr, Place
from ...syntax.print import tightness
from ...text.fix import Edit, Fix
from ...text.source import Span


def kept(node: Expr, slot: int) -> str:
    """A part as its author wrote it, in brackets where it is looser than what its new place takes."""
    return node.span.text if tightness(node) >= slot else f"({node.span.text})"


def instead(node: Place, text: str) -> Fix:
    """Write something in the place of a whole expression."""
    return Fix(f"write `{' '.join(text.split())}`", (Edit(node.span, text),))


def left_out(part: Place, before: Place, whole: Place) -> Fix:
    """Take a part out of a list of parts, with the word or comma between it and the one before."""
    first, second = _with_brackets(before.span, whole.span), _with_brackets(part.span, whole.span)
    says = f"take `{' '.join(part.span.text.split())}` out"
    return Fix(says, (Edit(Span(part.span.source, first.end, second.end), ""),))


def _with_brackets(inner: Span, outer: Span) -> Span:
    """A span with the pairs of brackets around it, as far as they stand in the outer one."""
    text, start, end = inner.source.text, inner.start, inner.end
    while True:
        left, right = start - 1, end
        while left >= outer.start and text[left].isspace():
            left -= 1
        while right < outer.end and text[right].isspace():
            right += 1
        if not (left >= outer.start and right < outer.end and text[left] == "(" and text[right] == ")"):
            return Span(inner.source, start, end)
        start, end = left, right + 1
