"""Answers in the form of OpenAI's chat completions. Pure: an answer in, objects out.

The text bears the marks [1] and ends with the list of sources; each mark is an annotation of type
``url_citation``, and the whole answer stands in the field ``wenzheng``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.schema import Answer, Statement
from ui.cards import citation_place
from ui.render import answer_to_json, markdown_answer
from ui.text import Wording

MODEL = "wenzheng"
Object = dict[str, Any]

_MARK = re.compile(r"(?<=[^\n])\[(\d{1,3})\]")  # one at the start of a line is the list of sources
_TOKEN = re.compile(r"[A-Za-z0-9_]+|[^\sA-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class Completion:
    """What all objects of one completion share."""

    id: str
    created: int  # seconds since 1970

    def whole(self, answer: Answer, content: str, asked: list[str], site: str) -> Object:
        """The completion in one object."""
        message = {
            "role": "assistant",
            "content": content,
            "refusal": None,
            "annotations": annotated(answer, content, site),
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": usage(asked, content),
            "wenzheng": answer_to_json(answer),
        }

    def chunk(self, delta: Object, *, finish: str | None = None) -> Object:
        """A piece of the completion."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def last_chunk(self, answer: Answer, content: str, site: str) -> Object:
        """The piece behind the text: the annotations, the whole answer, and that it is done."""
        delta = {"annotations": annotated(answer, content, site)}
        return {**self.chunk(delta, finish="stop"), "wenzheng": answer_to_json(answer)}

    def usage_chunk(self, asked: list[str], content: str) -> Object:
        """The piece with the counts, where it was asked for."""
        return {**self.chunk({}), "choices": [], "usage": usage(asked, content)}

    def _head(self, kind: str) -> Object:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}


def content_of(answer: Answer, wording: Wording) -> str:
    """The text of an answer, with its table, its choices and the list of its sources."""
    return markdown_answer(answer, wording=wording).rstrip("\n")


def statement_text(statement: Statement) -> str:
    """A statement with its marks."""
    return statement.text + "".join(f"[{number}]" for number in statement.citations)


def annotated(answer: Answer, content: str, site: str) -> list[Object]:
    """An annotation for each mark in the text that a citation bears."""
    by_number = {citation.number: citation for citation in answer.citations}
    found: list[Object] = []
    for match in _MARK.finditer(content):
        citation = by_number.get(int(match[1]))
        if citation is None:
            continue
        place = {
            "url": f"{site}{citation.url}",
            "title": citation_place(citation),
            "start_index": match.start(),
            "end_index": match.end(),
        }
        found.append({"type": "url_citation", "url_citation": place})
    return found


def usage(asked: list[str], content: str) -> Object:
    """Counts of words; a Chinese character counts as one. No model is behind them."""
    prompt = sum(len(_TOKEN.findall(text)) for text in asked)
    completion = len(_TOKEN.findall(content))
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }
