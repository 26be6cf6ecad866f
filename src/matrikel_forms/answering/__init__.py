"""What the answers to a form amount to: shown, required, faults, scores, progress."""
