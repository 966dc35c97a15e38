"""A person's own conversations: list, open, rename, delete; answers to take away; feedback.

Knows no web framework: a visit comes in, a reply goes out. Everything is looked up by its owner,
so that nobody reaches what is somebody else's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast
from urllib.parse import quote

from assistant.schema import Answer, Question
from corpus.schema import Clause
from index.schema import Hit
from ui.cards import citation_place, one_line, titled
from ui.notes import markdown_notes
from ui.records_chats import Conversations
from ui.records_feedback import Feedback
from ui.records_schema import RecordInvalid, RecordMissing, Turn, Verdict
from ui.replies import Reply, Visit
from ui.text import Language, Wording
from ui.turns import MAX_QUESTION_CHARS, Talking
from ui.word_file import WORD, word_file
from ui.workbooks import EXCEL, workbook

ROOTS = ("conversations", "find")
"""The first parts of the addresses that are answered here."""

_JSON = "application/json; charset=utf-8"
_FILE = re.compile(r"(\w+)\.(docx|md|xlsx)")
_PICKS = 8
_EXCERPT = 90
_MAX_NAME = 40


class FindService(Protocol):
    """What is needed to pick the right clause."""

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        """The clauses that a question leads to, best first."""

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with this id; None where there is none."""


class MyConversations:
    """The conversations of whoever visits."""

    def __init__(
        self,
        service: FindService,
        conversations: Conversations,
        feedback: Feedback,
        talking: Mapping[Language, Talking],
    ) -> None:
        """Bind to the records; ``talking`` shows a recorded turn in a language."""
        self._service = service
        self._conversations = conversations
        self._feedback = feedback
        self._talking = talking

    def reply(self, visit: Visit) -> Reply:
        """What a visit asks for; 404 for what is not there or somebody else's."""
        root, *rest = visit.path.strip("/").split("/")
        if root == "find":
            return _json(self._found(visit)) if visit.method == "GET" else _status(405)
        answers: Mapping[tuple[str, int], Callable[[Visit, list[str]], Reply]] = {
            ("GET", 0): self._list,
            ("GET", 1): self._open,
            ("GET", 2): self._take_away,
            ("POST", 2): self._change,
            ("POST", 3): self._judge,
        }
        answer = answers.get((visit.method, len(rest)))
        if answer is None:
            return _status(405)
        try:
            return answer(visit, rest)
        except RecordMissing:
            return _status(404)
        except (RecordInvalid, ValueError):
            return _status(422)

    def _list(self, visit: Visit, _rest: list[str]) -> Reply:
        words = visit.parameters.get("q", "")[:100]
        found = self._conversations.list(visit.who, search=words)
        rows = [
            {"id": item.id, "title": item.title, "updated": item.updated.isoformat()}
            for item in found
        ]
        return _json({"conversations": rows})

    def _open(self, visit: Visit, rest: list[str]) -> Reply:
        turns = self._conversations.turns(visit.who, rest[0])
        talking = self._talking[visit.language]
        return _json({"id": rest[0], "turns": [talking.recorded(turn) for turn in turns]})

    def _change(self, visit: Visit, rest: list[str]) -> Reply:
        conversation, what = rest
        if what == "delete":
            self._conversations.delete(visit.who, conversation)
        elif what == "title" and (title := str(_body(visit).get("title") or "").strip()):
            self._conversations.rename(visit.who, conversation, title)
        else:
            return _status(422)
        return _json({"id": conversation})

    def _judge(self, visit: Visit, rest: list[str]) -> Reply:
        """What somebody says of an answer; a clause is kept only if there is such a clause."""
        _, turn, what = rest
        body = _body(visit)
        verdict, clause_id = body.get("verdict"), str(body.get("clause_id") or "")
        if what != "feedback" or verdict not in ("up", "down"):
            return _status(422)
        if clause_id and self._service.clause(clause_id) is None:
            return _status(422)
        reason = str(body.get("reason") or "")
        said = cast("Verdict", verdict)
        self._feedback.add(visit.who, turn, said, reason=reason, clause_id=clause_id)
        return _json({"id": turn})

    def _take_away(self, visit: Visit, rest: list[str]) -> Reply:
        """An answer as a file: ``turn.docx``, ``turn.md``, or its table as ``turn.xlsx``."""
        match = _FILE.fullmatch(rest[1])
        turns = self._conversations.turns(visit.who, rest[0])
        turn = next((item for item in turns if match and item.id == match[1]), None)
        if match is None or turn is None:
            return _status(404)
        wording = self._talking[visit.language].wording
        content, kind = _file(turn, match[2], wording)
        name = f"{_file_name(turn.question)}.{match[2]}"
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        return Reply(200, kind, content, headers) if content else _status(404)

    def _found(self, visit: Visit) -> dict[str, Any]:
        """Clauses to pick the right one from."""
        words = visit.parameters.get("q", "").strip()[:MAX_QUESTION_CHARS]
        hits = self._service.find(Question(words), top_k=_PICKS) if words else []
        rows = [
            {
                "clause_id": hit.clause.clause_id,
                "place": f"{titled(hit.policy.title.value)}{hit.clause.label}",
                "text": one_line(hit.clause.text)[:_EXCERPT],
            }
            for hit in hits
        ]
        return {"clauses": rows}


def _file(turn: Turn, kind: str, wording: Wording) -> tuple[bytes, str]:
    answer = turn.answer
    if kind == "docx":
        return word_file(answer, turn.asked, wording), WORD
    if kind == "md":
        return markdown_notes(answer, wording).encode(), "text/markdown; charset=utf-8"
    return (workbook(_table_lines(answer, wording)) if answer.table else b""), EXCEL


def _table_lines(answer: Answer, wording: Wording) -> list[Sequence[str]]:
    """The table of an answer; behind each row, where its clauses stand."""
    table = answer.table
    assert table is not None
    places = {citation.number: citation_place(citation) for citation in answer.citations}
    lines: list[Sequence[str]] = [(*table.columns, wording.table_sources)]
    for at, row in enumerate(table.rows):
        numbers = table.citations[at] if at < len(table.citations) else ()
        lines.append((*row, "；".join(places[number] for number in numbers if number in places)))
    return lines


def _file_name(question: str) -> str:
    """The question as the name of a file on any system."""
    plain = re.sub(r'[\s\\/:*?"<>|\x00-\x1f]+', " ", question).strip(" .")
    return plain[:_MAX_NAME] or "answer"


def _body(visit: Visit) -> Mapping[str, Any]:
    """The object that was sent.

    Raises:
        ValueError: it is none.
    """
    try:
        found = json.loads(visit.body or b"{}")
    except RecursionError as error:  # brackets without end
        raise ValueError("nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _json(value: object) -> Reply:
    content = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return Reply(200, _JSON, content, {"Cache-Control": "no-store"})


def _status(status: int) -> Reply:
    return Reply(status, _JSON, b"{}")
