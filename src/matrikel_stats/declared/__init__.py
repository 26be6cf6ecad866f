"""What an indicator is: read from TOML with file and line, checked, hashed."""
