"""The records of a deployment: conversations, feedback, audit log, keys, users, channels, limits.

``open_records`` opens them all over one database. Everything may be called from many threads, and
raises ``RecordsError`` where the database does not answer. The nouns stand in
``ui/records_schema.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from assistant.settings import Settings
from ui.records_accounts import ApiKeys, Users
from ui.records_audit import Audit
from ui.records_channels import Channels
from ui.records_chats import Conversations
from ui.records_feedback import Feedback
from ui.records_limits import Limits
from ui.records_retention import forget
from ui.records_store import Store, now, open_store


@dataclass(frozen=True, slots=True)
class Records:
    """All that is recorded."""

    store: Store
    conversations: Conversations
    feedback: Feedback
    audit: Audit
    keys: ApiKeys
    users: Users
    channels: Channels
    limits: Limits

    def forget_older_than(self, days: int) -> int:
        """Delete conversations, feedback and log entries past their time; how many. 0: nothing."""
        return forget(self.store, now() - timedelta(days=days)) if days else 0

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def open_records(settings: Settings) -> Records:
    """Open the records that the settings name, and bring their tables up to date.

    Raises:
        RecordsError: the database cannot be opened, or a newer version has made its tables.
    """
    store = open_store(settings.records_url.reveal(), folder=settings.data_folder)
    return Records(
        store,
        Conversations(store),
        Feedback(store),
        Audit(store),
        ApiKeys(store),
        Users(store),
        Channels(store),
        Limits(store),
    )
