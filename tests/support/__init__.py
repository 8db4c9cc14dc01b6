"""What the tests share: a writer of filled forms."""
