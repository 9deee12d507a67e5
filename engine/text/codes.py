"""Every diagnostic code, one line each: its name and its wording. A code is never re-used or renumbered.

Letters: Y YAML and shape · S expression syntax · N names · T types and units · D data · X evaluation.
The page of a code is `catalog/<code>.md`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code: `name` says the bad thing in words joined by hyphens; `message` is the sentence with its blanks."""

    code: str
    name: str
    message: str
    warning: bool = False


_TABLE = (
    # -- Y: YAML and shape ---------------------------------------------------------------------------------
    Code("Y001", "not-yaml", "this is not YAML: {problem}"),
    Code("Y002", "missing-file", "there is no file `{path}`"),
    Code("Y003", "unreadable-file", "`{path}` cannot be read: {problem}"),
    Code("Y004", "file-too-large", "the file is larger than {limit}"),
    Code("Y005", "not-utf-8", "the file is not UTF-8 text: the byte {byte} cannot stand here"),
    Code("Y006", "invisible-character", "the character {character} cannot stand in a file of this kind"),
    Code("Y007", "tab-indentation", "a tab stands where YAML wants blanks"),
    Code("Y008", "empty-file", "the file holds nothing"),
    Code("Y009", "several-documents", "a second document begins here; a file holds one"),
    Code("Y010", "anchor-or-alias", "`{found}` is {kind}, which this language does not have"),
    Code("Y011", "tag", "`{found}` is a YAML tag, which this language does not have"),
    Code("Y012", "merge-key", "`<<` merges mappings, which this language does not have"),
    Code("Y013", "duplicate-key", "`{key}` stands here twice"),
    Code("Y014", "odd-key", "a key is one word or text on one line, not {found}"),
    Code("Y015", "boolean-key", "the key `{key}` is read as {reading} by other YAML tools"),
    Code("Y016", "nested-too-deep", "this is nested more than {limit} levels deep"),
    Code("Y017", "too-many-values", "the file holds more than {limit} keys and values"),
    Code("Y018", "value-too-long", "the value is {length} characters long; {limit} is the most"),
    Code("Y019", "text-in-brackets", "`{brackets}` holds names and plain numbers only, not `{found}`"),
    Code("Y020", "reserved-beginning", "a text cannot begin with `{sign}` unless it is in quotes"),
    Code("Y021", "colon-in-text", "the text holds a colon and a blank, which end a key"),
    Code("Y022", "text-lost-to-comment", "the text ends at the comment `{comment}`", warning=True),
    Code("Y023", "comparison-without-left-side", "nothing stands on the left of `{sign}`"),
    Code("Y024", "text-after-quotes", "`{found}` stands after the closing quote"),
    Code("Y025", "unclosed-quote", "the quote that opens here is not closed where it should be"),
    Code("Y026", "misplaced-line", "`{found}` does not line up with what stands above it"),
    Code("Y027", "missing-colon", "`{found}` is not written `key: value`"),
    Code("Y028", "unknown-escape", "`{found}` means nothing in double quotes"),
    Code("Y029", "lonely-bracket", "`{bracket}` {fault}"),
    Code("Y030", "text-broken-by-comment", "the text ended at `{comment}` and cannot go on here"),
    Code("Y031", "yaml-directive", "`{found}` is a YAML directive, which this language does not have"),
    Code("Y040", "unknown-key", "there is no key `{key}` in {where}"),
    Code("Y041", "missing-key", "{where} has no `{key}`"),
    Code("Y042", "wrong-kind", "{what} is {found}, where {expected} belongs"),
    Code("Y043", "unknown-word", "`{found}` is not a word for {what}"),
    Code("Y044", "malformed-text", "`{found}` is not {form}"),
    Code("Y045", "empty-value", "{what} holds nothing"),
    Code("Y046", "several-keys-in-a-line", "a line of {what} holds one key, not {count}"),
    Code("Y047", "keys-exclude-each-other", "`{one}` and `{other}` cannot stand side by side in {where}"),
    Code("Y048", "key-without-companion", "`{key}` needs `{other}` beside it"),
    Code("Y049", "later-section", "this version does not evaluate {what} yet"),
    Code("Y050", "no-such-day", "`{found}` is not a day of the calendar"),
    Code("Y051", "no-such-year", "`{found}` is not a {kind} year"),
    Code("Y052", "start-given-twice", "`{found}` begins on {date}, as `{other}` does"),
    Code("Y053", "computed-parameter", "the value of a parameter is written out, and `{found}` is not"),
    Code("Y054", "enacted-without-cite", "the value from `{start}` is enacted and has no `cite`"),
    Code("Y055", "until-before-from", "`until` is not later than {start}"),
    Code("Y056", "otherwise-not-last", "no line after `otherwise` can ever hold"),
    Code("Y057", "table-line-without-bars", "a line of a table stands between bars `|`"),
    Code("Y058", "unknown-table-column", "the table has no input `{name}`"),
    Code("Y059", "missing-table-column", "the table has no column for {what}"),
    Code("Y060", "name-given-twice", "`{name}` stands here twice"),
    Code("Y061", "wrong-number-of-cells", "the row has {found}, where {expected} belong"),
    Code("Y062", "malformed-cell", "`{found}` is not {form}"),
    Code("Y063", "table-without-rows", "the table has no rows"),
    Code("Y064", "criterion-without-cite", "the criterion `{name}` does not say where the law has it", warning=True),
    # -- S: expression syntax ------------------------------------------------------------------------------
    Code("S001", "unexpected-word", "the expression cannot go on with `{found}`"),
    # -- N: names ------------------------------------------------------------------------------------------
    Code("N001", "unknown-name", "there is no `{name}` {where}"),
    Code("N080", "parent-not-found", "there is no policy `{id}` to extend"),
    Code("N081", "ring-of-extends", "policies extend each other in a ring: {ring}"),
    Code("N082", "parent-out-of-reach", "`{id}` is not the id of a policy: {problem}"),
    Code("N083", "redefinition", "`{path}` is defined already, in `{policy}`"),
    Code("N084", "parents-disagree", "`{path}` is defined in `{one}` and in `{other}`"),
    Code("N085", "replaces-nothing", "there is no `{path}` to replace"),
    Code("N086", "replaces-another", "`{here}` cannot stand in for `{path}`"),
    Code("N087", "id-is-not-place", "the policy at `{id}` calls itself `{found}`"),
    Code("N088", "one-name-two-rules", "`{name}` is both a definition and a criterion of `{entity}`"),
    Code("N089", "extends-too-deep", "policies extend each other more than {limit} deep"),
    # -- T: types and units --------------------------------------------------------------------------------
    Code("T001", "units-differ", "`{op}` joins {left} and {right}"),
    # -- D: data -------------------------------------------------------------------------------------------
    Code("D001", "no-dataset", "there is no `dataset.yaml` in `{folder}`"),
    Code("D002", "wrong-form", "`{key}` takes {wanted}"),
    Code("D003", "unknown-key", "{where} has no key `{key}`"),
    Code("D004", "unknown-table", "the data model has no table `{table}`"),
    Code("D005", "unknown-column", "the table `{table}` has no column `{column}`"),
    Code("D006", "table-not-given", "the dataset does not give the table `{table}`, which is needed"),
    Code("D007", "column-not-in-file", "`{file}` has no column `{header}`, which `{table}` needs"),
    Code("D008", "file-not-found", "there is no file `{file}` in the folder of the dataset"),
    Code("D009", "file-outside", "`{file}` lies outside the folder of the dataset"),
    Code("D010", "unknown-kind-of-file", "`{file}` is not a kind of file that is read"),
    Code("D011", "file-too-large", "`{file}` holds more than {limit}"),
    Code("D012", "not-text", "`{file}` is not UTF-8 text: {problem}"),
    Code("D013", "broken-archive", "`{file}` cannot be unpacked: {problem}"),
    Code("D014", "empty-file", "`{file}` is empty; not even headers are in it"),
    Code("D015", "repeated-header", "`{file}` has more than one column `{header}`"),
    Code("D016", "ragged-row", "line {line} has {found}, the header has {wanted}"),
    Code("D017", "broken-quotes", "line {line}: {problem}"),
    Code("D018", "unknown-footnote", "line {line}: `{column}` carries the footnote `{value}`, which no mask explains"),
    Code("D019", "bound-for-exact-column", "`{table}.{column}` takes exact values only, but a mask bounds it"),
    Code("D020", "wrong-type", "line {line}: `{column}` holds {value}, which is not {wanted}"),
    Code("D021", "too-many-decimals", "line {line}: `{column}` holds {value}, which has more than {wanted}"),
    Code("D022", "out-of-range", "line {line}: `{column}` holds {value}, which is not {wanted}"),
    Code("D023", "not-an-allowed-value", "line {line}: `{column}` holds {value}, which is not one of its values"),
    Code("D024", "required-value-missing", "line {line}: `{column}` has no value"),
    Code("D025", "key-missing", "line {line}: `{column}` has no value, but is part of the key of `{table}`"),
    Code("D026", "duplicate-key", "line {line}: the row {value} of `{table}` stands in line {other} already"),
    Code("D027", "dangling-reference", "line {line}: `{column}` holds {value}, which is no row of `{wanted}`"),
    Code("D028", "untidy-text", "line {line}: `{column}` holds {value}, which is read as {wanted}", warning=True),
    Code("D029", "outside-jurisdiction", "line {line}: {value} in `{column}` does not belong to {wanted}"),
    Code("D030", "no-rows", "the table `{table}` has no rows{why}"),
    # -- X: evaluation -------------------------------------------------------------------------------------
    Code("X001", "division-by-zero", "division by zero"),
)

CODES = {entry.code: entry for entry in _TABLE}
"""Code → its entry."""
