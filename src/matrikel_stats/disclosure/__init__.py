"""What must not be shown, and what a reader could work out from the rest."""
