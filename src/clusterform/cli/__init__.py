"""The command line. Its application stands in `app`; what check does, in `check`, which needs no typer."""
