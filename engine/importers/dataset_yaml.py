"""`dataset.yaml` with the tables of an import in it; what others wrote stays as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.document import Document, Entry, Node, Scalar
from ..text.document import Mapping as Tree
from ..text.load import load_source
from ..text.quote import as_scalar
from ..text.read import read_document
from ..text.source import Source, Span

FILES = {"area": "areas.csv", "occupation": "occupations.csv", "labor_market": "labor_markets.csv"}
"""The tables that importers of labor markets write, and in which files."""

_READ_OTHERWISE = ("columns", "missing", "masks", "thousands", "separator")


@dataclass(frozen=True, slots=True)
class DatasetYaml:
    """What stands in a folder already: its document (nothing if there is none) and the file of each table."""

    document: Document | None
    files: Mapping[str, str]


def read_dataset_yaml(folder: Path, diagnostics: Diagnostics) -> DatasetYaml | None:
    """The `dataset.yaml` of a folder; nothing where the tables of an import cannot be merged into it (D053, Y…)."""
    path = folder / "dataset.yaml"
    if not path.exists():
        return DatasetYaml(None, FILES)
    found = Diagnostics()
    source = load_source(path, found)
    document = None if source is None else read_document(source, found)
    diagnostics.extend(found.sorted())
    if document is None or found.has_errors:
        return None
    tables = _tables(document)
    if tables is None:
        _refuse(document.root, document.source, "it has no `tables` in lines of their own", diagnostics)
        return None
    files = dict(FILES)
    for entry in tables.entries:
        name, file = entry.key.text, _file(entry.value)
        if name in FILES:
            if file is None:
                _refuse(entry.value, document.source, f"`{name}` is read from a file of another form", diagnostics)
                return None
            files[name] = file
    return DatasetYaml(document, files)


def dataset_yaml(
    old: DatasetYaml, about: Mapping[str, Mapping[str, str]], rewritten: str, title: str, as_of: Date | None
) -> str:
    """The text of the new `dataset.yaml`.

    `about` says of each table what stands below it beside its file. Of the tables that are there already only
    `rewritten` is written anew, since what it says depends on the import; `as_of` changes if a date is given.
    """
    if old.document is None:
        day = [f"as_of: {as_of.isoformat()}"] if as_of else []
        blocks = [_block(name, old.files[name], said, "  ") for name, said in about.items()]
        return "\n".join([f"title: {as_scalar(title)}", *day, "tables:", *blocks, ""])
    text, root, tables = old.document.source.text, old.document.root, _tables(old.document)
    assert isinstance(root, Tree) and tables is not None
    if not text.endswith("\n"):
        text += "\n"
    edits: list[tuple[int, int, str]] = []
    margin = _margin(text, tables.entries[0])
    there = {entry.key.text: entry for entry in tables.entries}
    added = [_block(name, old.files[name], said, margin) for name, said in about.items() if name not in there]
    if rewritten in there:
        entry = there[rewritten]
        block = _block(rewritten, old.files[rewritten], about[rewritten], margin)
        edits.append((_line_start(text, entry.key.span.start), _line_end(text, entry.value.span.end), block + "\n"))
    if added:
        end = _line_end(text, tables.entries[-1].value.span.end)
        edits.append((end, end, "\n".join(added) + "\n"))
    if as_of is not None:
        day_node = root.get("as_of")
        if isinstance(day_node, Scalar):
            edits.append((day_node.span.start, day_node.span.end, as_of.isoformat()))
        else:
            at = next(entry.key.span.start for entry in root.entries if entry.key.text == "tables")
            edits.append((at, at, f"as_of: {as_of.isoformat()}\n{text[_line_start(text, at) : at]}"))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _tables(document: Document) -> Tree | None:
    root = document.root
    tables = root.get("tables") if isinstance(root, Tree) and not root.in_flow else None
    if not isinstance(tables, Tree) or tables.in_flow or not tables.entries:
        return None
    return tables if _margin(document.source.text, tables.entries[0]).isspace() else None


def _file(node: Node) -> str | None:
    """The CSV file in the standard form that an entry names."""
    if isinstance(node, Tree):
        file = node.get("file")
        if node.in_flow or file is None or any(node.get(key) for key in _READ_OTHERWISE):
            return None
        return _file(file)
    name = node.text.strip() if isinstance(node, Scalar) else ""
    return name if name.endswith(".csv") and Path(name).name == name else None


def _block(name: str, file: str, about: Mapping[str, str], margin: str) -> str:
    lines = [f"{margin}{name}:", f"{margin * 2}file: {as_scalar(file)}"]
    return "\n".join([*lines, *(f"{margin * 2}{key}: {as_scalar(value)}" for key, value in about.items())])


def _margin(text: str, entry: Entry) -> str:
    return text[_line_start(text, entry.key.span.start) : entry.key.span.start]


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    return text.index("\n", at) + 1


def _refuse(node: Node, source: Source, problem: str, diagnostics: Diagnostics) -> None:
    help = "let the import write into a folder of its own"
    span = Span(source, node.span.start, node.span.end)
    diagnostics.report("D053", span, help=help, file=source.name, problem=problem)
