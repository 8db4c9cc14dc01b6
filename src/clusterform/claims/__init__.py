"""What on a form asks for evidence, the codes that stand for it, and which of it a line of a list belongs to."""
