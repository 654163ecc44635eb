"""Printed reports: the typesetter's template, its fonts, and the texts it gets."""
