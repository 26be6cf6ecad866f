"""From whole numbers to figures, with their limits. The only floats of the engine."""
