"""Who comes from the page of a portal, and what such a page may do.

Knows no web framework. A token opens the few routes that the widget needs, for one user, and only
from the origin that it was issued for, or from the frame that this server shows there.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable

from ui.access import Arrival, Person, Refused, Welcome
from ui.channel_secret import ChannelSecret
from ui.channel_tokens import Claim, channel_key, is_signed, issue_token, read_token
from ui.rate_limits import RateLimit, SharedBuckets
from ui.records_channels import Channels
from ui.records_schema import PortalChannel

_ROUTES = re.compile(r"/api/(?:ask|search|feedback|clauses/.+)")
_MAX_LIMITS = 1_000  # channels that are counted at a time


class ChannelGate:
    """Checks claims and tokens; safe between threads."""

    def __init__(
        self,
        channels: Channels,
        secret: ChannelSecret,
        *,
        shared: SharedBuckets | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Without a channel nothing is open; ``shared`` counts for all processes together."""
        self._channels = channels
        self._secret = secret
        self._shared = shared
        self._clock = clock
        self._limits: dict[tuple[str, int], RateLimit] = {}

    def allows(self, origin: str) -> bool:
        """Whether pages of this origin may read what this server answers."""
        return self._channels.has_origin(origin)

    def origins(self, channel_id: str) -> tuple[str, ...]:
        """The origins of a channel that is open; none where there is no such channel."""
        channel = self._channels.open(channel_id)
        return channel.origins if channel else ()

    def exchange(self, claim: Claim, signature: str) -> str | None:
        """The token for a claim of a portal; None where the claim does not hold."""
        secret, channel = self._secret.read(), self._channels.open(claim.channel)
        if secret is None or channel is None or claim.origin not in channel.origins:
            return None
        at = self._clock()
        if not is_signed(channel_key(secret, channel.id), claim, signature, at=at):
            return None
        return issue_token(secret, claim, at=at)

    def judge(self, arrival: Arrival) -> Welcome | Refused:
        """The user of the token that a request presents, or why it opens nothing."""
        secret = self._secret.read()
        token = read_token(secret, arrival.bearer, at=self._clock()) if secret else None
        channel = self._channels.open(token.channel) if token else None
        if token is None or channel is None:
            return Refused(401, "token_over", {"www-authenticate": "Bearer"})
        if token.origin not in channel.origins or not _comes_from(arrival, token.origin):
            return Refused(403, "other_site")
        if not _ROUTES.fullmatch(arrival.path):
            return Refused(403, "not_allowed")
        seconds = self._wait_seconds(channel) if arrival.method == "POST" else 0.0
        if seconds:
            return Refused(429, "too_often", {"retry-after": str(math.ceil(seconds))})
        return Welcome(Person(f"portal:{channel.id}:{token.user}"))

    def _wait_seconds(self, channel: PortalChannel) -> float:
        """How long all users of the channel have to wait before one may ask again."""
        key = (channel.id, channel.requests_per_minute)
        if key not in self._limits and len(self._limits) >= _MAX_LIMITS:
            self._limits.clear()
        fresh = RateLimit(channel.requests_per_minute, shared=self._shared)
        limit = self._limits.setdefault(key, fresh)
        return limit.wait_seconds(f"channel:{channel.id}")


def _comes_from(arrival: Arrival, origin: str) -> bool:
    """Whether a page of the origin sent it, or the frame that this server shows on such a page."""
    sent = arrival.headers.get("origin")
    if sent is None:  # browsers name no origin where a page of ours reads from us
        return arrival.headers.get("sec-fetch-site") == "same-origin"
    return sent == origin or not arrival.crosses_sites
