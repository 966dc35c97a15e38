"""Every answer that is given, whatever the way in, is counted and written to the audit log."""

from __future__ import annotations

import logging

from assistant.schema import Answer
from ui.metrics import Metrics
from ui.records import Records
from ui.records_schema import Channel, RecordsError


class Recorder:
    """Takes note of answers; safe between threads."""

    def __init__(self, metrics: Metrics, records: Records | None) -> None:
        """Without records, answers are counted only."""
        self._metrics = metrics
        self._records = records
        self._log = logging.getLogger("wenzheng")

    def note(self, answer: Answer, *, who: str, channel: Channel) -> None:
        """Take note of an answer; a log that cannot be written does not keep it from anybody.

        Args:
            answer: what was shown.
            who: ``Person.name`` of the one who asked.
            channel: the way in.
        """
        self._metrics.answered(answer, channel)
        if self._records is None:
            return
        try:
            self._records.audit.add(answer, who=who, channel=channel)
        except RecordsError as error:
            self._metrics.not_logged()
            self._log.warning("audit log: %s", error)
