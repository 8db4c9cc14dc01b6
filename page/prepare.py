"""Run by prepare.mjs in Python for browsers: compiles what the page imports, and keeps the rules as they are once read.

/stage/app becomes /app.tar, with .pyc files alone and the rules' snapshot. Of /stdlib.zip what Python starts with becomes
/python_stdlib.zip, the rest goes into /app.tar, but for what no part of the page imports. Neither is compressed: the
whole is, and better.
"""

import compileall
import lzma  # noqa: F401  (the page unpacks with it before anything else)
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compile_file

APP, STAGE = Path("/app"), Path("/stage/app")
UNUSED = (
    *("_ios_support", "_android_support", "_apple_support", "antigravity", "bdb", "cProfile", "cmd", "code"),
    *(
        "curses",
        "dbm",
        "doctest",
        "ensurepip",
        "filecmp",
        "ftplib",
        "getpass",
        "idlelib",
        "imaplib",
        "lib2to3",
    ),
    *(
        "mailbox",
        "netrc",
        "optparse",
        "pdb",
        "pickletools",
        "poplib",
        "profile",
        "profiling",
        "pstats",
        "pty",
        "pydoc",
    ),
    *(
        "pydoc_data",
        "pyclbr",
        "rlcompleter",
        "sched",
        "smtplib",
        "symtable",
        "tabnanny",
        "this",
        "timeit",
        "tkinter",
    ),
    *("_aix_support", "_osx_support", "_pyio", "_pyrepl", "argparse"),
    *(
        "configparser",
        "ctypes",
        "fileinput",
        "graphlib",
        "gettext",
        "mimetypes",
        "modulefinder",
        "nturl2path",
        "plistlib",
    ),
    *("shelve", "shlex", "sqlite3", "ssl", "statistics", "tomllib", "wave", "chunk", "colorsys"),
    *(
        "trace",
        "tracemalloc",
        "turtle",
        "turtledemo",
        "unittest",
        "venv",
        "webbrowser",
        "wsgiref",
        "xmlrpc",
        "zipapp",
    ),
)
"""Modules of the standard library that neither the program nor its packages import."""
ENCODINGS = (
    *(
        "__init__",
        "aliases",
        "ascii",
        "big5",
        "big5hkscs",
        "charmap",
        "cp1252",
        "cp437",
        "cp936",
        "cp950",
        "gb18030",
    ),
    *(
        "gb2312",
        "gbk",
        "hz",
        "idna",
        "iso8859_1",
        "latin_1",
        "punycode",
        "raw_unicode_escape",
        "unicode_escape",
    ),
    *("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7", "utf_8", "utf_8_sig"),
)
"""Those that a Chinese office writes, and what names of files in a .zip stand in."""
FIRST = {name.partition(".")[0] for name in sys.modules}
"""What Python starts with, and unpacks with."""


def compile_stdlib() -> None:
    with zipfile.ZipFile("/stdlib.zip") as source, zipfile.ZipFile("/python_stdlib.zip", "w") as target:
        for name in sorted(source.namelist()):
            top = name.partition("/")[0].removesuffix(".py")
            if name.endswith("/") or top in UNUSED or _other_encoding(name):
                continue
            data = source.read(name)
            if name.endswith(".py"):
                data = compiled(data, f"/lib/python314.zip/{name}")
                name += "c"  # noqa: PLW2901  (a module by its compiled name)
            if top in FIRST:
                target.writestr(zipfile.ZipInfo(name), data)
                continue
            place = APP / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


def _other_encoding(name: str) -> bool:
    folder, _, module = name.rpartition("/")
    return folder == "encodings" and module.removesuffix(".py") not in ENCODINGS


def compiled(data: bytes, shown_as: str) -> bytes:
    file = Path("/one.py")
    file.write_bytes(data)
    made = compile_file(
        str(file),
        "/one.pyc",
        shown_as,
        doraise=True,
        optimize=1,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    return Path(made).read_bytes()


def compile_app() -> None:
    shutil.copytree(STAGE, APP, dirs_exist_ok=True)
    compileall.compile_dir(
        APP, quiet=1, legacy=True, optimize=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
    )
    for source in APP.rglob("*.py"):
        assert source.with_suffix(".pyc").is_file(), source
        source.unlink()


def keep_rules() -> None:
    """Reads the rules as each start of the page would, so that the page need not."""
    sys.path.insert(0, str(APP))
    from clusterform.page.session import Session  # noqa: PLC0415

    session = Session(Path("/forms"))
    for form in (APP / "clusterform/_data/examples").iterdir():
        shutil.copy(form, "/forms/now")
    for language in ("zh", "en"):
        for name in ("about", "check"):
            answer = session.ask(name, f'{{"lang": "{language}"}}')
            assert "error" not in answer[:20], answer


def pack_app() -> None:
    with tarfile.open("/app.tar", "w") as target:
        for path in sorted(APP.rglob("*")):
            if path.is_file():
                entry = tarfile.TarInfo(path.relative_to(APP).as_posix())
                entry.size, entry.mode = path.stat().st_size, 0o600
                with path.open("rb") as stream:
                    target.addfile(entry, stream)


compile_stdlib()
compile_app()
keep_rules()
pack_app()
