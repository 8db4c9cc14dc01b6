"""The kinds of check whose subject is a folder: found by their names as those of a form are."""
