"""Answers as a file gives them, extracted or written by hand."""
