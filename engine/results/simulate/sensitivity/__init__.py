"""How far a result hangs on each value: every parameter a step lower and higher, and what moves nothing."""
