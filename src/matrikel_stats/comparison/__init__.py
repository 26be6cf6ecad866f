"""One value beside others, and what chance does."""
