"""The console entry: `clusterform`, and `python -m clusterform`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; `--version` alone does not load it."""
    if sys.argv[1:] == ["--version"]:
        from clusterform import __version__  # noqa: PLC0415  (nothing else is needed for it)

        sys.stdout.write(f"clusterform {__version__}\n")
        return
    from clusterform.cli import app  # noqa: PLC0415

    app()


if __name__ == "__main__":
    main()
