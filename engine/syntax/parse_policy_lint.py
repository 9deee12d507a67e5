"""Findings of lint that a policy accepts: the section `lint`, from YAML nodes to records."""

from __future__ import annotations

from ..text.document import Node
from .policy import LintException
from .slots import Reading, day, entries, item, slot, word, words


def parse_lint(node: Node | None, reading: Reading) -> tuple[LintException, ...]:
    """The findings that are accepted; one without a code is left out, which its shape has told."""
    found = []
    for entry in entries(node):
        block = entry.value
        code = word(slot(block, "code"))
        if code is not None:
            found.append(
                LintException(
                    **item(entry.key, block, reading),
                    code=code,
                    of=words(slot(block, "of"), reading),
                    ends=day(slot(block, "until"), reading),
                )
            )
    return tuple(found)
