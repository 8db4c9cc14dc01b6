"""What each Python that starts while changes are tried reads before all else: it loads the modules that have switches.

MUTANTS_FOLDER has their code, each under its name; MUTANT is the one that is tried, MUTANTS_MET a file to which all that the
process comes by are added.
"""

import builtins
import marshal
import os
from importlib.machinery import SourceFileLoader
from types import CodeType

FOLDER = os.environ.get("MUTANTS_FOLDER", os.devnull)
TRIED = os.environ.get("MUTANT")
met: set[str] = set()
_ordinary = SourceFileLoader.get_code


def _mutated(number: str) -> bool:
    if number not in met:
        met.add(number)
        if name := os.environ.get("MUTANTS_MET"):
            with open(name, "a", encoding="utf-8") as file:  # noqa: PTH123  (whoever loads few modules goes on doing so)
                file.write(f"{number}\n")
    return number == TRIED


def _code(loader: SourceFileLoader, name: str) -> CodeType | None:
    try:
        with open(os.path.join(FOLDER, name), "rb") as file:  # noqa: PTH118, PTH123
            code: CodeType = marshal.load(file)  # noqa: S302  (written by mutants.py for this run)
            return code
    except OSError:
        return _ordinary(loader, name)


builtins._mutated = _mutated
SourceFileLoader.get_code = _code
