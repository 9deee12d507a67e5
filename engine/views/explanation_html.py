"""An explanation as one page that a parent can read: the verdict, what would change it, the tree, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..results.explain.explanation import Datum, Explanation, Given, Item, Rows, Rule, SeenRow, Step
from ..results.quantity import shown
from .explanation_tree import branches, law_text
from .explanation_words import besides, datum_text, read_text, row_text, source_text, version_text
from .page import page


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def explanation_html(explanation: Explanation) -> str:
    """The page, whole in itself."""
    told = [(title.capitalize(), sentences) for title, sentences in _before(explanation)]
    tables, sources = _tables(explanation)
    return page(
        "explanation.html", title=title_of(explanation), verdict=explanation.sentence, made_up=explanation.made_up,
        besides=told, branches=branches(explanation.items, explanation.place), tables=tables,
        sources=sources, foot=foot_of(explanation),
    )  # fmt: skip


def title_of(explanation: Explanation) -> str:
    """What stands in the title of a page: the row and the policy."""
    return f"Why: {row_text(explanation.place)} – {explanation.policy}"


def foot_of(explanation: Explanation) -> list[str]:
    """Which run it is of, and where the row was read."""
    day, year = explanation.as_of.isoformat(), explanation.school_year
    return [
        f"Policy {explanation.policy}, as of {day}, school year {year}.",
        f"About {row_text(explanation.place)}{read_text(explanation.place)}.",
    ]


def _before(explanation: Explanation) -> Iterator[tuple[str, list[str]]]:
    """What stands before the tree: what is not known, and what the explanation says besides."""
    if explanation.responsible:
        failed = any(one.failed for one in explanation.responsible)
        places = [(one.text, read_text(one.place) if one.place else "") for one in explanation.responsible]
        yield "what failed" if failed else "what is not known", [f"{text}{read}" for text, read in places]
    yield from besides(explanation)


def _tables(explanation: Explanation) -> tuple[list[Table], list[str]]:
    """The values of the policy and the data, each once, in the order in which the tree uses them; with the sources of
    the data, which stand in the table by their numbers.
    """
    givens: dict[tuple[str, ...], None] = {}
    data: dict[tuple[str, ...], None] = {}
    sources: dict[str, int] = {}
    for item in leaves(explanation.items):
        if isinstance(item, Given):
            law, standing = law_text(item.cite, item.source), item.standing.replace("_", " ")
            version = version_text(item) if item.standing else "a fact of the run"
            givens[(item.title or item.name, shown(item.value, item.type), version, law, standing)] = None
        else:
            named, source = f"{row_text(item.place)}{read_text(item.place)}", source_text(item)
            number = f"[{sources.setdefault(source, len(sources) + 1)}]" if source else ""
            data[(item.title or item.column, datum_text(item), named, number)] = None
    found = []
    if givens:
        head = ("What", "Value", "In force", "Law", "Standing")
        found.append(Table("Values of the policy", head, tuple(givens)))
    if data:
        found.append(Table("Data that were read", ("What", "Value", "Row", "Source"), tuple(data)))
    return found, list(sources)


def leaves(items: Iterable[Item | SeenRow]) -> Iterator[Given | Datum]:
    """The parameters and cells that items rest on, in order."""
    for item in items:
        if isinstance(item, Given | Datum):
            yield item
        elif isinstance(item, Rule | Step | SeenRow):
            yield from leaves(item.items)
        elif isinstance(item, Rows):
            yield from leaves(item.rows)
