"""Pages that need nothing but themselves: one file with its style, without a script, from the templates beside this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..text.characters import writable

TEMPLATES = Path(__file__).parent / "templates"

WHOLE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?!\w)|[-+]?\$\d[\d,.]*\d(?:/\w+)?|(?<!\w)[-+]\d[\d,.]*…?%?")
"""Words of tables that no line may break: school years, days, money, and numbers with a sign."""


def page(template: str, /, **values: object) -> str:
    """The page that a template makes of values. Every text is escaped; a value that the template asks for and is not
    given is an error. Characters that no page can hold are replaced.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["parts"] = _parts
    return writable(environment.get_template(template).render(**values))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether no line may break it."""
    end = 0
    for found in WHOLE.finditer(text):
        yield text[end : found.start()], False
        yield found.group(), True
        end = found.end()
    yield text[end:], False
