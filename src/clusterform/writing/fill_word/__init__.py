"""Answers put into a Word form, nothing else in it changed."""
