"""Pages that need nothing but themselves: one file with its style, without a script, from the templates beside this."""

from __future__ import annotations

from pathlib import Path

from ..text.characters import writable

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, /, **values: object) -> str:
    """The page that a template makes of values. Every text is escaped; a value that the template asks for and is not
    given is an error. Characters that no page can hold are replaced.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return writable(environment.get_template(template).render(**values))
