"""The command line. Its application stands in `app`; what check does, in `judging`, which needs no typer."""
