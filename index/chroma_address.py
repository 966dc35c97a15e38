"""The address of a Chroma server, as it is set and as it may be shown; pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from index.errors import StorageFailed


def parse_address(url: str) -> tuple[str, str, int, bool]:
    """A URL as what to show of it, host, port, and whether it is encrypted.

    Raises:
        StorageFailed: it is not the URL of a server, or carries what must not be shown.
    """
    try:
        parts = urlsplit(url)
        host, port, user = parts.hostname, parts.port, parts.username
    except ValueError as error:
        raise StorageFailed(
            f"the Chroma URL is not valid ({error}); use http://HOST:PORT"
        ) from error
    if parts.scheme not in ("http", "https") or not host or user or parts.path.strip("/"):
        raise StorageFailed("the Chroma URL must be http://HOST:PORT or https://HOST:PORT")
    is_secure = parts.scheme == "https"
    port = port or (443 if is_secure else 8000)
    return f"{parts.scheme}://{host}:{port}", host, port, is_secure
