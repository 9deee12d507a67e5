"""The numbers of a run as people read them, and by how much they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..results.dollars import dollars
from ..results.simulate.measure import COUNT, KEPT_BACK, MONEY, PAID, RATIO, Measures


def measure_text(value: Fraction | None, kind: str) -> str:
    """A number of a run as people read it."""
    if value is None:
        return "not known"
    if kind == MONEY:
        return dollars(value)
    return f"{value.numerator:,}" if kind == COUNT else f"{cut(value * 100)}%"


def cut(value: Fraction) -> str:
    """A number that is not negative, with two decimals at most, cut and never rounded: `54.76…`."""
    hundredths = value.numerator * 100 // value.denominator
    text = f"{hundredths // 100:,}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return text if Fraction(hundredths, 100) == value else f"{hundredths // 100:,}.{hundredths % 100:02d}…"


def change_text(before: Fraction | None, after: Fraction | None, kind: str) -> str:
    """By how much a number is another one."""
    if before is None or after is None or before == after:
        return ""
    change = abs(after - before)
    text = f"{cut(change * 100)} points" if kind == RATIO else measure_text(change, kind)
    return f"{'+' if after > before else '-'}{text}"


def whole_dollars(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows of a table, without the cents of columns in which all are none."""
    found = tuple(rows)
    whole = [all(_is_whole(row[place]) for row in found) for place in range(len(found[0]) if found else 0)]
    return tuple(
        tuple(text.removesuffix(".00") if one and "$" in text else text for text, one in zip(row, whole, strict=True))
        for row in found
    )


def _is_whole(text: str) -> bool:
    return text.endswith(".00") or "$" not in text


def is_said_elsewhere(name: str, moved: Sequence[str]) -> bool:
    """Of one line alone its own numbers say what those of all lines do; shares of rows are told by their counts."""
    lines = [one for one in moved if one.startswith("factor of ")]
    single = len(lines) <= 1
    return name.startswith("share of ") or (single and (name == "least factor" or " by " in name))


def beside_paid(names: Sequence[str], runs: Sequence[Measures]) -> list[str]:
    """The numbers of a table; where what is paid is among them, what is kept back in any of the runs follows it: money
    that is paid now and was kept back before costs nothing.
    """
    if PAID not in names:
        return list(names)
    known = dict.fromkeys(name for run in runs for name in run if name.startswith(KEPT_BACK))
    kept = [name for name in known if any(run.get(name, 0) != 0 for run in runs)]
    rest = [name for name in names if name not in kept]
    place = rest.index(PAID) + 1
    return [*rest[:place], *kept, *rest[place:]]
