"""Specie's engine: a policy is text that becomes a tree, a checked tree, a plan, columns, results and pages.

Each of those is one folder, a floor, and a floor imports only from the floors before it (ARCHITECTURE.md).
`engine.api` walks them; importing `engine` itself loads nothing.
"""

__version__ = "0.1.0"
