"""Pages that need nothing but themselves: one file with its style, without a script, from the templates beside this."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..text.characters import writable

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"

WHOLE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?!\w)|[-+]?\$\d[\d,.]*\d|(?<!\w)[-+]\d[\d,.]*…?%?")
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
    environment.filters["unbroken"] = _unbroken
    return writable(environment.get_template(template).render(**values))


def _unbroken(text: str) -> Markup:
    """A text, escaped, with what no line may break marked."""
    from markupsafe import Markup, escape

    made, end = Markup(""), 0
    for found in WHOLE.finditer(text):
        made += escape(text[end : found.start()]) + Markup('<span class="whole">{}</span>').format(found.group())
        end = found.end()
    return made + escape(text[end:])
