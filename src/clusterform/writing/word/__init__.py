"""Blank Word forms and lists, paragraph by paragraph."""
