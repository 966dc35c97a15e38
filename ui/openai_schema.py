"""What clients of OpenAI's chat completions may send here; what has no use here is not read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

MAX_MESSAGES = 400


class TextPart(BaseModel):
    """A part of a message; only text is read."""

    type: Annotated[str, Field(examples=["text"])]
    text: str = ""


class Message(BaseModel):
    """A message; what the user said earlier is the history of the question."""

    role: Annotated[str, Field(max_length=50, examples=["user"])]
    content: str | list[TextPart] | None = None

    @property
    def words(self) -> str:
        """The text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """How an answer is streamed."""

    include_usage: bool = False


class CompletionRequest(BaseModel):
    """A conversation that ends with a question."""

    model: Annotated[str, Field(max_length=200, examples=["wenzheng"])]
    messages: Annotated[
        list[Message],
        Field(
            min_length=1,
            max_length=MAX_MESSAGES,
            examples=[[{"role": "user", "content": "安丘市公立医院医护比要达到多少？"}]],
        ),
    ]
    stream: bool | None = False
    stream_options: StreamOptions | None = None


Body = dict[str, Any]
