"""Figures that leave the house and come from others, without persons."""
