"""Two statutes and two plans of our own, and questions that are put to their clauses."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answers import found
from assistant.citations import Citer
from assistant.findings import Finding, Material
from assistant.question import read_question
from assistant.schema import Answer, Question
from assistant.scope import Shelf
from assistant.specialists import special_finding
from corpus.library import Library, read_library
from index.words import Words

TEXTS = {
    "lamps": """清河市路灯管理条例
第一章 总则
第一条 为了加强路灯管理，制定本条例。
第二条 本条例所称路灯，是指城市道路的照明设施。
第二章 管理
第三条 市城市管理部门负责路灯的维护。
路灯熄灭的，应当自接到报告之日起三日内修复。
路灯管理不得有下列行为：
（一）在灯杆上搭线；
（二）遮挡灯具。
第四条 违反本条例第三条规定的，处五百元罚款。
""",
    "dogs": """东山市养犬管理办法
第一条 为了规范养犬行为，制定本办法。
第二条 养犬人应当为犬只办理登记。
第三条 公安机关负责犬只登记。
""",
    "trees": """清河市城市绿化工作方案
清政办〔2024〕3号
一、总体要求
（一）指导思想。坚持绿色发展。
（二）工作目标。到2025年，城市绿化覆盖率达到42%。
二、重点任务
（一）增加公园绿地
1.建设口袋公园。每年新建口袋公园20个。（责任单位：市园林局、市财政局）
2.修补行道树。补植行道树5000株。（牵头单位：市园林局；配合单位：市水利局）
（二）加强养护
1.定期修剪。每年修剪两次。（责任单位：市园林局）
三、保障措施
（一）落实资金。市财政局负责安排资金。
""",
    "parks": """东山市城市绿化实施方案
东政办〔2025〕8号
一、总体要求
（一）工作目标。到2026年，城市绿化覆盖率达到45%以上。
二、主要任务
（一）建设绿道。新建绿道30公里。（责任单位：市园林局）
（二）养护树木。每年修剪一次。
""",
}


@cache
def library() -> Library:
    """The texts as they are read."""
    with TemporaryDirectory() as folder:
        for name, text in TEXTS.items():
            (Path(folder) / f"{name}.txt").write_text(text, "utf-8")
        return read_library([Path(folder)])


@cache
def words() -> Words:
    """The cutter of words, whose dictionary takes a second to load."""
    return Words()


@cache
def shelf() -> Shelf:
    """The policies by their names."""
    texts = [clause.text for policy in library().policies for clause in policy.clauses]
    return Shelf(library().policies, texts, words=words().cut)


def material_of(question: str, *history: str) -> Material:
    """A question as it is read, with all policies."""
    reading = read_question(Question(question, history=history), shelf())
    return Material(reading, {p.policy_id: p for p in library().policies}, words().cut)


def finding_of(question: str, *history: str) -> Finding | None:
    """What the specialists make of a question."""
    return special_finding(material_of(question, *history))


def answer_to(question: str, *history: str) -> Answer:
    """The answer of the specialist whose question it is."""
    material = material_of(question, *history)
    finding = special_finding(material)
    assert finding is not None, question
    documents = {document.name: document for document in library().documents}
    return found(material.reading, finding, Citer(material.policies, documents))


def cited(answer: Answer) -> list[str]:
    """Ids of the clauses that an answer cites."""
    return [citation.clause_id for citation in answer.citations]
