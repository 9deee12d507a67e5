"""From a file on disk to a source."""

from __future__ import annotations

from pathlib import Path

from .characters import check_characters
from .diagnostic import Diagnostics
from .source import Source, Span
from .suggest import file_cure

FILE_LIMIT = 5 * 1024 * 1024
"""Bytes of the largest file that is read as a document."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def load_source(path: str | Path, diagnostics: Diagnostics) -> Source | None:
    """The file at `path` as text, named as the user named it.

    Nothing comes back, and why is reported, if there is no such file (Y002), if it is not a file that can be
    read (Y003), is too large (Y004), is not UTF-8 (Y005), or holds characters that nobody sees (Y006).
    """
    name = str(path)
    span = Span(Source(name, ""), 0, 0)
    file = Path(path)
    try:
        if not file.exists():
            beside = file.parent.iterdir() if file.parent.is_dir() else ()
            cure = file_cure(file, (entry.name for entry in beside))
            help = cure or "paths are read from the folder you are in"
            diagnostics.report("Y002", span, help=help, path=name)
            return None
        if not file.is_file():
            what = "a folder" if file.is_dir() else "no ordinary file"
            diagnostics.report("Y003", span, help="name a file", path=name, problem=f"it is {what}")
            return None
        with file.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        diagnostics.report("Y003", span, path=name, problem=said[:1].lower() + said[1:])
        return None
    return source_from_bytes(name, data, diagnostics)


def source_from_bytes(name: str, data: bytes, diagnostics: Diagnostics) -> Source | None:
    """The bytes of a file (from disk or from a revision) as text, without byte-order mark; Y004 to Y006."""
    if len(data) > FILE_LIMIT:
        report_too_large(Source(name, ""), diagnostics)
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        source = Source(name, data.decode("utf-8"))
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8")
        source = Source(name, data.decode("utf-8", errors="replace"))
        wide = data[:2] in _UTF_16
        diagnostics.report(
            "Y005",
            Span(source, len(before), len(before) + 1),
            help="save the file as UTF-8" + (" (it is UTF-16 now)" if wide else ""),
            byte=f"0x{data[problem.start]:02X}",
        )
        return None
    return source if check_characters(source, diagnostics) else None


def report_too_large(source: Source, diagnostics: Diagnostics) -> None:
    """Report that a file is beyond `FILE_LIMIT`."""
    diagnostics.report(
        "Y004",
        Span(source, 0, 0),
        help="a policy is split with `extends`; rows of data belong in a dataset",
        limit=f"{FILE_LIMIT // 1024 // 1024} MiB",
    )
