"""Workbooks: how every one of them is written."""

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""Options of xlsxwriter: no text is ever taken for a formula or a link."""
