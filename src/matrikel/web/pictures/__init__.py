"""Geometry of the standing pictures: x in percent, y in px, no Django, no drawing. The templates draw."""
