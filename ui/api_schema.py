"""What programs may send and what they get, as the description of the API shows it.

Answers and their parts are the nouns of ``assistant/schema.py`` themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from assistant.schema import Answer

Item = TypeVar("Item")

MAX_TOP = 100
MAX_PAGE = 200
MAX_OFFSET = 1_000_000
EXAMPLE_QUESTION = "安丘市公立医院医护比要达到多少？"
_TEXT = {"minLength": 1, "maxLength": 2_000, "pattern": r"\S"}

# The server checks these itself, so that the error is a sentence for people.
QuestionText = Annotated[str, Field(json_schema_extra={**_TEXT, "examples": [EXAMPLE_QUESTION]})]
Earlier = Annotated[
    list[Annotated[str, Field(json_schema_extra={"maxLength": 2_000})]],
    Field(description="Earlier questions, oldest first.", json_schema_extra={"maxItems": 50}),
]


def _whole(value: object) -> object:
    """JSON knows one kind of number: 5.0 is a whole one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
Top = Annotated[int, Field(ge=1, le=MAX_TOP, description="How many at most."), WHOLE]
Limit = Annotated[int, Field(ge=1, le=MAX_PAGE, description="How many at most."), WHOLE]
Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET, description="How many to leave out."), WHOLE]
FilterText = Annotated[str, Field(max_length=200)]


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def _as_given(value: object) -> object:
    """An answer out of JSON, every value of the type that it was given with."""
    if value is None:
        return None
    return _answers().validate_json(json.dumps(value), strict=True)


class AskRequest(BaseModel):
    """A question, with the earlier ones of its conversation."""

    model_config = ConfigDict(strict=True)

    question: QuestionText
    history: Earlier = Field(default=[])
    id: Annotated[str, Field(max_length=200, description="Comes back with the answer.")] = ""
    stream: Annotated[bool, Field(description="Send the answer as server-sent events.")] = False
    follow_ups: Annotated[
        bool, Field(description="In a stream: send questions to go on with, too.")
    ] = False


class SearchRequest(BaseModel):
    """Words to look up, and what the clauses found must be of."""

    model_config = ConfigDict(strict=True)

    question: QuestionText
    top: Top = 10
    offset: Offset = 0
    policy_id: Annotated[FilterText, Field(description="Of this policy only.")] = ""
    region: Annotated[FilterText, Field(description="Of policies for this region only.")] = ""
    level: Annotated[FilterText, Field(description="国家, 省, 市, 县 or 乡.")] = ""
    year: Annotated[FilterText, Field(description="Of policies of this year only.")] = ""
    issuer: Annotated[FilterText, Field(description="Of policies issued by it only.")] = ""


class SearchQuery(SearchRequest):
    """The same out of an address, where everything is text."""

    model_config = ConfigDict(strict=False)


class FeedbackRequest(BaseModel):
    """What somebody says of an answer."""

    question: QuestionText
    history: Earlier = Field(default=[])
    verdict: Annotated[Literal["up", "down"], Field(examples=["down"])]
    reason: Annotated[str, Field(max_length=2_000, description="Why, in free words.")] = ""
    clause_id: Annotated[str, Field(max_length=500, description="The right clause.")] = ""
    answer: Annotated[
        Answer | None, Field(description="As it was given."), BeforeValidator(_as_given)
    ] = None


@dataclass(frozen=True, slots=True)
class FeedbackKept:
    """Feedback that was kept."""

    id: str


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the server lives, or is ready."""

    status: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A clause that a search found."""

    rank: int
    score: float
    clause_id: str
    policy_id: str
    title: str
    label: str
    path: list[str]
    clause_text: str
    source: str
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found; ``total`` counts the hits of all pages."""

    question: str
    hits: list[SearchHit]
    total: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ItemPage(Generic[Item]):
    """A page of a list; ``total`` counts the items of all pages."""

    items: list[Item]
    total: int
    limit: int
    offset: int


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a request may meet, for the description of the API."""
    content = {"application/problem+json": {"schema": _PROBLEM}}
    return {
        status: {"description": _PROBLEMS[status], "content": content}
        for status in (400, 401, 403, 413, 422, 429, 500, 503, 504, *statuses)
    }


_PROBLEM = {
    "title": "Problem",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
_PROBLEMS = {
    400: "The body is not JSON.",
    401: "A key is needed, or the one presented opens nothing.",
    403: "The key or the person may not do this.",
    404: "There is nothing here.",
    413: "The request is too large.",
    422: "A value is missing, of the wrong form, or too long.",
    429: "Too many requests; see Retry-After.",
    500: "The service failed.",
    503: "The service is busy or not ready; see Retry-After.",
    504: "There was no answer in time.",
}
