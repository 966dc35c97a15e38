"""The judge: asked once, believed only in the form asked for, and held against the rules."""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import Settings
from eval.commands import unseen
from eval.endpoint import Server
from eval.errors import SystemFailed
from eval.judge import Opinion, agreements, cohens_kappa, judge, opinion_of, sample
from eval.report_commands import REPORT_COMMANDS
from eval.report_options import add_report_commands
from tests.sample_gold import make_run, perfect, silent, wrong

verdicts = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=20)


class ChatServer(ThreadingHTTPServer):
    """An OpenAI-compatible endpoint that says what it is told to."""

    reply = '{"faithful": true, "correct": true}'

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body["messages"][1]["content"])
        message = {"choices": [{"message": {"content": self.server.reply}}]}
        content = json.dumps(message if self.server.reply else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    with ChatServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def test_an_answer_is_judged_once(tmp_path: Path, chat: ChatServer) -> None:
    rows = make_run(tmp_path / "run", perfect).rows
    chosen = sample(rows, size=50, seed=1)
    assert [row.id for row in chosen] == ["q1", "q2", "q3", "q4"]
    server, cache = Server(f"{chat.url}/chat/completions"), tmp_path / "cache.jsonl"
    first = judge(chosen, server, model="m", cache=cache, progress=no_progress)
    assert first == [Opinion(row.id, True, True) for row in chosen]
    assert len(chat.asked) == 4
    case = json.loads(chat.asked[0])
    assert case["gold"] == {"clauses": ["到2025年，医护比总体达到1：2左右"], "facts": ["1：2"]}
    assert judge(chosen, server, model="m", cache=cache, progress=no_progress) == first
    assert len(chat.asked) == 4
    cache.write_text(cache.read_text("utf-8")[:-10], "utf-8")  # as a kill leaves it
    for _ in range(2):
        assert judge(chosen, server, model="m", cache=cache, progress=no_progress) == first
        assert len(chat.asked) == 5
    judge(chosen, server, model="other", cache=cache, progress=no_progress)
    assert len(chat.asked) == 9


def test_a_sample_is_drawn_the_same_each_time(tmp_path: Path) -> None:
    rows = make_run(tmp_path / "wrong", wrong).rows
    first = [row.id for row in sample(rows, size=3, seed=1)]
    assert first == [row.id for row in sample(rows, size=3, seed=1)] == sorted(first)
    assert len(first) == 3
    assert sample(make_run(tmp_path / "silent", silent).rows, size=3, seed=1) == []


def test_a_reply_without_a_message_is_an_error(tmp_path: Path, chat: ChatServer) -> None:
    chat.reply = ""
    chosen = sample(make_run(tmp_path / "run", perfect).rows, size=1, seed=1)
    server = Server(f"{chat.url}/chat/completions")
    with pytest.raises(SystemFailed, match="holds no message"):
        judge(chosen, server, model="m", cache=tmp_path / "c", progress=no_progress)


@pytest.mark.parametrize(
    ("reply", "faithful", "correct"),
    [
        ('{"faithful": false, "correct": true} and more {', False, True),
        ('```json\n{"correct": false, "faithful": true}\n```', True, False),
        ('{"faithful": "yes", "correct": 1}', None, None),
        ('{"faithful": true', None, None),
        ("I think so.", None, None),
        ("", None, None),
    ],
)
def test_only_true_and_false_are_opinions(reply: str, faithful: object, correct: object) -> None:
    assert opinion_of("q", reply) == Opinion("q", faithful, correct)  # type: ignore[arg-type]


@given(st.text())
def test_any_reply_gives_an_opinion(reply: str) -> None:
    assert opinion_of("q", "{" + reply).id == "q"


def test_agreement_is_with_the_rules(tmp_path: Path) -> None:
    rows = make_run(tmp_path / "wrong", wrong).rows
    opinions = [Opinion(row.id, None, row.id == "q1") for row in rows]
    faithful, correct = agreements(rows, opinions)
    assert (faithful.n, faithful.unusable, faithful.equal) == (0, 6, None)
    assert (correct.n, correct.unusable, correct.rule) == (6, 0, 0)
    assert correct.judge == pytest.approx(1 / 6)
    assert correct.equal == pytest.approx(5 / 6)
    assert correct.kappa == pytest.approx(0)


@given(verdicts)
def test_kappa_is_at_most_one_and_symmetric(pairs: list[tuple[bool, bool]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    kappa = cohens_kappa(first, second)
    assert kappa == cohens_kappa(second, first)
    if kappa is not None:
        assert -1 <= kappa <= 1
    if len(set(first)) == 2:
        assert cohens_kappa(first, first) == pytest.approx(1)


def test_the_command_says_how_far_it_agrees(tmp_path: Path, chat: ChatServer) -> None:
    make_run(tmp_path / "run", wrong)
    parser = argparse.ArgumentParser()
    add_report_commands(parser.add_subparsers())
    arguments = ["judge", str(tmp_path / "run"), "--endpoint", chat.url, "--model", "m"]
    options = parser.parse_args(arguments)
    lines: list[str] = []
    assert REPORT_COMMANDS["judge"](options, Settings(), lines.append, unseen) == 0
    assert lines[1] == (
        "correct   judged 6, unusable 0; approved by the judge 1.00, by the rule 0.00; "
        "equal 0.00, kappa 0.00"
    )
    found = json.loads((tmp_path / "run" / "judge.json").read_text("utf-8"))
    assert [each["about"] for each in found["agreement"]] == ["faithful", "correct"]
    assert len(found["opinions"]) == 6
