"""Keys of channels, claims that portals sign with them, and tokens for pages; pure.

Everything is an HMAC-SHA256. The key of a channel is made from its id and the secret of the
deployment, so that nobody has to keep it but the portal. The portal signs who is there with the
key (a claim) and gets a token for that user on that origin. The token carries what it says, signed
with the secret, so that every replica can check it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

TOKEN_SECONDS = 30 * 60
CLAIM_SECONDS = 5 * 60  # how far the clocks of portal and server may differ
TOKEN_PREFIX = "wzt_"
USER = re.compile(r"[\w.@:+-]{1,64}")  # what records and logs can hold, and no line break
_MAX_TOKEN_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a portal says: this user is on my page of this origin, at this time (Unix seconds)."""

    channel: str
    user: str
    origin: str
    time: int


@dataclass(frozen=True, slots=True)
class Token:
    """What a page may show: for this user, on this origin, until then (Unix seconds)."""

    channel: str
    user: str
    origin: str
    expires: int


def channel_key(secret: str, channel: str) -> str:
    """The key of a channel: ``wzc_ID_…``."""
    digest = hmac.new(secret.encode(), f"key of channel {channel}".encode(), hashlib.sha256)
    return f"wzc_{channel}_{urlsafe_b64encode(digest.digest()).decode().rstrip('=')}"


def sign_claim(key: str, claim: Claim) -> str:
    """The signature of a claim, as hexadecimal digits."""
    message = "\n".join((claim.channel, claim.user, claim.origin, str(claim.time)))
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def is_signed(key: str, claim: Claim, signature: str, *, at: float) -> bool:
    """Whether the claim was signed with this key, about now, for a user who can be recorded."""
    same = hmac.compare_digest(sign_claim(key, claim).encode(), signature.encode())
    is_recent = abs(at - claim.time) <= CLAIM_SECONDS
    return same and is_recent and USER.fullmatch(claim.user) is not None


def issue_token(secret: str, claim: Claim, *, at: float) -> str:
    """The token for a claim that was checked."""
    said = {"c": claim.channel, "u": claim.user, "o": claim.origin, "e": int(at) + TOKEN_SECONDS}
    payload = _encoded(json.dumps(said, separators=(",", ":")).encode())
    return f"{TOKEN_PREFIX}{payload}.{_signature(secret, payload)}"


def read_token(secret: str, presented: str, *, at: float) -> Token | None:
    """What a token says; None where it was not issued here, was changed, or has ended."""
    payload, _, signature = presented.removeprefix(TOKEN_PREFIX).partition(".")
    if len(presented) > _MAX_TOKEN_CHARS or not presented.startswith(TOKEN_PREFIX):
        return None
    if not hmac.compare_digest(_signature(secret, payload).encode(), signature.encode()):
        return None
    said = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    token = Token(said["c"], said["u"], said["o"], said["e"])
    return token if at < token.expires else None


def _signature(secret: str, payload: str) -> str:
    # Another text before it than before that of keys: a key must never pass for a signature.
    message = f"token {payload}".encode("utf-8", "replace")
    return _encoded(hmac.new(secret.encode(), message, hashlib.sha256).digest())


def _encoded(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")
