"""A small assistant for tests of the interface: the shipped corpus, and answers written by hand.

It has the methods that ``ui.service.AssistantService`` asks for. Citations are cut from the real
clauses, quotes from the real source, so that what the pages show is what the corpus gives them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.events import EndEvent, Event, events_of
from assistant.schema import Answer, Citation, Question, Statement, Table
from assistant.understanding import ScopeName, Understanding
from corpus.library import Library, read_library, shipped_documents
from corpus.schema import Clause, Document, Policy
from index.schema import Hit

RATIO_QUESTION = "安丘市公立医院医护比要达到多少？"
COMPARE_QUESTION = "对比各地到2025年的目标"
BROKEN_QUESTION = "让服务出故障"
SLOW_QUESTION = "慢慢回答：由谁负责？"
BUSY_QUESTION = "索引正在更新时问的"
MAX_CHARS = 2_000
PATIENCE_SECONDS = 120


class SampleService:
    """Answers a handful of questions by a word that stands in them; refuses the rest."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.go_on = threading.Event()  # what a slow answer waits for before its end
        self._library: Library = read_library([shipped_documents()])
        self._sources = {document.name: document.text for document in self._library.documents}
        self._clauses = {
            clause.clause_id: clause
            for policy in self._library.policies
            for clause in policy.clauses
        }

    def policies(self) -> Sequence[Policy]:
        return self._library.policies

    def clause(self, clause_id: str) -> Clause | None:
        return self._clauses.get(clause_id)

    def document(self, name: str) -> Document | None:
        return next((item for item in self._library.documents if item.name == name), None)

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        text = question.text
        blank = Answer(question.id, text, text, "error", seconds={"total": 0.01})
        if len(text) > MAX_CHARS:
            return replace(blank, error=f"问题有 {len(text)} 个字符，超过上限 {MAX_CHARS}。")
        if text == BUSY_QUESTION:
            return replace(blank, error="索引正在更新，请过一会儿再问。")
        if text == BROKEN_QUESTION:
            raise RuntimeError("the sample service breaks on purpose")
        for word, answer in (
            ("医护比", self._ratio),
            ("负责", self._units),
            ("对比", self._comparison),
            ("护士", self._which),
            ("天气", _out_of_scope),
        ):
            if word in text:
                return answer(blank)
        return self._unknown(blank)

    def stream(self, question: Question) -> Iterator[Event]:
        for event in events_of(self.ask(question)):
            if question.text == SLOW_QUESTION:
                _take_time(event, self.go_on)
            yield event

    def understand(self, answer: Answer) -> Understanding:
        """One name that can be changed, and one question to go on with."""
        name = ScopeName("place", "安丘市", "", answer.standalone_question[3:], ("聊城市",))
        names = (name,) if answer.standalone_question.startswith("安丘市") else ()
        return Understanding(names, places=("安丘市", "聊城市"), follow_ups=(RATIO_QUESTION,))

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        return _nearest(self._library, question.text)[:top_k]

    def cite(self, number: int, clause_id: str, words: str) -> Citation:
        """A citation of the clause that quotes ``words`` as the file has them."""
        clause = self._clauses[clause_id]
        policy = next(p for p in self._library.policies if p.policy_id == clause.policy_id)
        at = clause.text.index(words)
        start, end = clause.source_span(at, at + len(words))
        return Citation(
            number=number,
            clause_id=clause_id,
            policy_id=clause.policy_id,
            title=policy.title.value,
            document_number=policy.document_number.value if policy.document_number else None,
            label=clause.label,
            path=clause.path,
            quote=self._sources[policy.source][start:end],
            start=start,
            end=end,
            clause_text=clause.text,
            responsible_units=tuple(unit.printed for unit in clause.units),
            source=policy.source,
            url=f"/clauses/{clause_id}",
        )

    def _ratio(self, blank: Answer) -> Answer:
        words = "增加护士配备，逐步推动公立医院医护比总体达到1：2左右。"
        return replace(
            blank,
            status="answered",
            text=f"{words}[1]",
            statements=(Statement(words, (1,)),),
            citations=(self.cite(1, "anqiu-2024-21/2.4.1", words),),
            confidence=0.93,
        )

    def _units(self, blank: Answer) -> Answer:
        words = "组建由市人民医院、市中医院牵头的紧密型县域医共体"
        pay = "推广公立医院薪酬制度改革试点经验"
        return replace(
            blank,
            status="answered",
            standalone_question="安丘市公立医院医护比由哪些单位负责？",
            text=f"{words}。[1]\n{pay}，由市人社局、市卫健局、市财政局负责。[2][9]",
            statements=(Statement(words, (1,)), Statement(pay, (2,))),
            citations=(
                self.cite(1, "anqiu-2024-21/2.1.2", words),
                self.cite(2, "anqiu-2024-21/2.4.2", pay),
            ),
        )

    def _comparison(self, blank: Answer) -> Answer:
        goal = "通过5年努力，力争实现公立医院发展方式从规模扩张转向提质增效"
        ratio = "医护比总体达到1：2左右"
        return replace(
            blank,
            status="answered",
            text="安丘市两项目标如下，其余文件未提及。[1][2]",
            table=Table(
                columns=("目标", "要求", "期限"),
                rows=(
                    ("发展方式", "从规模扩张转向提质增效", "5年"),
                    ("医护比", "总体达到1：2左右", "文件未提及"),
                    ("床位利用率", "不低于85%", "2025年底前"),
                ),
                citations=((1,), (2,)),
            ),
            citations=(
                self.cite(1, "anqiu-2024-21/1.2", goal),
                self.cite(2, "anqiu-2024-21/2.4.1", ratio),
            ),
        )

    def _which(self, blank: Answer) -> Answer:
        return replace(
            blank,
            status="clarify",
            text="几份文件都提到护士配备，要求不同。请问您要查哪一地的？",
            choices=(RATIO_QUESTION, "安丘市公立医院薪酬制度改革由谁负责？"),
            nearest=(self.cite(1, "anqiu-2024-21/2.4.1", "增加护士配备"),),
        )

    def _unknown(self, blank: Answer) -> Answer:
        return replace(
            blank,
            status="refused",
            reason="not_in_corpus",
            text="查找了收录的 12 份文件，没有一份能回答这个问题。",
            nearest=(
                self.cite(1, "anqiu-2024-21/1.2", "力争实现公立医院发展方式"),
                self.cite(2, "anqiu-2024-21/2.4.2", "推广公立医院薪酬制度改革试点经验"),
            ),
        )


def _take_time(event: Event, go_on: threading.Event) -> None:
    if isinstance(event, EndEvent):
        go_on.wait(PATIENCE_SECONDS)
    time.sleep(0.2)  # so that pieces are shown one by one


def _out_of_scope(blank: Answer) -> Answer:
    text = "这里只回答收录的政策文件写了什么，天气不在其中。"
    return replace(blank, status="refused", reason="out_of_scope", text=text)


def _nearest(library: Library, words: str) -> list[Hit]:
    """All clauses, first those that share most characters with the words."""
    wanted = set(words)
    scored = [
        (len(wanted & set(clause.text)), clause, policy)
        for policy in library.policies
        for clause in policy.clauses
    ]
    best = sorted(scored, key=lambda entry: -entry[0])
    return [
        Hit(rank, float(score), clause, policy)
        for rank, (score, clause, policy) in enumerate(best, start=1)
    ]
