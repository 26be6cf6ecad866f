"""What is counted: the tables of a folder or a database, read and checked once."""
