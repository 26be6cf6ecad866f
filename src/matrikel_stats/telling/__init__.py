"""Definitions and figures in words, tables and pictures."""
