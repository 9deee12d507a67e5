"""An article as one HTML file that needs nothing but itself."""

from __future__ import annotations

from .article import Article, Section
from .chart import Chart
from .chart_text import numbers_of
from .page import page


def article_html(one: Article) -> str:
    """The page: the sentence first, then each section; wide tables scroll by themselves. A chart stands with its text
    and, to be unfolded, its numbers.
    """
    return page("article.html", title=one.title, article=one, foot=one.foot, drawn=_drawn, numbers_of=numbers_of)


def charts_of(one: Article) -> list[Chart]:
    """All charts of an article that draw anything, in their order."""
    return [chart for section in one.sections for chart in _with_marks(section)]


def _drawn(section: Section) -> list[tuple[Chart, str]]:
    """The charts of a section, each with its picture."""
    from .drawn_chart import chart_svg

    return [(chart, chart_svg(chart, "page")) for chart in _with_marks(section)]


def _with_marks(section: Section) -> list[Chart]:
    return [chart for chart in section.charts if chart.marks]
