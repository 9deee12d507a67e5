"""The tables that are not about persons: taken from the example state as they are, with the code of the new state."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.document import Document, Mapping, Node, Scalar
from ..text.errors import PolicyError
from ..text.load import load_source
from ..text.read import read_document


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Base:
    """`files` are the tables that are taken over, `blocks` what `dataset.yaml` says of each, as text; and who they
    are of.
    """

    folder: Path
    jurisdiction: str
    as_of: str
    files: dict[str, str]
    blocks: dict[str, str]


def read_base(folder: Path, made: Collection[str]) -> Base:
    """The dataset in `folder` without the tables that are `made` anew. Raises PolicyError where it cannot be read."""
    diagnostics = Diagnostics()
    source = load_source(folder / "dataset.yaml", diagnostics)
    document = None if source is None else read_document(source, diagnostics)
    root = None if document is None else document.root
    tables = root.get("tables") if isinstance(root, Mapping) else None
    if document is None or not isinstance(root, Mapping) or not isinstance(tables, Mapping) or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    kept = [entry for entry in tables.entries if entry.key.text not in made]
    return Base(
        folder=folder,
        jurisdiction=_text(root.get("jurisdiction")),
        as_of=_text(root.get("as_of")),
        files={entry.key.text: _file(entry.value) for entry in kept},
        blocks={entry.key.text: _lines(document, entry.key.span.start, entry.value.span.end) for entry in kept},
    )


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _file(node: Node) -> str:
    return _text(node.get("file")) if isinstance(node, Mapping) else _text(node)


def _lines(document: Document, start: int, end: int) -> str:
    """The whole lines from one offset to another."""
    text = document.source.text
    return text[text.rfind("\n", 0, start) + 1 : end].rstrip() + "\n"


def credentials_of(base: Base) -> tuple[str, ...]:
    """The codes of the credentials, in their order."""
    with (base.folder / base.files["credential"]).open(encoding="utf-8", newline="") as file:
        return tuple(sorted(row["credential_id"] for row in csv.DictReader(file)))


def copied(base: Base, table: str, jurisdiction: str) -> bytes:
    """The bytes of a table, every cell that holds the code of the example state holding that of the new one."""
    data = (base.folder / base.files[table]).read_bytes()
    if jurisdiction == base.jurisdiction or base.jurisdiction.encode() not in data:
        return data
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    for record in csv.reader(StringIO(data.decode("utf-8"), newline="")):
        writer.writerow([jurisdiction if cell == base.jurisdiction else cell for cell in record])
    return stream.getvalue().encode()
