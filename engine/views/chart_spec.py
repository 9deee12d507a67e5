"""A chart in the grammar of Vega-Lite: readable at a width of 80 mm, and by those who do not tell colors apart.

Numbers stand in it as decimals written out; they are read where they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from .chart import Chart, Mark, Unit
from .chart_text import drawn, exact, short

Ground = Literal["light", "dark", "page"]
"""What it is drawn on: white, nearly black, or a page, whose color of text and ground it takes."""

WIDTH, HEIGHT = 340, 210
"""Pixels: about 80 mm by 56 mm on paper."""

ROW = 26
"""Pixels for a bar that lies, with what parts it from the next."""

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a8a", "#b8a000")
"""The colors of Okabe and Ito, which all eyes tell apart, those first that stand out on both grounds; more series than
these take the steps of viridis.
"""

INKS = {"light": ("#1b1b1b", "#ffffff"), "dark": ("#f0f1f3", "#14171c"), "page": ("currentColor", "transparent")}
"""Color of text, and of the ground."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""All of the same widths, so that what is measured with one fits with the others."""

FEW = 12
"""Up to so many marks are labeled, each with its number."""

LETTERS = 24
"""Letters of a name on an axis; a longer one is cut there, and whole in the table."""

FORMATS: dict[Unit, str] = {
    "money": "abs(datum.value) < 10000 ? format(datum.value, '$,.2~f') "
    ": replace(replace(format(datum.value, '$.3~s'), 'G', 'B'), 'k', 'K')",
    "ratio": "format(datum.value, '.2~%')",
    "count": "format(datum.value, ',.12~g')",
    "number": "format(datum.value, ',.12~g')",
}
"""How an axis writes its numbers."""


def chart_spec(chart: Chart, ground: Ground) -> dict[str, Any]:
    """The chart as Vega-Lite reads it; on a page without its title, which stands there as text."""
    found: dict[str, Any] = _Drawing(chart, ground).chart().to_dict()
    return found


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A chart on a ground."""

    what: Chart
    ground: Ground

    def chart(self) -> Any:
        """All layers on one ground."""
        import altair as alt

        chart, (ink, paper) = self.what, INKS[self.ground]
        lying = self._lies()
        rows = len(dict.fromkeys(one.x for one in chart.marks)) * (len(self._series()) if self._parted() else 1)
        height = max(rows * ROW, 2 * ROW) if lying else HEIGHT
        title = {} if self.ground == "page" else {"title": _wrapped(chart.title)}
        data: Any = {"values": [self._row(one) for one in chart.marks], "format": {"parse": self._parse()}}
        layers = alt.layer(*self._layers()).properties(
            data=alt.Data.from_dict(data, validate=False), width=WIDTH, height=height, **title
        )
        return (
            layers.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding=6)
            .configure(background=paper, font=FONT, aria=False)
            .configure_view(stroke=None)
            .configure_title(anchor="start", frame="bounds", color=ink, fontSize=13, fontWeight="bold", offset=10)
            .configure_axis(
                labelColor=ink, titleColor=ink, domainColor="#808080", tickColor="#808080", gridColor="#80808040",
                labelFontSize=11, titleFontSize=11, titleFontWeight="normal", labelLimit=150, titlePadding=6,
            )
            .configure_legend(
                orient="top", title=None, labelColor=ink, labelFontSize=11, columns=2, labelLimit=140,
                symbolType="square",
            )
        )  # fmt: skip

    def _lies(self) -> bool:
        """Whether names stand one below the other: bars and ranges of things that have names."""
        return self.what.kind in ("bars", "ranges") and self.what.x[1] == "text"

    def _series(self) -> list[str]:
        return list(dict.fromkeys(one.series for one in self.what.marks))

    def _parted(self) -> bool:
        """Whether marks of several series stand beside each other on one place of the axis."""
        places = {one.x for one in self.what.marks}
        return self.what.kind in ("bars", "ranges") and len(places) < len(self.what.marks)

    def _counts(self) -> bool:
        """Whether the first axis is one of numbers, drawn at their distances."""
        return self.what.kind in ("line", "points") and all(isinstance(one.x, Fraction) for one in self.what.marks)

    def _row(self, one: Mark) -> dict[str, str]:
        counted = isinstance(one.x, Fraction) and self._counts()
        found = {
            "x": drawn(one.x) if counted and isinstance(one.x, Fraction) else exact(one.x, self.what.x[1]),
            "y": drawn(one.y),
            "series": one.series,
            "label": short(one.y, self.what.y[1]),
            "beside": drawn(max(one.y, Fraction(0)) if self.what.kind == "bars" else one.y),
        }
        ends = {"low": one.low, "high": one.high}
        return {**found, **{name: drawn(value) for name, value in ends.items() if value is not None}}

    def _parse(self) -> dict[str, str]:
        numbers = ["y", "low", "high", "beside", *(["x"] if self._counts() else [])]
        return dict.fromkeys(numbers, "number")

    # -- axes ---------------------------------------------------------------------------------------------------------

    def _first(self) -> Any:
        """The axis of names, days or values that are tried."""
        import altair as alt

        title, unit = self.what.x
        side = alt.Y if self._lies() else alt.X
        if self._counts():
            axis = alt.Axis(title=title, labelExpr=FORMATS.get(unit, FORMATS["number"]), tickCount=5, grid=False)
            return side("x:Q", axis=axis, scale=alt.Scale(zero=False, nice=False, padding=12))
        cut = f"length(datum.label) > {LETTERS} ? slice(datum.label, 0, {LETTERS - 1}) + '…' : datum.label"
        axis = alt.Axis(title=None if self._lies() else title, labelExpr=cut, labelAngle=0, labelOverlap="greedy")
        if self._lies():
            axis = alt.Axis(title=None, labelExpr=cut, ticks=False, domain=False, labelPadding=6)
        return side("x:N", sort=None, axis=axis)

    def _second(self, field: str = "y") -> Any:
        """The axis of what comes out; bars begin at nothing."""
        import altair as alt

        title, unit = self.what.y
        side = alt.X if self._lies() else alt.Y
        axis = alt.Axis(
            title=title, labelExpr=FORMATS.get(unit, FORMATS["number"]), tickCount=4,
            tickMinStep=1 if unit == "count" else alt.Undefined,
        )  # fmt: skip
        low, high = self._room()
        ends = {"domainMin": alt.ExprRef(low), "domainMax": alt.ExprRef(high)}
        return side(f"{field}:Q", axis=axis, scale=alt.Scale(zero=False, nice=False, **ends))

    def _room(self) -> tuple[str, str]:
        """The ends of the second axis: all that is drawn, with room for labels, and from nothing where bars stand."""
        each = [
            value for one in self.what.marks for value in (one.y, one.low, one.high) if value is not None
        ] or [Fraction(0)]  # fmt: skip
        low, high = min(each), max(each)
        if self.what.kind == "bars" or (low >= 0 and low * 2 < high):
            low, high = min(low, Fraction(0)), max(high, Fraction(0))
        span = (high - low) or abs(high) or Fraction(1)
        room = span / 5 if self._lies() and self._is_labeled() else span / 10
        below = room if low < 0 or (low > 0 and self.what.kind != "bars") else Fraction(0)
        return drawn(low - below), drawn(high + (room if high > 0 or high == low else Fraction(0)))

    def _color(self) -> Any:
        import altair as alt

        series = self._series()
        if len(series) < 2:
            return alt.value(PALETTE[0])
        if len(series) > len(PALETTE):
            return alt.Color("series:N", sort=series, scale=alt.Scale(scheme="viridis"))
        return alt.Color("series:N", sort=series, scale=alt.Scale(domain=series, range=list(PALETTE[: len(series)])))

    def _is_labeled(self) -> bool:
        return len(self.what.marks) <= FEW

    # -- marks --------------------------------------------------------------------------------------------------------

    def _layers(self) -> Sequence[Any]:
        import altair as alt

        first, second = self._first(), self._second()
        names = ("y", "x") if self._lies() else ("x", "y")
        beside = {}
        if self._parted():
            offset = alt.YOffset if self._lies() else alt.XOffset
            beside = {f"{names[0]}Offset": offset("series:N", sort=self._series())}
        on = {names[0]: first, names[1]: second, **beside}
        base = alt.Chart()
        color = self._color()
        spanned = {names[0]: first, names[1]: self._second("low"), f"{names[1]}2": "high", **beside, "color": color}
        has_ends = any(one.low is not None and one.high is not None for one in self.what.marks)
        found: list[Any] = []
        if self.what.kind == "bars":
            found.append(base.mark_bar().encode(**on, color=color))
        elif self.what.kind == "ranges":
            found.append(base.mark_bar(size=10).encode(**spanned))
            found.append(base.mark_tick(thickness=2, size=16, color=INKS[self.ground][0]).encode(**on))
        elif self.what.kind == "line":
            found += [base.mark_area(opacity=alt.ExprRef("0.2")).encode(**spanned)] if has_ends else []
            found.append(base.mark_line(strokeWidth=2).encode(**on, color=color))
            if len(self.what.marks) <= 5 * FEW:
                found.append(base.mark_point(filled=True, size=36, opacity=1).encode(**on, color=color))
        else:
            found += [base.mark_rule(strokeWidth=2).encode(**spanned)] if has_ends else []
            found.append(base.mark_point(filled=True, size=48, opacity=1).encode(**on, color=color))
        if self._is_labeled() and self.what.kind != "ranges" and (self.what.kind == "bars" or len(self._series()) < 2):
            found.append(self._labels(on))
        return found

    def _labels(self, on: dict[str, Any]) -> Any:
        """The number of each mark beside it."""
        import altair as alt

        look: dict[str, Any] = {"dy": -8} if not self._lies() else {"align": "left", "dx": 4, "baseline": "middle"}
        place = {"x" if self._lies() else "y": self._second("beside")}
        text = alt.Chart().mark_text(fontSize=10, color=INKS[self.ground][0], **look)
        return text.encode(**{**on, **place}, text="label:N")


def _wrapped(title: str) -> list[str]:
    """A title in lines that fit."""
    from textwrap import wrap

    return wrap(title, 48) or [""]
