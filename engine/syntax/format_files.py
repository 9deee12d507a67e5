"""From paths to files in their canonical layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..text.diagnostic import Diagnostic, Diagnostics, Severity
from ..text.errors import EngineBug
from ..text.load import load_source
from ..text.read import read_document
from ..text.replace_file import replace_file
from ..text.source import Source, Span
from .format import file_kind, format_source


@dataclass(frozen=True, slots=True)
class FormatReport:
    """What came of it: complaints, how many files were looked at, those that are (or would be) changed, and those of
    which our own proof failed, each in a sentence.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    changed: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """Whether a file was left as it is for what is wrong with it."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


def format_files(paths: Iterable[str | Path], write: bool) -> FormatReport:
    """Format the policies, cases and datasets at `paths`, and where `write` is set, put them in their place.

    A file with errors, or of which the new text would not say the same, is left as it is. A path that is none of these
    is an error (Y074), as is one that cannot be written (Y076) and a folder without any (Y075).
    """
    diagnostics = Diagnostics()
    changed, faults, count = [], [], 0
    for file in _files(paths, diagnostics):
        source = load_source(file, diagnostics)
        if source is None:
            continue
        count += 1
        try:
            text = format_source(source, diagnostics)
        except EngineBug as fault:
            faults.append(str(fault))
            continue
        data = text.encode() if text is not None else None
        if data is None or data == file.read_bytes() or (write and not _is_written(file, data, diagnostics)):
            continue
        changed.append(str(file))
    return FormatReport(diagnostics.sorted(), count, tuple(changed), tuple(faults))


def _files(paths: Iterable[str | Path], diagnostics: Diagnostics) -> Iterator[Path]:
    """The files that paths name, each once."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        found = _inside(path, diagnostics) if path.is_dir() else [path] if _is_ours(path, diagnostics) else []
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _inside(folder: Path, diagnostics: Diagnostics) -> list[Path]:
    """The files of a folder that are ours. Links and hidden folders are not followed."""
    found = [
        file
        for file in sorted(folder.rglob("*.yaml"))
        if file.is_file()
        and not file.is_symlink()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.resolve().is_relative_to(folder.resolve())
        and _kind(file) != ""
    ]
    if not found:
        help = "these are files that end in `.yaml`"
        diagnostics.report("Y075", Span(Source(str(folder), ""), 0, 0), help=help, folder=str(folder))
    return found


def _is_ours(file: Path, diagnostics: Diagnostics) -> bool:
    """Whether a file that was named may be formatted; one of another kind is reported."""
    if _kind(file) != "":
        return True
    help = "a policy has the key `policy`, a file of cases `cases_of`, a dataset `tables`, a scenario `scenario`"
    diagnostics.report("Y074", Span(Source(str(file), ""), 0, 0), help=help, path=str(file))
    return False


def _kind(file: Path) -> str | None:
    """The kind of a file; nothing where it cannot be read, which is told later, and empty for none of ours."""
    source = load_source(file, Diagnostics())
    document = read_document(source, Diagnostics()) if source else None
    return file_kind(document) if document else None


def _is_written(file: Path, data: bytes, diagnostics: Diagnostics) -> bool:
    try:
        replace_file(file, data)
    except OSError as problem:
        said = problem.strerror or str(problem)
        span = Span(Source(str(file), ""), 0, 0)
        help = "it is as it was; see who may write to it and to its folder"
        diagnostics.report("Y076", span, help=help, path=str(file), problem=said[:1].lower() + said[1:])
        return False
    return True
