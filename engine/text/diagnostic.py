"""A complaint about the user's files: code, place, one plain sentence, and the cure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .codes import CODES
from .fix import Fix
from .source import Span


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """A marked place and what is to be said of it."""

    span: Span
    message: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One complaint; `labels[0]` is the primary place, `help` the cures, `notes` the background, `fix` the cure that a
    program may carry out.
    """

    code: str
    message: str
    labels: tuple[Label, ...]
    help: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    fix: Fix | None = None

    @property
    def span(self) -> Span:
        """The primary place."""
        return self.labels[0].span


class Diagnostics:
    """Collects what the passes complain of, so that one run reports everything."""

    LIMIT = 200

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._seen: set[tuple[str, str, int, int, str]] = set()

    def report(
        self,
        code: str,
        span: Span,
        *,
        label: str = "",
        others: Iterable[Label] = (),
        help: str | Iterable[str] = (),
        notes: str | Iterable[str] = (),
        fix: Fix | None = None,
        **blanks: object,
    ) -> None:
        """Add the complaint `code` at `span`; `blanks` fill the wording that `codes.py` holds for it.

        The same complaint at the same place is kept once; beyond `LIMIT` further ones are counted, not kept.
        """
        entry = CODES[code]
        message = entry.message.format(**blanks)
        key = _identity(code, span, message)
        if key in self._seen or len(self._found) >= self.LIMIT:
            return
        self._seen.add(key)
        self._found.append(
            Diagnostic(
                code,
                message,
                (Label(span, label), *others),
                (help,) if isinstance(help, str) else tuple(help),
                (notes,) if isinstance(notes, str) else tuple(notes),
                Severity.WARNING if entry.warning else Severity.ERROR,
                fix,
            )
        )

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over complaints collected elsewhere."""
        for other in others:
            key = _identity(other.code, other.span, other.message)
            if key not in self._seen:
                self._seen.add(key)
                self._found.append(other)

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Everything found, by file, place and code."""
        return tuple(sorted(self._found, key=_place))


def _identity(code: str, span: Span, message: str) -> tuple[str, str, int, int, str]:
    """What makes two complaints the same; of a data file, a source holds one line only."""
    return code, span.source.name, span.source.first_line, span.start, message


def _place(found: Diagnostic) -> tuple[str, int, int, str, str]:
    """Where a complaint stands in the order: by file, line of a data file, place, code."""
    source = found.span.source
    return source.name, source.first_line, found.span.start, found.code, found.message
