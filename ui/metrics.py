"""Figures for the people who run the server, in the form that Prometheus reads.

Nothing in them says who asked, or what.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from assistant.schema import Answer
from ui.records_schema import Channel

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The figures of one server."""

    def __init__(self) -> None:
        """A registry of its own: two servers in a process do not mix."""
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "wenzheng_answers",
            "Answers given.",
            ("channel", "status", "engine"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "wenzheng_answer_seconds",
            "Time that answers took.",
            ("channel",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._responses = Counter(
            "wenzheng_http_responses",
            "Responses by status.",
            ("method", "status"),
            registry=self._registry,
        )
        self._unlogged = Counter(
            "wenzheng_audit_failures",
            "Answers that could not be written to the audit log.",
            registry=self._registry,
        )
        self._held = Gauge(
            "wenzheng_index_items", "What the index holds.", ("kind",), registry=self._registry
        )

    def answered(self, answer: Answer, channel: Channel) -> None:
        """Count an answer."""
        self._answers.labels(channel, answer.status, answer.engine).inc()
        self._seconds.labels(channel).observe(answer.seconds.get("total", 0.0))

    def responded(self, method: str, status: int) -> None:
        """Count a response; methods that HTTP does not know are counted as one."""
        known = method if method in _METHODS else "other"
        self._responses.labels(known, str(status)).inc()

    def not_logged(self) -> None:
        """Count an answer that the audit log did not take."""
        self._unlogged.inc()

    def exposition(self, *, policies: int, clauses: int) -> bytes:
        """All figures as text."""
        self._held.labels("policies").set(policies)
        self._held.labels("clauses").set(clauses)
        return generate_latest(self._registry)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
