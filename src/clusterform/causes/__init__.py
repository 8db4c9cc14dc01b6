"""The cause behind several failures: the single edit that makes the form's relations agree."""
