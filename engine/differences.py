"""The door to what a comparison of policies leaves behind. `api` has it all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .text.diagnostic import Diagnostics
from .text.errors import PolicyError

if TYPE_CHECKING:
    from .results.diff.comparison import Comparison


def write_diff(found: Comparison, out: str | Path, internal: bool = False) -> None:
    """Write what everybody may read of a difference into a folder, whole or not at all: diff.html, diff.json, and
    article.json, of which `report` makes a page; where it is `internal`, also what may tell of single persons, in
    article-internal.json. Raises PolicyError where the folder holds something else (X012) or cannot be written (X019).
    """
    from .results.folder import write_recorded
    from .results.recorded import DIFF_RECORD
    from .results.table_file import json_text
    from .views.article_html import article_html
    from .views.article_json import FILE, INTERNAL_FILE, article_json
    from .views.diff_article import diff_article
    from .views.diff_json import diff_json

    diagnostics, public = Diagnostics(), diff_article(found, public=True)
    files = {"diff.html": article_html(public).encode(), FILE: article_json(public).encode()}
    if internal:
        files[INTERNAL_FILE] = article_json(diff_article(found, public=False)).encode()
    record = {
        "specie_diff": 1,
        "engine": __version__,
        **json.loads(diff_json(found, public=True)),
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    files[DIFF_RECORD] = json_text(record).encode()
    if not write_recorded(Path(out), files, DIFF_RECORD, "specie_diff", "diff", diagnostics):
        raise PolicyError(diagnostics.sorted())
