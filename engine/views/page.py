"""Pages that need nothing but themselves: one file with its style, without a script, from the templates beside this."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, /, **values: object) -> str:
    """The page that a template makes of values. Every text is escaped; a value that the template asks for and is not
    given is an error.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template(template).render(**values)
