"""From a policy file to one policy, with those that it extends merged in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from ..text.diagnostic import Diagnostics, Label
from ..text.document import Document
from ..text.files import Disk, Files
from ..text.read import read_document
from ..text.source import Source
from ..text.suggest import nearest
from .merge import merge
from .parse_policy import parse_header, parse_policy
from .policy import Policy, Word

BUNDLED = Path(__file__).resolve().parents[2] / "policies"
"""The policies that come with the engine: beside it in a checkout and in a wheel alike."""

DEEPEST = 32
"""How many policies may extend each other in a line."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", re.ASCII)
_MOST_COMPARED = 2_000


Edit: TypeAlias = Callable[[Document], Document]
"""What a tree of a policy is made to before it is read."""


@dataclass(frozen=True, slots=True)
class _Child:
    """A policy whose parents are being read: the file, its id, and the word that asked for it (none for the first)."""

    file: Path
    id: str
    asked: Word | None


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The folders that policies are looked for in, and what has been read from them."""

    roots: tuple[Path, ...]
    diagnostics: Diagnostics
    files: Files
    read: dict[Path, Policy | None] = field(default_factory=dict)
    edit: Edit | None = None


def load_policy(
    path: str | Path, diagnostics: Diagnostics, roots: Iterable[str | Path] = (), files: Files | None = None
) -> Policy | None:
    """The policy in the file at `path`, merged with all that it extends; each thing keeps the id of its writer.
    `files` is where they are read from: the disk, or a revision.

    An id such as `oh/in-demand-occupations` is the file `oh/in-demand-occupations.yaml` in the nearest folder
    called `policies` above `path`, in one of `roots`, or among the bundled policies, whichever has it first.
    Nothing comes back where there is no policy to speak of; anything else that is wrong is reported and left out
    (Y040 to Y064, N080 to N089, and what reading the files and their expressions reports).
    """
    file = Path(path)
    shelf = _Shelf(tuple(_distinct([*_home(file), *map(Path, roots), BUNDLED])), diagnostics, files or Disk())
    source = shelf.files.source(file, diagnostics)
    return _load(_Child(file, "", None), source, (), shelf) if source else None


def load_edited(policy: Policy, edit: Edit, diagnostics: Diagnostics) -> Policy | None:
    """A policy read again from the text that it was read from, with its trees and those of what it extends edited, the
    policy's own first. Complaints are those of `load_policy`.
    """
    file = Path(policy.source.name)
    shelf = _Shelf(tuple(_distinct([*_home(file), BUNDLED])), diagnostics, Disk(), edit=edit)
    return _load(_Child(file, "", None), policy.source, (), shelf)


def _home(file: Path) -> list[Path]:
    """The nearest folder called `policies` above a file, written as the user would write it."""
    folder = next((parent for parent in file.absolute().parents if parent.name == "policies"), None)
    if folder is None:
        return []
    return [folder if file.is_absolute() else Path(os.path.relpath(folder))]


def _distinct(roots: Iterable[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for root in roots:
        resolved = root.resolve()
        if resolved not in seen:
            seen.add(resolved)
            yield root


def _load(this: _Child, source: Source, above: tuple[_Child, ...], shelf: _Shelf) -> Policy | None:
    document = read_document(source, shelf.diagnostics)
    if document is not None and shelf.edit is not None:
        document = shelf.edit(document)
    header = parse_header(document, shelf.diagnostics) if document else None
    if document is None or header is None:
        if document is not None:  # a list or a text: the shape says so
            parse_policy(document, shelf.diagnostics)
        return None
    line = (*above, _Child(this.file.resolve(), header.id, this.asked))
    if this.asked and header.id and header.id != this.asked.text:
        help = f"write `policy: {this.asked.text}`, or move the file"
        shelf.diagnostics.report("N087", header.id_span, help=help, id=this.asked.text, found=header.id)
    parents = [parent for asked in header.extends if (parent := _parent(asked, line, shelf))]
    policy = parse_policy(document, shelf.diagnostics, tuple(parents))
    if policy and len(parents) < len(header.extends):
        policy = replace(policy, orphaned=True)
    return merge(policy, parents, shelf.diagnostics) if policy else None


def _parent(asked: Word, line: tuple[_Child, ...], shelf: _Shelf) -> Policy | None:
    """The policy that `asked` names, read and merged once."""
    found = _find(asked, shelf)
    if found is None:
        return None
    file, resolved = found, found.resolve()
    at = next((at for at, child in enumerate(line) if child.file == resolved), None)
    if at is not None:
        _report_ring(asked, line[at:], shelf.diagnostics)
        return None
    if len(line) >= DEEPEST:
        help = "extend the policies that are needed directly"
        shelf.diagnostics.report("N089", asked.span, limit=DEEPEST, help=help)
        return None
    if resolved not in shelf.read:
        source = shelf.files.source(file, shelf.diagnostics)
        if source and source.name == str(file) and file.is_relative_to(BUNDLED):
            # where the engine is installed must not show in any output
            source = Source(f"policies/{asked.text}.yaml", source.text)
        shelf.read[resolved] = _load(_Child(file, "", asked), source, line, shelf) if source else None
    return shelf.read[resolved]


def _find(asked: Word, shelf: _Shelf) -> Path | None:
    """The file of an id; N082 for what is no id or leads elsewhere, N080 where no folder has it."""
    if not _ID.fullmatch(asked.text):
        outside = asked.text.startswith(("/", "\\", "~")) or ".." in asked.text or asked.text[1:2] == ":"
        problem = "it leads out of the folder of policies" if outside else "an id is small letters, digits, `-` and `/`"
        help = "write its place in the folder `policies` without `.yaml`, such as `oh/in-demand-occupations`"
        shelf.diagnostics.report("N082", asked.span, help=help, id=asked.text, problem=problem)
        return None
    for root in shelf.roots:
        file = root / f"{asked.text}.yaml"
        if not shelf.files.is_file(file):
            continue
        if not file.resolve().is_relative_to(root.resolve()):
            problem, help = "its file is a link that leads out of the folder of policies", "put the file itself there"
            shelf.diagnostics.report("N082", asked.span, help=help, id=asked.text, problem=problem)
            return None
        return file
    near = nearest(asked.text, _ids(shelf.roots))
    searched = ", ".join("the bundled policies" if root == BUNDLED else f"`{root}`" for root in shelf.roots)
    cures = (f"did you mean `{near}`?",) if near else (
        f"looked for `{asked.text}.yaml` in {searched}",
        f"put it at `policies/{asked.text}.yaml`, in a folder called `policies` above this file, "
        "or extend one of the bundled policies",
    )  # fmt: skip
    shelf.diagnostics.report("N080", asked.span, help=cures, id=asked.text)
    return None


def _ids(roots: Iterable[Path]) -> Iterator[str]:
    """The ids that exist in the folders, for the one that may have been meant."""
    for root in roots:
        for file in islice(root.rglob("*.yaml"), _MOST_COMPARED):
            if not file.name.endswith(".cases.yaml"):
                yield file.relative_to(root).with_suffix("").as_posix()


def _report_ring(asked: Word, ring: tuple[_Child, ...], diagnostics: Diagnostics) -> None:
    ids = [child.id or "this policy" for child in ring]
    steps = [Label(child.asked.span, f"extends `{child.id}`") for child in ring[1:] if child.asked]
    diagnostics.report(
        "N081",
        asked.span,
        label=f"extends `{ids[0]}` again",
        others=steps,
        help="put what they share into a policy of its own, which they extend",
        ring=" → ".join(f"`{id}`" for id in (*ids, ids[0])),
    )
