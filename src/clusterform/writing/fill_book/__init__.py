"""Answers put into a workbook, nothing else in it changed."""
