"""L003: a source that nobody can open, or of which nobody says when it was read."""

from __future__ import annotations

from .linted import Linted


def sources_without_place(of: Linted) -> None:
    """Report each source without `url` or `read`."""
    for item in of.policy.sources:
        lacking = [key for key, there in (("url", bool(item.url)), ("read", item.read is not None)) if not there]
        if lacking:
            help = f"add {' and '.join(f'`{key}:`' for key in lacking)}"
            of.report(
                f"sources.{item.name}", "L003", item.span, help=help, name=item.name, lacking=" or ".join(lacking)
            )
