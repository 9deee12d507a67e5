"""Uncertainty: seeded draws of columns and parameters, each of them a run of its own, and what comes of all of them."""
