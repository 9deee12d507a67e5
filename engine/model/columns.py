"""How the columns of the standard model are declared in one line each."""

from __future__ import annotations

from decimal import Decimal

from .table import Column

MOST = Decimal(999_999_999)
"""No count and no amount of the model goes beyond nine digits before the point."""


def text(name: str, title: str, *, required: bool = False, personal: bool = False) -> Column:
    """A column of free text or of codes (with their zeros)."""
    return Column(name=name, type="text", title=title, unit="", required=required, personal=personal)


def day(name: str, title: str, *, personal: bool = False) -> Column:
    """A column of dates."""
    return Column(name=name, type="date", title=title, unit="", personal=personal)


def truth(name: str, title: str, *, personal: bool = False) -> Column:
    """A column of yes and no."""
    return Column(name=name, type="truth", title=title, unit="", personal=personal)


def school_year(name: str, title: str, *, personal: bool = False) -> Column:
    """A column of school years such as 2026-27."""
    return Column(name=name, type="school_year", title=title, unit="", personal=personal)


def tie(name: str, title: str, to: str = "", *, required: bool = False, personal: bool = False) -> Column:
    """A reference to a row of the table `to`, which is called like the column if nothing else is said."""
    return Column(name=name, type=to or name, title=title, unit="", required=required, personal=personal)


def word(name: str, title: str, *values: str, ordered: bool = False, personal: bool = False) -> Column:
    """One of a few words; `ordered` from the least to the greatest."""
    return Column(name=name, type="enum", title=title, values=values, ordered=ordered, unit="", personal=personal)


def count(
    name: str, title: str, *, bounded: bool = False, most: Decimal = MOST, personal: bool = False, error: str = ""
) -> Column:
    """A whole number of things, 0 or more."""
    least = Decimal(0)
    return Column(name=name, title=title, at_least=least, at_most=most, bounded=bounded, personal=personal, error=error)


def money(
    name: str,
    title: str,
    unit: str = "USD",
    *,
    least: Decimal = Decimal(0),
    most: Decimal = MOST,
    bounded: bool = False,
    error: str = "",
) -> Column:
    """Dollars and cents, of the unit said (`USD`, `USD/year`, `USD/hour`)."""
    return Column(
        name=name, title=title, unit=unit, scale=2, at_least=least, at_most=most, bounded=bounded, error=error
    )


def share(name: str, title: str, *, least: Decimal = Decimal(0), most: Decimal = Decimal(1)) -> Column:
    """A ratio that files hold in percent (5.2 for 5.2%); its range is that of the ratio."""
    return Column(name=name, title=title, unit="ratio", scale=6, at_least=least, at_most=most, stored="percent")


def measure(
    name: str,
    title: str,
    unit: str,
    *,
    scale: int = 0,
    least: Decimal = Decimal(0),
    most: Decimal = Decimal(99_999),
) -> Column:
    """A quantity of a unit: hours, weeks, points, years."""
    return Column(name=name, title=title, unit=unit, scale=scale, at_least=least, at_most=most)


def calendar_year(name: str, title: str, *, personal: bool = False) -> Column:
    """A year such as 2026 as a number of years, so that two of them have a difference."""
    return Column(name=name, title=title, unit="year", at_least=Decimal(1900), at_most=Decimal(2200), personal=personal)
