"""What `wenzheng channels` does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from assistant.settings import Settings
from ui.asking import dump
from ui.channel_secret import ChannelSecret
from ui.channel_tokens import channel_key
from ui.records import open_records
from ui.records_channels import Channels
from ui.records_schema import PortalChannel
from ui.status import Print


def create_channel(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Open a channel and show its key, this once."""
    secret = ChannelSecret(settings.channel_secret, str(settings.data_folder)).make()
    with _opened(settings) as channels:
        channel = channels.create(
            options.name, origins=options.origin, requests_per_minute=options.per_minute
        )
    key = channel_key(secret, channel.id)
    if options.json:
        line(dump({**_row(channel), "key": key}))
    else:
        line(key)
        sys.stderr.write("wenzheng: keep the key on the portal's server; it is not shown again\n")
    return 0


def list_channels(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """List the channels without their keys."""
    with _opened(settings) as channels:
        found = channels.list()
    if options.json:
        line(dump([_row(channel) for channel in found]))
        return 0
    for channel in found:
        state = "revoked" if channel.revoked else "open"
        rate = f"{channel.requests_per_minute} a minute" if channel.requests_per_minute else "any"
        line(f"{channel.id}  {channel.name}  {','.join(channel.origins)}  {rate}  {state}")
    return 0


def revoke_channel(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Close a channel."""
    with _opened(settings) as channels:
        channel = channels.revoke(options.id)
    line(dump(_row(channel)) if options.json else f"{channel.id} is revoked")
    return 0


CHANNEL_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings, Print], int]] = {
    "channels create": create_channel,
    "channels list": list_channels,
    "channels revoke": revoke_channel,
}


@contextmanager
def _opened(settings: Settings) -> Iterator[Channels]:
    records = open_records(settings)
    try:
        yield records.channels
    finally:
        records.close()


def _row(channel: PortalChannel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "origins": list(channel.origins),
        "requests_per_minute": channel.requests_per_minute,
        "created": channel.created.isoformat(),
        "revoked": channel.revoked.isoformat() if channel.revoked else None,
    }
