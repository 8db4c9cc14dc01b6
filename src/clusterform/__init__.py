"""Checks filled forms of the SME characteristic industrial cluster notices before they are mailed."""

__version__ = "0.1.0"
