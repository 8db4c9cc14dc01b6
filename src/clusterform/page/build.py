"""The page as one HTML file: the program's own templates, Python for browsers, and a province's rules."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from clusterform import __version__
from clusterform.data_files import templates_file
from clusterform.errors import UsageError
from clusterform.forms.edition import load_edition, newest_edition
from clusterform.messages import LANGUAGES, Text, sentences
from clusterform.page.rules_digest import rules_digest
from clusterform.pipeline import Checker
from clusterform.reports.html import page_environment
from clusterform.settings import Settings

Runtime = Mapping[str, str]
"""Each part of Python for browsers with its bytes as Base64."""
PARTS = (
    *("pyodide.mjs.gz", "pyodide.asm.mjs.gz", "pyodide.asm.wasm.gz", "python_stdlib.zip.gz"),
    *("pyodide-lock.json.gz", "app.tar.xz", "program.txt"),
)
_PROGRAM = "program.txt"
"""The part that says which program the others hold: the digest of its version and rules."""
_PACKAGE = "clusterform_page"
"""The package that `clusterform[page]` brings: the parts as files in its folder."""
_OPEN, _CLOSE = '<script type="application/octet-stream" id="{}">', "</script>"
_SCRIPTS = ("program.js", "files.js", "result.js", "app.js")
_WORDS = "app."
"""Sentences of the catalogue that the page's script says, and those of the report's that it needs, by its own names."""
_REPORT_WORDS = {"skip": "page.skip", "no-network": "page.no-network"}


def page_of(runtime: Runtime, rule_files: Sequence[Path] = ()) -> str:
    """The file's text. UsageError for rules that do not load."""
    Checker(Settings(rule_files=tuple(rule_files))).made_ready()
    environment = page_environment("page", ("app.html",), styles=("app.css",), scripts=_SCRIPTS)
    edition = newest_edition()
    return environment.get_template("app.html").render(
        t=lambda key, **facts: Text(key, **facts).zh,
        english=lambda key: Text(key).en,
        language="zh",
        version=__version__,
        edition=edition,
        notice=load_edition(edition).notice,
        rules=rules_digest(rule_files),
        layers=[path.name for path in rule_files],
        words=_safe({language: _words(language) for language in LANGUAGES}),
        layer_files=_safe([{"name": p.name, "data": b64encode(p.read_bytes()).decode()} for p in rule_files]),
        worker=templates_file("page", "worker.js").read_text(encoding="utf-8"),
        parts=list(runtime.items()),
    )


def installed_runtime() -> Path:
    """The folder of the package that brings the parts. UsageError where it is not installed."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise UsageError("app.which-runtime")
    return Path(package.origin).parent


def runtime_of(source: Path) -> Runtime:
    """The parts out of a folder that `make page` made, or out of a page.

    UsageError where they are not there, or hold another program than this: the page would say what it does not do.
    """
    found = _from_folder(source) if source.is_dir() else _from_page(source)
    missing = [name for name in PARTS if not found.get(name)]
    if missing:
        raise UsageError("app.no-runtime", path=source, missing=missing)
    if b64decode(found[_PROGRAM]).decode("ascii", "replace") != rules_digest(()):
        raise UsageError("app.other-program", path=source, version=__version__)
    return {name: found[name] for name in PARTS}


def _from_folder(folder: Path) -> Runtime:
    places = {name: folder / name for name in PARTS}
    return {name: b64encode(p.read_bytes()).decode() for name, p in places.items() if p.is_file()}


def _from_page(page: Path) -> Runtime:
    try:
        text = page.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UsageError("app.no-runtime", path=page, missing=PARTS) from error
    found = {}
    for name in PARTS:
        _, _, rest = text.partition(_OPEN.format(name))
        data = rest.partition(_CLOSE)[0]
        try:
            b64decode(data, validate=True)
        except ValueError:
            continue
        found[name] = data
    return found


def _words(language: str) -> dict[str, str]:
    """Facts stand in single braces, as the script fills them."""
    held = sentences(language)
    words = {key.removeprefix(_WORDS): text for key, text in held.items() if key.startswith(_WORDS)}
    words |= {name: held[key] for name, key in _REPORT_WORDS.items()}
    return {key: text.replace("{{", "{").replace("}}", "}") for key, text in words.items()}


def _safe(data: object) -> str:
    """JSON that closes no element."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
