"""The report on the cases of policies, as text for a terminal."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap

from ..results.cases.cases import CaseResult, TestReport
from ..results.cases.coverage import Unhit
from ..results.cases.failure import Failure
from ..text.source import Span

MOST_LINES = 6
"""Lines of a failure; what does not fit is left to `specie explain`."""

MOST_UNHIT = 40
"""Rules without a case that are shown; the rest are counted."""


def render_cases(report: TestReport, width: int = 80, rules: bool = True) -> str:
    """The report as text without the diagnostics: failed cases with what was expected and what came out, one line that
    counts, and (with `rules`) the rules that no case hit.
    """
    parts = [_failed(one, width) for one in report.cases if one.failures]
    parts.append("\n".join(_wrapped(summary(report), width)))
    if rules and (report.passed or report.failed):
        parts.append(_coverage(report, width))
    return "\n\n".join(parts) + "\n"


def summary(report: TestReport) -> str:
    """`12 cases passed, 1 failed`, and how many could not be run."""
    said = [f"{report.passed} case{'' if report.passed == 1 else 's'} passed", f"{report.failed} failed"]
    if report.not_run:
        said.append(f"{report.not_run} not run")
    return ", ".join(said)


def _failed(one: CaseResult, width: int) -> str:
    title = f": {one.title}" if one.title else ""
    lines = _wrapped(f"FAILED {one.name}{title}", width)
    if one.cite:
        lines += _wrapped(f"published: {one.cite}", width, "  ")
    for failure in one.failures:
        lines += _told(failure, width)
    return "\n".join(lines)


def _told(failure: Failure, width: int) -> list[str]:
    lines = _wrapped(f"{_place(failure.span)}  {failure.what}", width, "  ")
    lines += _wrapped(f"expected {failure.expected}, got {failure.got}", width, "    ")
    why = _wrapped(f"why: {failure.why}", width, "    ") if failure.why else []
    for one in failure.more:
        why += _wrapped(one, width, "      ")
    room = max(MOST_LINES - len(lines), 2)
    return lines + (why if len(why) <= room else [*why[: room - 1], f"{why[room - 1][: width - 2]} …"])


def _coverage(report: TestReport, width: int) -> str:
    hit = report.rules - len(report.unhit)
    if not report.unhit:
        return "\n".join(_wrapped(f"all {report.rules} rules were hit by a case", width))
    lines = _wrapped(f"{hit} of {report.rules} rules were hit by a case; these were not:", width)
    shown = report.unhit[:MOST_UNHIT]
    for file, rules in groupby(shown, key=lambda one: one.span.source.name):
        lines += _wrapped(file, width, "  ")
        for one in rules:
            lines += _wrapped(_rule(one), width, "    ")
    if len(report.unhit) > MOST_UNHIT:
        lines.append(f"  … and {len(report.unhit) - MOST_UNHIT} more")
    return "\n".join(lines)


def _rule(one: Unhit) -> str:
    line, _ = one.span.source.position(one.span.start)
    since = f" since {one.since.isoformat()}" if one.since else ""
    return f"line {line}: {one.path}{since}: {one.never}"


def _place(span: Span) -> str:
    return f"{span.source.name}:{span.source.position(span.start)[0]}"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most `width` columns, the ones after the first a little further in."""
    return wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
        break_long_words=False,
    ) or [indent]
