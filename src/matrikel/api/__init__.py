"""Reading published figures from other programs: the addresses, their description, and how a question is refused."""
