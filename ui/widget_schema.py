"""What the server of a portal sends for a token, and what it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ui.api_schema import WHOLE


class TokenRequest(BaseModel):
    """Who is on a page of the portal, signed with the key of the channel."""

    model_config = ConfigDict(strict=True)

    channel: Annotated[str, Field(max_length=100, description="The id of the channel.")]
    user: Annotated[str, Field(max_length=64, description="Who is logged in to the portal.")]
    origin: Annotated[str, Field(max_length=300, examples=["https://portal.example"])]
    time: Annotated[int, Field(ge=0, le=2**53, description="Now, in Unix seconds."), WHOLE]
    signature: Annotated[
        str,
        Field(
            max_length=100,
            description="HMAC-SHA256 in hexadecimal: the key of the channel over channel, user, "
            "origin and time, each on a line of its own.",
        ),
    ]


@dataclass(frozen=True, slots=True)
class TokenIssued:
    """A token for the page, and how many seconds it opens anything."""

    token: str
    expires_in: int
