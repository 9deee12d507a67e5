"""Cut scores: what each rating takes on each scale, where that comes from, and what a raise was judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..model.school_year import school_year_text
from ..syntax.cut_scores import CutScores
from ..syntax.expr import Percent
from ..types.lower.cut_scores import ALL, SCALE, on_state
from .line import column_named, of_state
from .rated import Level
from .run import Run
from .table import Cell, ResultTable, table

COLUMNS = (
    "entity scale rating cut_score:number source on_record:number share:number rows:number rows_to:number "
    "rated_before:number reached_before:number why cite"
)


def cut_score_table(run: Run, levels: Sequence[Level]) -> ResultTable:
    """`cut_scores`: level × scale × rating; the next run takes it as `prior_cut_score`.

    `source` is `computed`, `on_record` or `raised`. `rows` have an index on the scale, and `rows_to` of them are taken
    in by the shares down to the rating; both are blank in a run that does not compute. `rated_before` rows were rated
    the year before, and `reached_before` of them count for a raise. `why` says what a cut score is missing for.
    """
    found: list[tuple[Cell, ...]] = []
    for level in levels:
        cuts = level.section.cut_scores
        if cuts is not None and level.name != "state":
            found += _rows(run, level, cuts)
    return table("cut_scores", COLUMNS, found)


def scales_of_level(run: Run, level: str) -> tuple[str, ...]:
    """The scales of a level, `all` where there is one."""
    column = column_named(run, level, SCALE)
    return column.type.values if column is not None else (ALL,)


def _rows(run: Run, level: Level, cuts: CutScores) -> Iterator[tuple[Cell, ...]]:
    for scale in scales_of_level(run, level.name):
        for word, _ in cuts.shares:
            yield _row(run, level.name, cuts, scale, word.text)


def _row(run: Run, level: str, cuts: CutScores, scale: str, rating: str) -> tuple[Cell, ...]:
    def part(name: str) -> Fraction | None:
        return of_state(run, on_state(level, scale, name))

    computes = run.school_year == school_year_of(cuts)
    cut, recorded, rows = part(rating), part(f"{rating} on record"), part("rows")
    source = "" if cut is None else "computed" if computes else "on_record" if cut == recorded else "raised"
    share = next((value for word, value in cuts.shares if word.text == rating), None)
    why = "" if cut is not None else why_missing(run, level, cuts, scale, rating)
    before = (part("rated before"), part("reached before"))
    taken = (rows, part(f"rows to {rating}")) if computes else (None, None)
    shown = Fraction(share.value) / 100 if isinstance(share, Percent) else None
    return (level, scale, rating, cut, source, None if computes else recorded, shown, *taken, *before, why, cuts.cite)


def school_year_of(cuts: CutScores) -> str:
    """The school year in whose run they are computed."""
    return school_year_text(cuts.computed_from.year)


def why_missing(run: Run, level: str, cuts: CutScores, scale: str, rating: str) -> str:
    """What a cut score that is missing waits for."""
    of = "" if scale == ALL else f" of {scale}"
    if run.school_year == school_year_of(cuts):
        rows = of_state(run, on_state(level, scale, "rows"))
        if rows is None:
            return f"an index{of} is not known, so shares of all are not known"
        return f"no {level}{of} is within the share of {rating}" if rows else f"no {level}{of} has an index"
    recorded = of_state(run, on_state(level, scale, f"{rating} on record"))
    if recorded is None:
        return f"prior_cut_score has no {rating}{of} for {level} of an earlier year that counts"
    return f"prior_rating has no rating{of} for {level} of the year before"
