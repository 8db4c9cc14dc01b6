"""Two readings of one form held against each other: what was answered, and what was found."""
