"""Floor 3, types: a `Policy` and the data model become a `CheckedPolicy`.

Here every expression gets its entity, type, unit, digits and range, every name its meaning, and every
mistake that can be known without data its diagnostic, all of them in one run. Functions of the language are
declared here.
"""
