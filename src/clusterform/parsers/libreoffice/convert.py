"""LibreOffice as a converter: one file, one run, a throwaway folder, a time limit. The input itself is never touched.

Its settings, environment and fonts let it do nothing but that.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from clusterform.data_files import templates_file
from clusterform.errors import UnreadableError, UsageError, refusal
from clusterform.messages import Text

PROGRAM, SECONDS = "CLUSTERFORM_SOFFICE", "CLUSTERFORM_SOFFICE_SECONDS"
"""Environment variables: where soffice is, and how long one conversion may take."""
DEFAULT_SECONDS = 60
LARGEST = 200_000_000
"""Bytes of a converted file; a form has a ten-thousandth of it."""
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
)


@dataclass(frozen=True, slots=True)
class _TargetFormat:
    ending: str
    reader: str
    """LibreOffice's name for its input filter. Named, so that it never guesses: it takes any bytes for text."""


_FORMATS = {
    # keys of sniff.FOREIGN, and docx
    "docx": _TargetFormat("docx", "MS Word 2007 XML"),
    "doc": _TargetFormat("doc", "MS Word 97"),
    "rtf": _TargetFormat("rtf", "Rich Text Format"),
    "odt": _TargetFormat("odt", "writer8"),
    "xls": _TargetFormat("xls", "MS Excel 97"),
    "excelml": _TargetFormat("xml", "MS Excel 2003 XML Orcus"),
    "ods": _TargetFormat("ods", "calc8"),
}
_WRITERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pdf": "pdf:writer_pdf_Export",
}
TARGETS = {**dict.fromkeys(("doc", "rtf", "odt"), "docx"), **dict.fromkeys(("xls", "excelml", "ods"), "xlsx")}
"""The formats that are converted, and into what. Word XML of 2003 is not: its merged cells would get lost."""


def find_soffice() -> str | None:
    """The program: the one that CLUSTERFORM_SOFFICE names and no other, else on PATH, else where it usually is."""
    named = os.environ.get(PROGRAM)
    if named is not None:
        return shutil.which(named)
    found = (shutil.which(name) for name in ("soffice", "libreoffice", *_PLACES))
    return next((path for path in found if path), None)


def convert(program: str, data: bytes, source: str, target: str) -> bytes:
    """The bytes of a file of format `source` as docx, xlsx or pdf.

    UnreadableError: over-limits where the time runs out, cannot-open where nothing comes out. UsageError for a time
    limit that is no whole number of seconds.
    """
    seconds = time_limit()
    form = _FORMATS[source]
    with tempfile.TemporaryDirectory(prefix="clusterform-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_profile(folder / "profile")
        file = folder / f"form.{form.ending}"
        file.write_bytes(data)
        made = folder / "out" / f"form.{target}"
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            f"--infilter={form.reader}",
            *("--convert-to", _WRITERS[target], "--outdir", str(made.parent), str(file)),
        ]
        _run(command, folder, seconds)
        return _output(made)


def time_limit() -> int:
    given = os.environ.get(SECONDS, str(DEFAULT_SECONDS)).strip()
    if not given.isdecimal() or int(given) == 0:
        raise UsageError("office.seconds", variable=SECONDS, value=given)
    return int(given)


def _run(command: list[str], folder: Path, seconds: int) -> None:
    """Runs it as the head of a process group, and ends the whole group whatever happens: soffice is only a starter."""
    try:
        process = subprocess.Popen(  # noqa: S603  (a fixed command; the file's name is ours)
            command,
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise _failed(Text("office.no-start", program=command[0], reason=refusal(error))) from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("over-limits", "office.too-slow", seconds=seconds, variable=SECONDS) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, check=False, capture_output=True)  # noqa: S603  (fixed)
    else:
        with suppress(ProcessLookupError, PermissionError):  # nobody is left; macOS says so in the second way
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _output(made: Path) -> bytes:
    """What was written. LibreOffice ends with 0 whether it converted the file or not: only the file tells."""
    size = made.stat().st_size if made.is_file() else 0
    if size > LARGEST:
        raise UnreadableError("over-limits", "office.too-big")
    if not size:
        raise _failed(Text("office.failed"))
    return made.read_bytes()


def _failed(reason: Text) -> UnreadableError:
    return UnreadableError("cannot-open", "file.not-converted", reason=reason)


_FONTS = {
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
    "darwin": ("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts"),
}
_ELSEWHERE = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def office_state() -> str | None:
    """A word that changes when LibreOffice or the fonts do; None where there is no LibreOffice."""
    program = find_soffice()
    if program is None:
        return None
    path = Path(program).resolve()
    seen = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}", *_font_folders()]
    return sha256("\n".join(seen).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _font_folders() -> Iterator[str]:
    """Every folder of fonts with the time of its last change: a font that comes or goes changes it."""
    for name in _FONTS.get(sys.platform, _ELSEWHERE):
        top = os.path.expanduser(os.path.expandvars(name))  # noqa: PTH111  (pathlib knows no %WINDIR%)
        for folder, inner, _ in os.walk(top):
            inner.sort()
            yield f"{folder} {Path(folder).stat().st_mtime_ns}"


_SETTINGS = "registrymodifications.xcu"
_NOWHERE = "http://127.0.0.1:9"
"""A port where nobody listens: what tries to get out by a proxy gets nowhere."""
_KEPT = ("PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PROGRAMFILES", "PROGRAMDATA")
"""What a program needs of the environment to start at all; the rest may hold secrets."""


def write_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir(parents=True)
    (user / _SETTINGS).write_bytes(templates_file("libreoffice", _SETTINGS).read_bytes())


def environment(folder: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables LibreOffice is started with: a home of its own in the folder, and no way out."""
    fonts = folder / "fonts.conf"
    text = templates_file("libreoffice", fonts.name).read_text(encoding="utf-8")
    main, own = given.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf"), given.get("HOME", ".")
    fonts.write_text(Template(text).substitute(main=escape(main), home=escape(own)), encoding="utf-8")
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")
    proxies = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
    return {
        **{name: value for name, value in given.items() if name.upper() in _KEPT},
        **dict.fromkeys(homes, str(folder)),
        **{name: _NOWHERE for low in proxies for name in (low, low.upper())},
        "FONTCONFIG_FILE": str(fonts),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
