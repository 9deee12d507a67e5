"""The comments of a YAML file, which its parser drops."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .diagnostic import Diagnostics
from .document import Comment, Scalar
from .flow import shortened
from .quote import quoted
from .source import Source, Span


def find_comments(source: Source, scalars: Iterable[Scalar]) -> tuple[Comment, ...]:
    """Every comment in order. `scalars` are all texts of the file in order: in them a `#` is no comment."""
    found: list[Comment] = []
    at = 0
    for scalar in scalars:
        _between(source, at, _content_start(scalar), found)
        at = max(at, scalar.span.end)
    _between(source, at, len(source.text), found)
    return tuple(found)


def _content_start(scalar: Scalar) -> int:
    """After the header of a block scalar (where a comment may stand), before any other."""
    if scalar.style in ("literal", "folded"):
        header = scalar.span.source.text.find("\n", scalar.span.start, scalar.span.end)
        return scalar.span.end if header < 0 else header
    return scalar.span.start


def _between(source: Source, start: int, end: int, found: list[Comment]) -> None:
    text = source.text
    at = text.find("#", start, end)
    while at >= 0:
        if at == 0 or text[at - 1] in " \t\n":
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop - (text[stop - 1] == "\r")
            line = text.rfind("\n", 0, at) + 1
            found.append(Comment(text[at:stop], Span(source, at, stop), not text[line:at].strip(" \t")))
            at = stop
        at = text.find("#", at + 1, end)


PROSE = ("because", "title", "note", "undetermined_because", "decided_by")
"""Keys whose values are written for people."""

_KEY = re.compile(rf"^ *(?:- +)?(?:{'|'.join(PROSE)}) *: *(?:\n *)?$", re.MULTILINE)


def _is_sentence(scalar: Scalar) -> bool:
    """Whether a text stands under a key of prose, on its line or below it."""
    text, start = scalar.span.source.text, scalar.span.start
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        return _KEY.fullmatch(text[line:start]) is not None
    above = text.rfind("\n", 0, max(line - 1, 0)) + 1
    return _KEY.fullmatch(text[above:start]) is not None


def check_lost_text(
    source: Source, scalars: Iterable[Scalar], comments: Iterable[Comment], diagnostics: Diagnostics
) -> None:
    """Warn (Y022) of an unquoted text that a ` #` ends: where a word or number follows the `#` directly, and always
    where the text is a sentence, since nobody can tell whether it goes on.
    """
    text = source.text
    ends = {scalar.span.end: scalar for scalar in scalars if scalar.style == "plain" and not scalar.in_flow}
    for comment in comments:
        if comment.own_line:
            continue
        at = comment.span.start
        while text[at - 1] in " \t":
            at -= 1
        scalar = ends.get(at)
        if scalar is None or not (comment.text[1:2].isalnum() or _is_sentence(scalar)):
            continue
        whole = " ".join(text[scalar.span.start : comment.span.end].split())
        diagnostics.report(
            "Y022",
            comment.span,
            label="this is not read",
            help=(
                f"if it belongs to the text, put the text in quotes: `{shortened(quoted(whole), 100)}`",
                f"if it is a comment, put it on the line above: `# {shortened(comment.text[1:].strip())}`"
                if _is_sentence(scalar)
                else f"if it is a comment, put a blank after the sign: `# {shortened(comment.text[1:])}`",
            ),
            comment=shortened(comment.text),
        )
