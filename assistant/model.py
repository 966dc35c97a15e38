"""A language model behind an OpenAI-compatible endpoint: messages in, pieces of text out.

The only module that knows LangChain's OpenAI client. Whatever goes wrong out there is one error
with one of a few reasons; the engine that asked falls back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Literal, Protocol, cast
from urllib.parse import urlsplit

from assistant.secret import Secret
from assistant.settings import SettingInvalid, Settings

if TYPE_CHECKING:
    from collections.abc import Generator

    from langchain_core.messages import AIMessageChunk

Failure = Literal["unreachable", "timeout", "rejected", "cut_off", "unusable", "declined"]
Message = tuple[Literal["system", "user", "assistant"], str]

_CONNECT_SECONDS = 5.0  # a server that is there accepts at once; one that is not must not hold us
_MAX_REPLY = 6_000  # characters: a model that repeats itself never ends
# Ends of a reply that are no loss; without any of them the stream was cut.
_WHOLE = frozenset({"stop", "length", "eos", "end_turn"})


class ModelFailedError(Exception):
    """The model gave nothing that can be used; ``reason`` says how.

    ``withheld`` counts the statements that it made and that did not pass the check.
    """

    def __init__(self, reason: Failure, *, withheld: int = 0) -> None:
        super().__init__(reason)
        self.reason: Failure = reason
        self.withheld = withheld


class ChatModel(Protocol):
    """What the engine needs of a model; called from many threads."""

    def reply(self, messages: Sequence[Message]) -> Generator[str]:
        """The reply piece by piece.

        Raises:
            ModelFailedError: while it is read, at any piece.
        """


class EndpointModel:
    """A model of an OpenAI-compatible endpoint."""

    def __init__(self, *, url: str, model: str, key: Secret, timeout_seconds: float) -> None:
        """Prepare the client; nothing is contacted."""
        # Loading the client takes seconds: only those who have a model pay for it.
        import openai
        from langchain_openai import ChatOpenAI

        self._timeout_seconds = timeout_seconds
        self._too_slow = openai.APITimeoutError
        self._unreachable = openai.APIConnectionError
        self._rejected = openai.APIError
        self._client = ChatOpenAI(
            model=model,
            base_url=url,
            # Some key has to be given: without one the client takes another service's from the
            # environment and sends it here.
            api_key=lambda: key.reveal() or "none",  # a function: nothing here holds the text
            temperature=0,
            max_retries=0,  # the answer without a model is there already: nobody waits for a retry
            timeout=(_CONNECT_SECONDS, timeout_seconds, timeout_seconds, _CONNECT_SECONDS),
            stream_usage=False,
            use_responses_api=False,
        )

    def reply(self, messages: Sequence[Message]) -> Generator[str]:
        """The reply piece by piece, within the time-out and a bound on its length."""
        deadline = time.monotonic() + self._timeout_seconds
        try:
            yield from self._pieces(messages, deadline)
        except self._too_slow as error:
            raise ModelFailedError("timeout") from error
        except self._unreachable as error:
            # A connection that was there and broke is reported like one that never was.
            raise ModelFailedError("unreachable") from error
        except self._rejected as error:
            raise ModelFailedError("rejected") from error
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError) as error:
            # What is no reply of such an endpoint breaks in the client in any of these ways.
            raise ModelFailedError("unusable") from error

    def _pieces(self, messages: Sequence[Message], deadline: float) -> Iterator[str]:
        length, finish = 0, ""
        # The signature says Iterator; it is a generator, and closing it ends the request.
        stream = cast("Generator[AIMessageChunk]", self._client.stream(list(messages)))
        with closing(stream) as chunks:
            for chunk in chunks:
                if time.monotonic() > deadline:
                    raise ModelFailedError("timeout")
                finish = chunk.response_metadata.get("finish_reason") or finish
                length += len(chunk.text)
                if chunk.text:
                    yield _clean(chunk.text)
                if length > _MAX_REPLY:
                    return
        if finish not in _WHOLE:
            raise ModelFailedError("cut_off" if not finish else "declined")


def model_of(settings: Settings) -> ChatModel | None:
    """The model that the settings name, or None where they name none.

    Raises:
        SettingInvalid: an address, a name or a key that cannot be used.
    """
    if not settings.llm_url:
        return None
    parts = urlsplit(settings.llm_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise SettingInvalid(
            "WENZHENG_LLM_URL is not the address of an endpoint; use http://HOST:PORT/v1, "
            "and WENZHENG_LLM_KEY for its key"
        )
    if not settings.llm_model:
        raise SettingInvalid("WENZHENG_LLM_MODEL is empty; name the model that the endpoint serves")
    if not settings.llm_key.reveal().isascii():
        raise SettingInvalid("WENZHENG_LLM_KEY holds characters that no key has; copy it again")
    return EndpointModel(
        url=settings.llm_url.rstrip("/").removesuffix("/chat/completions"),
        model=settings.llm_model,
        key=settings.llm_key,
        timeout_seconds=float(settings.llm_timeout),
    )


def _clean(text: str) -> str:
    """The text without halves of characters and without control characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(char for char in whole if char == "\n" or char.isprintable() or char in "\t　")
