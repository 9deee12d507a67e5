"""From a file of ours to its canonical text, which is proved to say the same before anybody gets it.

docs/format.md says the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..text.diagnostic import Diagnostic, Diagnostics, Severity
from ..text.document import Document, Mapping, Node, Scalar, Sequence
from ..text.errors import EngineBug
from ..text.layout import as_written, lay_out
from ..text.read import read_document
from ..text.scalar_layout import Wording
from ..text.source import Source
from .drawn_table import drawn_table
from .meaning import tree_of
from .parse_cases import parse_cases
from .parse_policy import parse_policy
from .parse_scenario_changes import RULES
from .policy import Policy
from .print import print_expr, print_pieces
from .slot_kind import slot_kinds
from .slots import entries, slot

_OF_COMMAS = ("Y013", "Y019")
"""What is complained of where a comma cuts an amount between brackets: text there, and keys `500` that repeat."""
_SIGNS = re.compile(r"""[\s,:{}\[\]"']""")
_CLAUSES = ("then ", "else ", "over ", "where ", "and ", "or ")
"""Before which words the parts of a long expression are broken."""

_AMOUNT = re.compile(r"-?\$\d{1,3}(,\d{3})+(\.\d+)?(/[a-z_]+)?")
_TRAILING = re.compile(r"(?<!\\)[ \t]+(?=\r?$)", re.MULTILINE)
"""Blanks at the end of a line, but for one that a sign `\\` keeps."""
_SAFE = re.compile(r"[\w$%./-][\w$%./ -]*")
"""What may stand between brackets without any doubt where it ends."""


def format_source(source: Source, diagnostics: Diagnostics) -> str | None:
    """The canonical text of a policy, a file of cases, a dataset or a scenario.

    Nothing comes back where the file cannot be read, which is reported as a check reports it, or is none of these.
    Raises EngineBug where the new text would not say the same.
    """
    document = _read(source, diagnostics)
    if document is None:
        return None
    kind = file_kind(document)
    if not kind or not _is_readable(document, kind, diagnostics):
        return None
    document = _without_trailing_blanks(document)
    text = _formatted(document, kind)
    _prove(document, kind, text)
    return text


def file_kind(document: Document) -> str:
    """The schema of a file: `policy`, `cases`, `dataset` or `scenario`; empty where it is none of them."""
    keys = {entry.key.text for entry in document.root.entries} if isinstance(document.root, Mapping) else set()
    if "scenario" in keys:  # which may name its policy
        return "scenario"
    if "policy" in keys:
        return "policy"
    if "cases_of" in keys:
        return "cases"
    return "dataset" if "tables" in keys else ""


# -- reading --------------------------------------------------------------------------------------------------------


def _read(source: Source, diagnostics: Diagnostics) -> Document | None:
    """The tree of a file without errors, but for text between brackets (Y019) of which it is sure what was meant."""
    found = Diagnostics()
    document = read_document(source, found)
    errors = [one for one in found.sorted() if one.severity is Severity.ERROR]
    in_doubt = [one for one in errors if document is None or not _is_sure(document.root, one)]
    diagnostics.extend(in_doubt)
    return None if in_doubt else document


def _is_sure(root: Node, found: Diagnostic) -> bool:
    """Whether a complaint is about brackets whose every part is plain, or an amount of money, and none is lost."""
    if found.code not in _OF_COMMAS:
        return False
    node = _brackets(root, found.span.start)
    if node is None:
        return False
    parts = [one.text for one in _scalars(node)]
    kept = "".join(_SIGNS.sub("", part) for part in parts) == _SIGNS.sub("", node.span.text)
    return kept and all(_SAFE.fullmatch(part) or _AMOUNT.fullmatch(part) for part in parts)


def _brackets(node: Node, at: int) -> Node | None:
    """The outermost collection between brackets around an offset."""
    if isinstance(node, Scalar):
        return None
    if node.in_flow:
        return node if node.span.start <= at < node.span.end else None
    below = [entry.value for entry in node.entries] if isinstance(node, Mapping) else list(node.items)
    return next((found for one in below if (found := _brackets(one, at)) is not None), None)


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [one for item in node.items for one in _scalars(item)]
    return [one for entry in node.entries for one in (entry.key, *_scalars(entry.value))]


def _is_readable(document: Document, kind: str, diagnostics: Diagnostics) -> bool:
    """Whether every expression of a file can be read; complaints of others are the check's."""
    found = Diagnostics()
    if kind == "policy":
        parse_policy(document, found)
    elif kind == "cases":
        parse_cases(document, found)
    broken = [one for one in found.sorted() if one.code.startswith("S") and one.severity is Severity.ERROR]
    diagnostics.extend(broken)
    return not broken


def _without_trailing_blanks(document: Document) -> Document:
    """The document without blanks at the ends of lines, which in a text of several lines would be part of it."""
    source = document.source
    text = _TRAILING.sub("", source.text)
    return document if text == source.text else read_document(Source(source.name, text), Diagnostics()) or document


# -- writing --------------------------------------------------------------------------------------------------------


def _formatted(document: Document, kind: str) -> str:
    kinds = _kinds(document, kind)

    def word(scalar: Scalar) -> Wording:
        written = as_written(scalar)
        slot = kinds.get(id(scalar), "")
        if slot == "pipe_table":
            return replace(written, lines=drawn_table(scalar.text))
        tree = tree_of(scalar, slot)
        if tree is None:
            return written
        text = print_expr(tree)
        if slot == "sentence":  # broken like any prose
            return replace(written, text=text)
        return replace(written, text=text, pieces=print_pieces(tree), clauses=_CLAUSES)

    return lay_out(document, word)


def _kinds(document: Document, kind: str) -> dict[int, str]:
    """What each text of a file is; a table of given rows is declared as a text."""
    kinds = slot_kinds(document.root, kind)
    if kind == "scenario":
        for entry in entries(slot(document.root, "add")):
            if entry.key.text == RULES:
                kinds |= slot_kinds(entry.value, "policy")
            elif isinstance(entry.value, Scalar):
                kinds[id(entry.value)] = "pipe_table"
    if kind == "cases":
        root = document.root
        cases = root.get("cases") if isinstance(root, Mapping) else None
        blocks = [root, *(entry.value for entry in cases.entries)] if isinstance(cases, Mapping) else [root]
        for block in blocks:
            given = block.get("given") if isinstance(block, Mapping) else None
            for entry in given.entries if isinstance(given, Mapping) else ():
                if isinstance(entry.value, Scalar):
                    kinds[id(entry.value)] = "pipe_table"
    return kinds


# -- proving --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What is compared: the tree of the file its comments in no order, and the policy that it is, if it is one."""

    content: object
    comments: list[str]
    policy: Policy | None


def _prove(document: Document, kind: str, text: str) -> None:
    """Raise EngineBug unless a text reads to the same tree and comments, and is canonical itself."""
    found = Diagnostics()
    again = read_document(Source(document.source.name, text), found)
    name = document.source.name
    if again is None or found.has_errors:
        raise EngineBug(f"`{name}` could not be read again after formatting and was left as it is")
    if _meaning(again, kind) != _meaning(document, kind):
        raise EngineBug(f"`{name}` would not say the same after formatting and was left as it is")
    if _formatted(again, kind) != text:
        raise EngineBug(f"`{name}` would be formatted differently a second time and was left as it is")


def _meaning(document: Document, kind: str) -> _Meaning:
    kinds = _kinds(document, kind)
    return _Meaning(
        content=_content(document.root, kinds),
        comments=sorted(comment.text.rstrip() for comment in document.comments),
        policy=parse_policy(document, Diagnostics()) if kind == "policy" else None,
    )


def _content(node: Node, kinds: dict[int, str]) -> object:
    """Keys and texts in their order, expressions as trees, tables as cells."""
    if isinstance(node, Mapping):
        return [(entry.key.text, _content(entry.value, kinds)) for entry in node.entries]
    if isinstance(node, Sequence):
        return ["-", *(_content(item, kinds) for item in node.items)]
    slot = kinds.get(id(node), "")
    if slot == "pipe_table" and (lines := drawn_table(node.text)):
        return lines
    return tree_of(node, slot) or node.text
