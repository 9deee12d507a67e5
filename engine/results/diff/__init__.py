"""Two policies compared, and two runs: what was edited, what it means, and what becomes of every result."""
