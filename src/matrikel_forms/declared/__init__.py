"""What a form is, and how it is read from its files."""
