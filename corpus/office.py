"""Files of other word processors (doc, wps, rtf, odt) to docx, by LibreOffice if it is installed.

LibreOffice runs without a window, with a profile of its own that runs no macros and reaches no
network, in a folder that goes with it; it is ended by its own id when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import DocumentDamaged, DocumentProtected, DocumentTooLarge, ReaderMissing

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF_MAGIC = b"{\\rtf"
TIMEOUT_SECONDS = 120.0
MAX_OUTPUT_BYTES = 64 * 2**20
_MAX_MEMORY_KILOBYTES = 4 * 2**20
_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_WORD_MAGIC = 0xA5EC
_WORD_ENCRYPTED = 0x0100
_SECTOR_BYTES = 512
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# ulimit knows no -v on some systems: there the time limit holds alone.
_LIMITED = 'ulimit -v "$0" 2>/dev/null; exec "$@"'
_SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    # A proxy that nobody serves: what still asks for the network gets none.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_office() -> str | None:
    """The program that converts, or None where LibreOffice is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or (_MACOS if Path(_MACOS).is_file() else None)


def is_encrypted(data: bytes) -> bool:
    """Whether a file of the older kind (or a docx in its encrypted wrapping) needs a password."""
    if not data.startswith(OLE_MAGIC):
        return False
    if _ENCRYPTED_PACKAGE in data:
        return True
    for start in range(_SECTOR_BYTES, len(data) - 12, _SECTOR_BYTES):
        magic, flags = struct.unpack_from("<H8xH", data, start)
        if magic == _WORD_MAGIC:
            return bool(flags & _WORD_ENCRYPTED)
    return False


def to_docx(data: bytes, *, timeout_seconds: float = TIMEOUT_SECONDS) -> bytes:
    """The same document as docx.

    Raises:
        DocumentDamaged: LibreOffice cannot open it, or takes longer than the time limit.
        DocumentProtected: it opens with a password only.
        DocumentTooLarge: the docx is larger than any policy text.
        ReaderMissing: LibreOffice is not installed.
    """
    if is_encrypted(data):
        raise DocumentProtected("it is protected by a password; save it without one")
    program = find_office()
    if program is None:
        raise ReaderMissing(
            "this format needs LibreOffice, which is not installed; install it (Debian: apt-get "
            "install libreoffice-writer) or save the file as docx"
        )
    with tempfile.TemporaryDirectory(prefix="wenzheng-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"document{_ending(data)}"
        source.write_bytes(data)
        _write_profile(Path(folder) / "profile")
        _run(_command(program, source), timeout_seconds)
        target = Path(folder) / "out" / "document.docx"
        if not target.is_file():
            raise DocumentDamaged("LibreOffice cannot open it; save it anew as docx")
        if target.stat().st_size > MAX_OUTPUT_BYTES:
            raise DocumentTooLarge(f"it takes more than {MAX_OUTPUT_BYTES // 2**20} MB as docx")
        return target.read_bytes()


def _ending(data: bytes) -> str:
    """The ending by which LibreOffice takes the right reader; that of the file may be wrong."""
    if data.startswith(RTF_MAGIC):
        return ".rtf"
    return ".odt" if data.startswith(b"PK") else ".doc"


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "".join(
        _SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS
    )
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _command(program: str, source: Path) -> list[str]:
    profile = (source.parent / "profile").as_uri()
    return [
        *("sh", "-c", _LIMITED, str(_MAX_MEMORY_KILOBYTES), program),
        *(f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent / "out")),
        str(source),
    ]


def _run(command: list[str], timeout_seconds: float) -> None:
    # A session of its own, because the program starts others that must end with it.
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(timeout=timeout_seconds)
    except subprocess.TimeoutExpired as error:
        raise DocumentDamaged(
            f"LibreOffice took more than {timeout_seconds:.0f} seconds; save it anew as docx"
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
