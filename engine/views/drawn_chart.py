"""A chart as a picture: SVG and PNG, drawn without a network, the same bytes for the same chart."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import Any

from ..text.characters import writable
from .chart import Chart, Mark
from .chart_spec import Ground, chart_spec

VERSION = "6.1"
"""The Vega-Lite that draws."""

SCALE = 3
"""Pixels of a PNG for each of the drawing: some 300 on an inch at a width of 80 mm."""

_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)" viewBox="[^"]*">')

_NOT_DRAWN = re.compile("[\u2028\u2029\U00010000-\U0010ffff]")
"""Line ends to what reads expressions of Vega; and what has two halves there, where a long text is cut between them.
"""


def chart_svg(chart: Chart, ground: Ground = "light") -> str:
    """The chart as SVG that needs nothing but itself, with its title and its text for those who do not see it. On a
    page it is as wide as its place.
    """
    drawn = _drawn(chart, ground)
    size = _SIZE.match(drawn)
    assert size is not None, drawn[:200]
    wide, high = size.groups()
    sizes = "" if ground == "page" else f' width="{wide}" height="{high}"'
    said = f"<title>{escape(writable(chart.title))}</title><desc>{escape(writable(chart.alt))}</desc>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{sizes} viewBox="0 0 {wide} {high}">{said}'
    return head + drawn[size.end() :]


def chart_png(chart: Chart, ground: Ground = "light") -> bytes:
    """The chart as PNG."""
    import vl_convert

    if ground == "page":
        raise ValueError("a PNG has a ground of its own")
    return bytes(vl_convert.svg_to_png(_drawn(chart, ground), scale=SCALE))


def _drawn(chart: Chart, ground: Ground) -> str:
    import vl_convert

    spec: Any = chart_spec(_drawable(chart), ground)
    return vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])


def _drawable(chart: Chart) -> Chart:
    """The chart with U+FFFD for each character on which drawing would stop: on some not with an error, but with the
    whole process.
    """
    (x, x_unit), (y, y_unit) = chart.x, chart.y
    return replace(
        chart, title=_clean(chart.title), alt=_clean(chart.alt), x=(_clean(x), x_unit), y=(_clean(y), y_unit),
        marks=tuple(map(_mark, chart.marks)),
    )  # fmt: skip


def _mark(one: Mark) -> Mark:
    return replace(one, x=_clean(one.x) if isinstance(one.x, str) else one.x, series=_clean(one.series))


def _clean(text: str) -> str:
    return _NOT_DRAWN.sub("\ufffd", writable(text))
