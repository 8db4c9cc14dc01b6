"""Blank workbooks, sheet by sheet."""
