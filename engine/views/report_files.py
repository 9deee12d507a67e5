"""A report as the files of a folder: the page, and each of its charts as SVG and PNG."""

from __future__ import annotations

from .article import Article
from .article_html import article_html, charts_of
from .chart import Chart
from .drawn_chart import chart_png, chart_svg

PAGE = "report.html"


def report_files(one: Article) -> dict[str, bytes]:
    """File name → bytes."""
    found = {PAGE: article_html(one).encode()}
    for name, chart in _named(charts_of(one)):
        found[f"{name}.svg"] = chart_svg(chart).encode()
        found[f"{name}.png"] = chart_png(chart)
    return found


def _named(charts: list[Chart]) -> list[tuple[str, Chart]]:
    """The charts with names for their files, none of them twice."""
    found: dict[str, Chart] = {}
    for chart in charts:
        plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in chart.name) or "chart"
        name, number = f"chart-{plain}", 1
        while name.lower() in {one.lower() for one in found}:
            number += 1
            name = f"chart-{plain}-{number}"
        found[name] = chart
    return list(found.items())
