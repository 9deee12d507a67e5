"""What years ahead assume: how much grows, and what responds to what, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model.school_year import school_year_text
from ..results.simulate.simulation import Simulation
from ..results.simulate.years.checked_years import CheckedYears, Responding
from ..results.table import decimal_text
from ..syntax.scenario_years import Shares
from .article import Section

MORE, HIGHER = ("more", "fewer"), ("higher", "lower")


def assumed_section(one: Simulation) -> Section | None:
    """Every assumption of the years as written, with its reason; nothing where nothing is assumed."""
    if one.years is None:
        return None
    said = tuple(_sentences(one.years.asked))
    return Section("What is assumed of the years", bullets=said) if said else None


def _sentences(asked: CheckedYears) -> Iterator[str]:
    written = asked.written
    if written.cohorts:
        yield f"cohorts of students: {_a_year(written.cohorts, MORE)}"
    beyond = ", beyond the growth of the cohorts" if written.cohorts else ""
    for growing in asked.growing:
        yield f"{growing.text}: {_a_year(growing.by, MORE)}{beyond}"
    if written.wages:
        yield f"wages of the labor market: {_a_year(written.wages, HIGHER)}"
    for responding in asked.responding:
        yield _response(responding)
    for word in written.move:
        yield f"{word.text.replace('_', ' ')} move a year on, too"


def _a_year(shares: Shares, ways: tuple[str, str]) -> str:
    """`3% more a year from 2027-28 on, no change from 2029-30 on`."""
    return ", ".join(
        f"{_change(share, ways)}{'' if begins is None else f' from {school_year_text(begins)} on'}"
        for begins, share in shares
    )


def _change(share: Fraction, ways: tuple[str, str]) -> str:
    if share == 0:
        return "no change"
    return f"{decimal_text(abs(share) * 100)}% {ways[share < 0]} a year"


def _response(one: Responding) -> str:
    way = MORE[one.elasticity < 0]
    size, given = decimal_text(abs(one.elasticity)), decimal_text(one.elasticity)
    when = f"{one.lag} {'year' if one.lag == 1 else 'years'} later" if one.lag else "in the same year"
    because = f"; {one.because}" if one.because else ""
    cite = f" ({one.cite})" if one.cite else ""
    return (
        f"{one.text} respond to {one.parameter}: {size}% {way} for each 1% more of it (elasticity {given}), "
        f"{when}{because}{cite}"
    )
