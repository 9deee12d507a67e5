"""What of a case came out otherwise than it expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ...execution.values import Key, Value
from ...plan.plan import Column
from ...syntax.cases import Case, Expected
from ...text.diagnostic import Diagnostics, Label
from ...text.source import Span
from ...types.datatypes import Type
from ..decision import RULES
from ..decode import MISSING, key_text, keys_of, values_of
from ..explain.explain import HIDDEN
from ..explain.target import target
from ..quantity import shown
from ..run import Run
from .expectation import Expectation, holds, read_expectation, value_words, written_so
from .first_lines import MOST, first_lines
from .reason import Reasons, folded, says


@dataclass(frozen=True, slots=True)
class Failure:
    """One value, or one reason of a rule, that came out otherwise: what it is of, both as a case writes them, why (the
    first line of the explanation, and `more` of them), and where it is expected.
    """

    what: str
    expected: str
    got: str
    why: str
    span: Span
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A column that something is expected of, its values by row, and the row; none for the total of all rows."""

    column: Column
    values: Mapping[Key, Value]
    key: Key | None


def failures(run: Run, case: Case, diagnostics: Diagnostics) -> Iterator[Failure]:
    """What of a case came out otherwise, in the order written.

    An entity, row or column that the run has not is reported (X011, X013, X014, X015), and so is a value that does not
    fit its column (X030), a total of what is no number (X031) and a reason of what is no rule (X033).
    """
    for expected, found in _all_found(run, case.expected, diagnostics):
        for failure in _compared(run, expected, found, diagnostics):
            yield _placed(failure, case)
    if case.because:
        given = Reasons(run)
        for expected, found in _all_found(run, case.because, diagnostics):
            for failure in _reasoned(run, given, expected, found, diagnostics):
                yield _placed(failure, case)


def _placed(failure: Failure, case: Case) -> Failure:
    """A failure of a row of a table of cases, at that row if what it expects is the same in all rows."""
    if not case.of_table or _line(failure.span) == _line(case.span):
        return failure
    return replace(failure, span=case.span)


def _line(span: Span) -> int:
    return span.source.position(span.start)[0]


def expectations(run: Run, case: Case, diagnostics: Diagnostics) -> Iterator[tuple[Column, Key | None, Expectation]]:
    """What a case expects: of which column and row, and what; those that fit nothing are left out."""
    for expected, found in _all_found(run, case.expected, diagnostics):
        wanted = read_expectation(expected.value.text, found.column.type, _words(run, found.column))
        if wanted is not None:
            yield found.column, found.key, wanted


def _all_found(run: Run, asked: tuple[Expected, ...], diagnostics: Diagnostics) -> Iterator[tuple[Expected, _Found]]:
    columns = {(one.id.entity, one.id.name): one for one in run.plan.columns if one.id.role not in HIDDEN}
    values: dict[tuple[str, str], dict[Key, Value]] = {}
    for expected in asked:
        at = (expected.entity.text, expected.column.text)
        column = columns.get(at)
        if column is not None and at not in values:
            values[at] = dict(zip(keys_of(run, column.id.entity), values_of(run, column), strict=True))
        found = _found(run, expected, column, values.get(at, {}), diagnostics)
        if found is not None:
            yield expected, found


def _found(
    run: Run, expected: Expected, column: Column | None, values: Mapping[Key, Value], diagnostics: Diagnostics
) -> _Found | None:
    """What something is expected of, or nothing after a complaint that names the nearest there is."""
    entity, name = expected.entity, expected.column
    if column is not None and expected.key is None:
        return _Found(column, values, None)
    asked = expected.key.text if expected.key else ""
    if column is not None:
        for key in values:
            if key_text(run, entity.text, key) == asked:
                return _Found(column, values, key)
    own = Diagnostics()
    parts = target(run, entity.text, asked, name.text, own)
    places = {"X011": entity.span, "X014": name.span}
    if expected.key is not None:
        places |= {"X013": expected.key.span, "X015": expected.key.span}
    said = [replace(one, labels=(Label(places[one.code]),)) for one in own.sorted() if one.code in places]
    diagnostics.extend(said)
    if column is None:
        if not said:
            help = "a case expects what is computed, and this is a column of the data"
            diagnostics.report("X014", name.span, help=help, entity=entity.text, name=name.text)
        return None
    if parts is None:
        return None
    types = [type for _, type in run.plan.entity(entity.text).key]
    fits = (key for key in values if _fits(parts, key, types))
    return _Found(column, values, next(fits))


def _fits(parts: tuple[str, ...], key: Key, types: list[Type]) -> bool:
    """Whether a key is the one that is written so, each part as it is or as people write it."""
    return all(text in (str(part), shown(part, type)) for text, part, type in zip(parts, key, types, strict=True))


def _compared(run: Run, expected: Expected, found: _Found, diagnostics: Diagnostics) -> Iterator[Failure]:
    entity, name, type = found.column.id.entity, found.column.id.name, found.column.type
    written, words = expected.value, _words(run, found.column)
    if found.key is None and type.kind != "number":
        help = "`totals` adds up numbers; single values stand under `expect`"
        diagnostics.report("X031", expected.column.span, help=help, entity=entity, name=name, type=type)
        return
    wanted = read_expectation(written.text, type, words)
    if wanted is None:
        help = written_so(type, words, written.text)
        diagnostics.report("X030", written.span, help=help, text=written.text, name=name, type=type)
        return
    if found.key is None:
        exact = [value for value in found.values.values() if isinstance(value, Fraction)]
        unknown = len(found.values) - len(exact)
        got: Value = MISSING if unknown else sum(exact, start=Fraction(0))
        said = f"no total, as {unknown} of {len(found.values)} rows have no exact value"
        what = f"{entity}: total of {name}"
    else:
        got, unknown = found.values[found.key], 0
        what = f"{entity} {key_text(run, entity, found.key)}: {name}"
    if holds(wanted, got):
        return
    if not unknown:
        said = value_words(got, type, found.column.id.role in RULES, words)
    told = first_lines(run, found.column, found.key) if found.key is not None else _added(run, found)
    yield Failure(what, written.text, said, *_why(told, written.span))


def _why(lines: tuple[str, ...], span: Span) -> tuple[str, Span, tuple[str, ...]]:
    """The last parts of a failure."""
    return (lines[0] if lines else ""), span, lines[1:]


def _added(run: Run, found: _Found) -> tuple[str, ...]:
    """The first rows that a total adds up."""
    entity, type = found.column.id.entity, found.column.type
    rows = [f"{key_text(run, entity, key)} {shown(value, type)}" for key, value in found.values.items()]
    more = f" and {len(rows) - MOST} more" if len(rows) > MOST else ""
    return (f"of {'; '.join(rows[:MOST])}{more}",) if rows else ()


def _reasoned(
    run: Run, given: Reasons, expected: Expected, found: _Found, diagnostics: Diagnostics
) -> Iterator[Failure]:
    entity, name, written = found.column.id.entity, found.column.id.name, expected.value
    got = None if found.key is None else given.reason(found.column, found.key)
    if found.key is None or got is None:
        help = "`because` compares what criteria, eligibilities and determinations give as their reason"
        diagnostics.report("X033", expected.column.span, help=help, entity=entity, name=name)
    elif not says(written.text, got):
        what = f"{entity} {key_text(run, entity, found.key)}: reason of {name}"
        told = first_lines(run, found.column, found.key)
        yield Failure(what, f"“{folded(written.text)}”", f"“{got}”" if got else "none", *_why(told, written.span))


def _words(run: Run, column: Column) -> Mapping[str, str]:
    """The words in which an eligibility says its verdicts."""
    if column.id.role != "eligibility":
        return {}
    return next((dict(one.verdicts) for one in run.checked.policy.eligibility if one.name == column.id.name), {})
