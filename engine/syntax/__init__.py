"""Floor 2, syntax: YAML nodes become a `Policy` and its expressions, as they are written.

A tree of this floor says what the author wrote and where, and nothing about what it means: no name is
looked up and no type is known yet. Printing a tree and reading it again gives the same tree.
"""
