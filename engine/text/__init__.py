"""Floor 1, text: files become sources, places in them, YAML nodes and diagnostics.

Everything that is said to a person points at a place, so the first floor keeps one for every character: a
`Span` for each node and, inside a scalar, for each character of its value. Diagnostics live here too,
because every other floor reports them; their wordings are in `codes`, one page for each in `catalog/`.
"""
