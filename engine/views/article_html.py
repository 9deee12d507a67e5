"""An article as one HTML file that needs nothing but itself."""

from __future__ import annotations

from .article import Article
from .page import page


def article_html(one: Article) -> str:
    """The page: the sentence first, then each section; wide tables scroll by themselves."""
    return page("article.html", title=one.title, article=one, foot=one.foot)
