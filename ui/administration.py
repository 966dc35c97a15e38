"""Which addresses are for administrators, and who is one where nobody logs in.

Without logins there is no telling people apart. Then only who sits at the machine itself may
administer: the connection comes from it, was made by its own name, and through no proxy.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

_FIGURES = "/metrics"
_ADDRESSES = re.compile(rf"{_FIGURES}|/admin(?:/.*)?")
_PROXY_HEADERS = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_PORT = re.compile(r":\d+$")


def is_administration(path: str) -> bool:
    """Whether an address is for administrators alone."""
    return _ADDRESSES.fullmatch(path) is not None


def is_open(path: str, address: str, headers: Mapping[str, str]) -> bool:
    """Whether an address for administrators is open to somebody who has neither key nor login.

    Figures for monitoring are open to all, where no key is required.
    """
    return path == _FIGURES or (is_administration(path) and is_at_the_machine(address, headers))


def is_at_the_machine(address: str, headers: Mapping[str, str]) -> bool:
    """Whether a request was made on this machine, for this machine.

    The name is looked at, too: a page of another site can have its own name lead here, and would
    then be taken for a page of ours.
    """
    if any(name in headers for name in _PROXY_HEADERS) or not _is_loopback(address):
        return False
    host = _PORT.sub("", headers.get("host", "")).strip("[]")
    return host.lower() == "localhost" or _is_loopback(host)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:  # another name, or none
        return False
