"""Who is there, and what may they do: keys of programs, logins of people, visitors.

Knows no web framework and no database of its own: an arrival comes in, a person or a refusal goes
out. By default everybody on this machine may ask and read, as a visitor.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import quote

from ui.administration import is_administration, is_open
from ui.rate_limits import RateLimit
from ui.records import Records
from ui.records_schema import Role, Scope

Sentence = Literal[
    "key_needed", "key_wrong", "not_allowed", "other_site", "too_often", "log_in", "token_over"
]

VISITOR_COOKIE = "wenzheng_visitor"
LOGIN_COOKIE = "wenzheng_login"
LOGIN_TRIES_PER_MINUTE = 10

_PERSON = "wenzheng.person"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = re.compile(
    r"/(?:healthz|readyz|login|favicon\.(?:svg|ico)|robots\.txt|api/openapi\.json"
    r"|embed|widget\.js|api/channel/token)"
)
_PROGRAMS = re.compile(r"/(?:api|v1|metrics)(?:/.*)?")
_ASKING = re.compile(r"/api/(?:ask|feedback)|/v1/chat/completions|/(?:en/)?gradio_api/queue/join/?")
_COUNTED = re.compile(rf"(?:{_ASKING.pattern}|/api/search)")
_HTML = re.compile(r"/(?:en/?)?|/(?:library|units|targets|clauses|admin)(?:/.*)?")
_READER: frozenset[Scope] = frozenset({"ask", "read"})
_ADMINISTRATOR: frozenset[Scope] = frozenset({"ask", "read", "admin"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who is there: ``name`` is what records know them by, and safe to log.

    ``user:anna`` has logged in, ``key:3f2a…`` is a program, ``visitor:9c01…`` a browser that nobody
    has logged in with, ``address:10.0.0.7`` anything else.
    """

    name: str
    scopes: frozenset[Scope] = _READER
    role: Role = "reader"


NOBODY = Person("visitor:")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request, as far as it says who sent it; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    address: str = ""

    @property
    def bearer(self) -> str:
        """The key that it presents; empty where it presents none."""
        scheme, _, presented = self.headers.get("authorization", "").partition(" ")
        return presented.strip() if scheme.lower() == "bearer" else ""

    def cookie(self, name: str) -> str:
        """The value of a cookie; empty where there is none."""
        for pair in self.headers.get("cookie", "").split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
        return ""

    @property
    def crosses_sites(self) -> bool:
        """Whether a page of another site had the browser send it."""
        fetched = self.headers.get("sec-fetch-site")
        if fetched is not None:
            return fetched not in ("same-origin", "none")
        origin = self.headers.get("origin")
        return origin is not None and origin.partition("://")[2] != self.headers.get("host", "")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody is not let in: an HTTP status, the name of a sentence, and headers."""

    status: int
    sentence: Sentence
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who is let in, and the cookie that a new visitor gets."""

    person: Person
    new_cookie: str = ""


class Portals(Protocol):
    """What knows the tokens of pages of portals."""

    def judge(self, arrival: Arrival) -> Welcome | Refused:
        """Whose token it is, or why it opens nothing."""


class Gate:
    """Decides about every request; safe between threads."""

    def __init__(
        self,
        records: Records | None,
        *,
        require_key: bool = False,
        login: bool = False,
        requests_per_minute: int = 0,
        portals: Portals | None = None,
    ) -> None:
        """Without records there are neither keys nor logins, so that none can be required."""
        if records is None and (require_key or login):
            raise ValueError("keys and logins need records")
        self._records = records
        self._require_key = require_key
        self._login = login
        self._portals = portals
        shared = records.limits if records else None
        self._limit = RateLimit(requests_per_minute, shared=shared)
        self._tries = RateLimit(LOGIN_TRIES_PER_MINUTE, shared=shared)

    def is_cheap(self, arrival: Arrival) -> bool:
        """Whether deciding needs no database."""
        if arrival.bearer.startswith(("wz_", "wzt_")) or arrival.path == "/login":
            return False
        is_counted = self._limit.needs_database and _COUNTED.fullmatch(arrival.path)
        return not (is_counted or (self._login and arrival.cookie(LOGIN_COOKIE)))

    def judge(self, arrival: Arrival) -> Welcome | Refused:
        """Who it is, or why they are not let in."""
        if arrival.path == "/login" and arrival.method == "POST":
            return self._try_login(arrival)
        if _OPEN.fullmatch(arrival.path):
            return Welcome(NOBODY)
        found = self._known(arrival) or self._stranger(arrival)
        if isinstance(found, Refused):
            return found
        if _scope(arrival) not in found.person.scopes:
            return Refused(403, "not_allowed")
        return self._limited(arrival, found.person) or found

    def _known(self, arrival: Arrival) -> Welcome | Refused | None:
        """Somebody with a key or a login; None where neither was presented."""
        records = self._records
        if self._portals is not None and arrival.bearer.startswith("wzt_"):
            return self._portals.judge(arrival)
        if records is not None and arrival.bearer.startswith("wz_"):
            key = records.keys.verify(arrival.bearer)
            if key is None:
                return Refused(401, "key_wrong", {"www-authenticate": "Bearer"})
            return Welcome(Person(f"key:{key.id}", frozenset(key.scopes)))
        if _foreign(arrival):
            return Refused(403, "other_site")
        secret = arrival.cookie(LOGIN_COOKIE) if self._login else ""
        user = records.users.logged_in(secret) if records is not None and secret else None
        if user is None:
            return None
        scopes = _ADMINISTRATOR if user.role == "administrator" else _READER
        return Welcome(Person(f"user:{user.name}", scopes, user.role))

    def _stranger(self, arrival: Arrival) -> Welcome | Refused:
        """A visitor, where visitors are let in."""
        is_program = _PROGRAMS.fullmatch(arrival.path) is not None
        if is_program and (self._require_key or self._login):
            return Refused(401, "key_needed", {"www-authenticate": "Bearer"})
        if self._login:
            if arrival.method in _SAFE and _HTML.fullmatch(arrival.path):
                back = f"/login?next={quote(arrival.path, safe='/')}"
                return Refused(303, "log_in", {"location": back})
            return Refused(401, "log_in")
        secret, fresh = arrival.cookie(VISITOR_COOKIE), ""
        if not secret and _HTML.fullmatch(arrival.path):
            secret = fresh = secrets.token_urlsafe(24)
        # Whoever reads the records cannot become the visitor: they hold a hash of the cookie.
        digest = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
        name = f"visitor:{digest[:32]}" if secret else f"address:{arrival.address}"
        # Nobody can be told apart here, so that little is open to everybody.
        scopes = (
            _ADMINISTRATOR if is_open(arrival.path, arrival.address, arrival.headers) else _READER
        )
        return Welcome(Person(name, scopes), fresh)

    def _limited(self, arrival: Arrival, person: Person) -> Refused | None:
        if arrival.method == "OPTIONS" or not _COUNTED.fullmatch(arrival.path):
            return None
        # A visitor who drops the cookie is the same visitor.
        is_known = person.name.startswith(("user:", "key:", "portal:"))
        name = person.name if is_known else f"address:{arrival.address}"
        return _wait(self._limit.wait_seconds(name))

    def _try_login(self, arrival: Arrival) -> Welcome | Refused:
        if _foreign(arrival):
            return Refused(403, "other_site")
        if not self._login:
            return Welcome(NOBODY)  # to a page that is not there
        return _wait(self._tries.wait_seconds(f"login:{arrival.address}")) or Welcome(NOBODY)


def person_of(scope: Mapping[str, Any]) -> Person:
    """Who sent the request of this ASGI scope; the gate has put it there."""
    found = scope.get(_PERSON, NOBODY)
    return found if isinstance(found, Person) else NOBODY


def enter(scope: MutableMapping[str, Any], person: Person) -> None:
    """Put into an ASGI scope who sent the request."""
    scope[_PERSON] = person


def cookie_header(name: str, value: str, *, seconds: int, https: bool) -> str:
    """A cookie that scripts cannot read and other sites cannot send along."""
    secure = "; Secure" if https else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def _foreign(arrival: Arrival) -> bool:
    return arrival.method not in _SAFE and arrival.crosses_sites


def _scope(arrival: Arrival) -> Scope:
    """What a request needs."""
    if is_administration(arrival.path):
        return "admin"
    is_asking = arrival.method not in _SAFE and _ASKING.fullmatch(arrival.path)
    return "ask" if is_asking else "read"


def _wait(seconds: float) -> Refused | None:
    if not seconds:
        return None
    return Refused(429, "too_often", {"retry-after": str(math.ceil(seconds))})
