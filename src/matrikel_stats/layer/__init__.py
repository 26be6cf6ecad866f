"""The prepared layer: one row an anchor, the first day of every kind beside it. Many indicators from one pass."""
