"""Groups of tick boxes: the options of a group, the signs that belong to each, and what is chosen."""
