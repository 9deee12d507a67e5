"""A chart as a picture: SVG and PNG, drawn without a network, the same bytes for the same chart."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from .chart import Chart
from .chart_spec import Ground, chart_spec

VERSION = "6.1"
"""The Vega-Lite that draws."""

SCALE = 3
"""Pixels of a PNG for each of the drawing: some 300 on an inch at a width of 80 mm."""

_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)" viewBox="[^"]*">')


def chart_svg(chart: Chart, ground: Ground = "light") -> str:
    """The chart as SVG that needs nothing but itself, with its title and its text for those who do not see it. On a
    page it is as wide as its place.
    """
    drawn = _drawn(chart, ground)
    size = _SIZE.match(drawn)
    assert size is not None, drawn[:200]
    wide, high = size.groups()
    sizes = "" if ground == "page" else f' width="{wide}" height="{high}"'
    said = f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
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

    spec: Any = chart_spec(chart, ground)
    return vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
