"""Copies of a submitted file: with a comment at each finding, and with what is safe mended. Whatever is not marked stays byte for byte."""
