"""Passwords as salted scrypt hashes that carry their own parameters."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# OWASP's advice for scrypt: 2^16 rounds, 64 MiB, one lane.
_COST, _BLOCK, _LANES = 2**16, 8, 1
_MEMORY_BYTES = 2**27
_MAX_CHARS = 1_000  # a longer one is cut: nobody may keep the processor busy with it


def hash_password(password: str) -> str:
    """A new hash: ``scrypt$cost$block$lanes$salt$hash``."""
    salt = secrets.token_hex(16)
    digest = _scrypt(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt}${digest}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was hashed; takes as long either way."""
    name, cost, block, lanes, salt, digest = kept.split("$")
    if name != "scrypt":
        return False
    found = _scrypt(password, salt, int(cost), int(block), int(lanes))
    return hmac.compare_digest(found, digest)


def spend(password: str) -> None:
    """Take the time of a comparison, where there is nothing to compare with."""
    _scrypt(password, "00" * 16, _COST, _BLOCK, _LANES)


def _scrypt(password: str, salt: str, cost: int, block: int, lanes: int) -> str:
    given = password[:_MAX_CHARS].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(
        given, salt=bytes.fromhex(salt), n=cost, r=block, p=lanes, maxmem=_MEMORY_BYTES
    ).hex()
