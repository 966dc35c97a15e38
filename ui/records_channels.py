"""The channels: which portals may show the widget, on which origins, and how much they may ask.

No key is kept: the key of a channel follows from its id and the secret of the deployment
(``ui/channel_tokens.py``).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import select

from ui.records_schema import PortalChannel, RecordInvalid, RecordMissing
from ui.records_store import Store, now, plain
from ui.records_tables import PortalChannelRow

MAX_ORIGINS = 50
_STANDARD_PORTS = {"http": 80, "https": 443}


class Channels:
    """The channels of a deployment."""

    def __init__(self, store: Store) -> None:
        """Keep the database."""
        self._store = store

    def create(
        self, name: str, *, origins: Sequence[str], requests_per_minute: int = 0
    ) -> PortalChannel:
        """A new channel for pages of these origins.

        Raises:
            RecordInvalid: something that is no origin, or none at all.
        """
        kept = tuple(dict.fromkeys(origin_of(given) for given in origins))
        if not 1 <= len(kept) <= MAX_ORIGINS:
            raise RecordInvalid(f"{len(kept)} origins; give 1 to {MAX_ORIGINS} for a channel")
        row = PortalChannelRow(
            id=secrets.token_hex(6),
            name=" ".join(plain(name).split())[:100],
            origins=" ".join(kept),
            requests_per_minute=requests_per_minute,
            created=now(),
            revoked=None,
        )
        with self._store.writing() as session:
            session.add(row)
        return _channel(row)

    def list(self) -> Sequence[PortalChannel]:
        """All channels, revoked ones too, the oldest first."""
        order = (PortalChannelRow.created, PortalChannelRow.id)
        with self._store.reading() as session:
            rows = session.scalars(select(PortalChannelRow).order_by(*order))
            return tuple(_channel(row) for row in rows)

    def open(self, channel_id: str) -> PortalChannel | None:
        """The channel with this id; None where there is none, or it is revoked."""
        with self._store.reading() as session:
            row = session.get(PortalChannelRow, plain(channel_id))
            return _channel(row) if row is not None and row.revoked is None else None

    def has_origin(self, origin: str) -> bool:
        """Whether a channel that is open names this origin."""
        query = select(PortalChannelRow.origins).where(PortalChannelRow.revoked.is_(None))
        with self._store.reading() as session:
            return any(origin in origins.split() for origins in session.scalars(query))

    def revoke(self, channel_id: str) -> PortalChannel:
        """Close a channel for good; its tokens open nothing any more.

        Raises:
            RecordMissing: there is no such channel.
        """
        with self._store.writing() as session:
            row = session.get(PortalChannelRow, plain(channel_id))
            if row is None:
                raise RecordMissing(
                    f"no channel '{channel_id}'; `wenzheng channels list` shows their ids"
                )
            row.revoked = row.revoked or now()
            return _channel(row)


def origin_of(given: str) -> str:
    """An origin as browsers send it: ``https://portal.example``, with a port where it has one.

    Raises:
        RecordInvalid: it is not http or https, or more than an origin.
    """
    try:
        parts = urlsplit(given.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:  # a port that is no number, a host that no machine can have
        parts, host, port = urlsplit(""), "", None
    is_more = parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in _STANDARD_PORTS or not _is_host(host) or is_more:
        raise RecordInvalid(
            f"'{given}' is no origin; write scheme, host and port, as in https://portal.example"
        )
    shown = f"[{host}]" if ":" in host else host
    own_port = f":{port}" if port not in (None, _STANDARD_PORTS[parts.scheme]) else ""
    return f"{parts.scheme}://{shown}{own_port}"


def _is_host(host: str) -> bool:
    """Letters, digits, dots, hyphens; an address of version 6 has colons. No space, no star."""
    return bool(host) and all(c.isascii() and (c.isalnum() or c in ".-:_") for c in host)


def _channel(row: PortalChannelRow) -> PortalChannel:
    origins = tuple(row.origins.split())
    return PortalChannel(
        row.id, row.name, origins, row.requests_per_minute, row.created, row.revoked
    )
