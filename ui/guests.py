"""Who looks at a page, as far as the page differs for it: the links in its masthead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.access import person_of
from ui.administration import is_at_the_machine
from ui.page_shell import Guest
from ui.service import WebSettings

_USER = "user:"


def guest_of(scope: Mapping[str, Any], settings: WebSettings) -> Guest:
    """Who sent the request of this ASGI scope; the gate decides anew about every link followed."""
    person = person_of(scope)
    user = person.name.removeprefix(_USER) if person.name.startswith(_USER) else ""
    administers = "admin" in person.scopes or (not settings.login and _is_at_the_machine(scope))
    return Guest(user, administers=administers and bool(settings.data_folder))


def _is_at_the_machine(scope: Mapping[str, Any]) -> bool:
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    client = scope.get("client")
    return is_at_the_machine(client[0] if client else "", headers)
