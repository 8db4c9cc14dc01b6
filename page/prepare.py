"""Run by prepare.mjs in Python for browsers: compiles what the page imports, and keeps the rules as they are once read.

/stage/app becomes /app.tar, with .pyc files alone and the rules' snapshot. Of /stdlib.zip what Python starts with becomes
/python_stdlib.zip, the rest goes into /app.tar, but for what no part of the page imports. Neither is compressed: the
whole is, and better.
"""

import ast
import compileall
import lzma  # noqa: F401  (the page unpacks with it before anything else)
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compile_file

APP, STAGE, EXAMPLES = Path("/app"), Path("/stage/app"), Path("/stage/examples")
UNUSED = frozenset(
    """
    _aix_support _android_support _apple_support _ios_support _osx_support _pydatetime _pyio _pyrepl antigravity argparse
    asyncio/__main__ asyncio/proactor_events asyncio/tools asyncio/windows_events asyncio/windows_utils bdb cProfile chunk
    cmd code colorsys configparser ctypes curses dbm doctest email/_header_value_parser email/contentmanager
    email/generator email/headerregistry email/mime email/policy ensurepip filecmp fileinput ftplib getopt getpass gettext
    graphlib http/cookiejar http/cookies http/server idlelib imaplib lib2to3 logging/config logging/handlers mailbox
    mimetypes modulefinder multiprocessing/dummy multiprocessing/forkserver multiprocessing/heap multiprocessing/managers
    multiprocessing/pool multiprocessing/popen_fork multiprocessing/popen_forkserver multiprocessing/popen_spawn_posix
    multiprocessing/popen_spawn_win32 multiprocessing/queues multiprocessing/resource_sharer
    multiprocessing/resource_tracker multiprocessing/shared_memory multiprocessing/sharedctypes
    multiprocessing/synchronize netrc nturl2path optparse pdb pickletools plistlib poplib profile profiling pstats pty
    pyclbr pydoc pydoc_data pyodide/console rlcompleter runpy sched shelve shlex smtplib socketserver sqlite3 ssl
    statistics symtable tabnanny this timeit tkinter tomllib trace tracemalloc turtle turtledemo unittest
    urllib/robotparser venv wave webbrowser wsgiref xml/dom xmlrpc zipapp
    """.split()  # noqa: SIM905  (a hundred lines otherwise)
)
"""Modules of the standard library, and parts of packages, that neither the program nor its packages import there."""
ENCODINGS = frozenset(
    """
    __init__ aliases ascii big5 big5hkscs charmap cp1252 cp437 cp936 cp950 gb18030 gb2312 gbk hz idna iso8859_1 latin_1
    punycode raw_unicode_escape shift_jis unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8
    utf_8_sig
    """.split()  # noqa: SIM905  (a hundred lines otherwise)
)
"""Those that a part of a form may be written in, and what names of files in a .zip stand in."""
FIRST = {name.partition(".")[0] for name in sys.modules}
"""What Python starts with, and unpacks with."""


def compile_stdlib() -> None:
    with zipfile.ZipFile("/stdlib.zip") as source, zipfile.ZipFile("/python_stdlib.zip", "w") as target:
        for name in sorted(source.namelist()):
            top = name.partition("/")[0].removesuffix(".py")
            if name.endswith("/") or _unused(name) or _other_encoding(name):
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


def refuse_missing() -> None:
    """Whatever the program's own sources import, wherever in them that stands, is there."""
    for source in sorted((STAGE / "app/clusterform").rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            missing = [name for name in names if _unused(name.replace(".", "/"))]
            assert not missing, (source, missing)


def _unused(name: str) -> bool:
    module = Path(name.removesuffix(".py"))
    return any(place.as_posix() in UNUSED for place in (module, *module.parents))


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
    from clusterform.page.session import Session

    session = Session(Path("/forms"))
    for form in EXAMPLES.iterdir():
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


refuse_missing()
compile_stdlib()
compile_app()
keep_rules()
pack_app()
