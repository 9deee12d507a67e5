"""Equity: who has access, who earns, who is credited and what is paid, by groups of students."""
