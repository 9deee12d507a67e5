from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.text.quote import as_scalar, quoted


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_what_is_written_is_read_as_the_same_text(text: str) -> None:
    for written in (as_scalar(text), quoted(text)):
        assert yaml.load(f"key: {written}\n", yaml.BaseLoader) == {"key": text}


def test_no_quotes_where_none_are_needed() -> None:
    assert as_scalar("max(5, 20% * count(graduates))") == "max(5, 20% * count(graduates))"
    assert as_scalar("$3,500") == "$3,500"
    assert as_scalar("a: b") == '"a: b"'
    assert as_scalar('"endorse" = decision') == "'\"endorse\" = decision'"
    assert as_scalar("it's #5") == '"it\'s #5"'
