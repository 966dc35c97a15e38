"""The secret that signs keys and tokens of channels: from a setting, or a file in the data folder.

Replicas need the same one. Whoever changes it makes all keys and tokens void.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from assistant.secret import Secret
from ui.records_schema import RecordsError

FILE_NAME = "channel.secret"
MIN_CHARS = 32


class ChannelSecretInvalid(RecordsError):
    """The secret cannot be used; the message says what to do, and never what it is."""


@dataclass(frozen=True, slots=True)
class ChannelSecret:
    """Where the secret is; it is read when it is needed, because the first channel makes it."""

    given: Secret = field(default=Secret())
    folder: str = ""

    def read(self) -> str | None:
        """The secret; None where there is none yet.

        Raises:
            ChannelSecretInvalid: it is too short to be one, or cannot be read.
        """
        if self.given:
            return _checked(self.given.reveal(), "WENZHENG_CHANNEL_SECRET")
        path = Path(self.folder) / FILE_NAME
        if not self.folder:
            return None
        try:
            return _checked(path.read_text("utf-8").strip(), str(path))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError) as error:
            raise ChannelSecretInvalid(f"{path}: cannot be read; check its permissions") from error

    def make(self) -> str:
        """The secret, made where there is none yet.

        Raises:
            ChannelSecretInvalid: it is too short to be one, or cannot be read.
        """
        found = self.read()
        if found is not None:
            return found
        folder = Path(self.folder)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{FILE_NAME}.{os.getpid()}.part"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as out:  # noqa: PTH123 - a descriptor
            out.write(secrets.token_urlsafe(48))
        try:
            # A link fails where the file is there: of two that start together, one makes it.
            (folder / FILE_NAME).hardlink_to(temporary)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
        return self.read() or ""


def _checked(secret: str, place: str) -> str:
    if len(secret) < MIN_CHARS:
        raise ChannelSecretInvalid(
            f"{place}: too short; use at least {MIN_CHARS} characters that nobody can guess"
        )
    return secret
