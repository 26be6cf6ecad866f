"""The engines: each turns a definition, a dataset and a question into the same integer count table."""
