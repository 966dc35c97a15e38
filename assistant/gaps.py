"""What a question asks for and the documents in its scope do not give; pure.

Each is a rule of form, not of topic: a list that is only named (十大功能定位), a basis that is not
stated, a heading with nothing below it, an annex that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.asking import asking_part
from assistant.extractive import Candidate
from assistant.language import HAN_PAIR, language
from assistant.question import Reading
from assistant.tabled import with_units
from corpus.markers import marker_of
from corpus.metadata import NUMBER
from corpus.numerals import parse_number
from corpus.schema import Clause, Policy
from index.folding import fold

# 七项能力, 十大功能定位, “2+3”健康服务包: a number, and a noun that counts as its name.
# Without quotation marks only behind a measure word of names: 三级医院 and 三年攻坚 count nothing.
_COUNT = r"(?P<count>\d\+\d|\d{1,2}|[二两三四五六七八九十]{1,3})"
_COUNTED = (
    re.compile(rf"[“\"「『]{_COUNT}(?P<noun>[^“”\"「」『』，。]{{1,8}})[”\"」』]"),
    re.compile(rf"{_COUNT}(?P<noun>[大项][\u4e00-\u9fff]{{2,6}})"),
    re.compile(r"[“\"「『](?P<count>\d\+\d)[”\"」』](?P<noun>[\u4e00-\u9fff]{0,4})"),
)
_ASKS_FOR_ITEMS = re.compile(r"哪|分别|逐[条一个项]|都是|列|具体")
_ITEM_AHEAD = re.compile(r"[:：(（]|包括|包含|即|分别|是指|就是|一是")
_REACH = 160  # characters before and behind the name within which its items may stand
_FAR = 3000  # likewise for items that are paragraphs of their own
_AHEAD = 14
_SAYS = re.compile(r"[，,；;]|[：:][^：:]{4}|\d|应当|必须|不得|可以|由")
_BETWEEN = re.compile(r"[、;；]|和|以?及|与")

# 设在哪六所小学, 那120个病种都是哪些: things that are counted, asked for one by one.
_NUMBER = r"(?:\d+|[二两三四五六七八九十百]+)"
_SOME = "若干"
_MEASURE = "[所家个座名位处条种门项味类款支件张例]"
_ASKS_WHICH = (
    re.compile(rf"哪(?P<count>{_NUMBER}|几|些)(?P<measure>{_MEASURE})"),
    re.compile(
        rf"(?P<count>{_NUMBER})(?:多|余)?(?P<measure>{_MEASURE})[^，。？?]{{0,14}}"
        r"(?:都?(?:是|有|包括|叫|给|在)?了?(?:哪|什么|啥)|名单|名称|目录|清单)"
    ),
)
_NO_TIME = r"(?![月年日天]|工作日|小时|百分点)"  # 12个月 counts nothing that has a name
_LISTED_BEHIND = re.compile("[、:：《]|一是")
_ROW = re.compile(r"(?:[^、，,。；;]{1,12}、){2,}[^，,。；;]*")
_BESIDE = 24  # characters beside a count within which its items are listed
_MANY = 3
_KNOWN = 0.34  # of the pairs of characters asked about


def is_only_named(reading: Reading, best: Clause, policy: Policy) -> bool:
    """Whether the items of a counted name are asked for, and the clause has but the name."""
    question = fold(reading.question.text)
    if not _ASKS_FOR_ITEMS.search(question):
        return False
    text = fold(best.text)
    children = [c for c in policy.clauses if c.parent_id == best.clause_id]
    behind = fold("\n".join(_texts_behind(best, policy)))
    for match in (found for pattern in _COUNTED for found in pattern.finditer(question)):
        name, count = _name_in(match, text), _count(match["count"])
        # Where several bear the name (临床、急救、资源“五大中心”) they are what is asked for.
        if name and count >= 3 and len(children) < count and text.count(name) == 1:
            at = text.find(name)
            near = text[max(0, at - _REACH) : at]
            return not _gives_items(near, text[at + len(name) :] + behind, name, count)
    return False


def only_counts(reading: Reading, said: Iterable[str], best: str) -> bool:
    """Whether things are asked for one by one, and what would be said only counts them.

    Args:
        reading: the question.
        said: what would be said.
        best: the sentence that answers best; one that lists things is not asked what it counts.
    """
    question = fold(asking_part(reading.question.text))
    if _is_list(fold(best)):
        return False
    texts = [fold(text) for text in said]
    asked = [match for pattern in _ASKS_WHICH for match in pattern.finditer(question)]
    if any(_lists(question[match.end("measure") :][:1], text) for match in asked for text in texts):
        return False
    return any(_is_only_counted(match, texts) for match in asked)


def _lists(noun: str, text: str) -> bool:
    """Whether several things in a row are called by the noun that is asked for: 急诊科、儿科."""
    rows = (row[0] for row in _ROW.finditer(text))
    return bool(noun.strip()) and any(row.count(noun) >= _MANY - 1 for row in rows)


def _is_list(text: str) -> bool:
    """Whether a sentence lists things and counts none."""
    counted = re.search(rf"{_NUMBER}(?:多|余)?{_MEASURE}{_NO_TIME}", text)
    return counted is None and text.count("、") >= _MANY - 1


def _is_only_counted(asked: re.Match[str], texts: Sequence[str]) -> bool:
    count = _count(asked["count"])
    listed = []
    # 三个公园: 公园3处. Of a number that is not told, only by the measure word that asks.
    measure = rf"(?:{_MEASURE if count else asked['measure']}){_NO_TIME}"
    for text in texts:
        for match in re.finditer(rf"({_NUMBER}|{_SOME})(?:多|余)?{measure}", text):
            found = _MANY if match[1] == _SOME else _count(match[1])
            if found >= _MANY and count in (0, found):
                before = text[max(0, match.start() - _BESIDE) : match.start()]
                behind = text[match.end() : match.end() + _BESIDE]
                listed.append("、" in before or _LISTED_BEHIND.search(behind) is not None)
    return bool(listed) and not any(listed)


def lacks_basis(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether the basis of one document is asked for that states none."""
    if reading.kind != "basis" or len(reading.scope.policy_ids) != 1:
        return False
    return not candidates[0].hit.policy.basis and "《" not in candidates[0].text


def is_bare_heading(candidates: Sequence[Candidate]) -> bool:
    """Whether the best clause is a heading below which the document has nothing."""
    best = candidates[0].hit.clause
    policy = candidates[0].hit.policy
    heading = best.path[-1] if best.path else ""
    below = any(clause.parent_id == best.clause_id for clause in policy.clauses)
    # （二）每周五报送周报，2小时内报告。 is the head of nothing, and says what it says.
    marker = marker_of(best.text)
    says = _SAYS.search(best.text, marker.length if marker else 0) is not None
    bare = best.text.rstrip("。") == heading.rstrip("。")
    return bool(heading) and not below and not says and bare


def lacks_detail(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether a detail is asked for that the clause of the best sentence does not give."""
    question = fold(reading.question.text)
    best = candidates[0].hit
    texts = [fold(with_units(best.clause, best.policy))]
    texts += [fold(_text_of(c)) for c in candidates[1:6] if c.hit.clause is not best.clause]
    evidence = "\n".join(NUMBER.sub(" ", text) for text in texts)
    return any(
        detail.asked.search(question) and not detail.found.search(evidence)
        for detail in language().details
    )


def is_contact_of_another(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether a body is to be reached that a document with other contacts never names."""
    best = candidates[0].hit
    if "contact" not in reading.cues or reading.scope.policy_ids or best.clause.kind == "条":
        return False
    asked = set(HAN_PAIR.findall(fold(reading.topic)))
    told = (best.policy.title.value, *(fact.value for fact in best.policy.issuers))
    said = set(HAN_PAIR.findall(fold(" ".join((*told, *best.clause.path, best.clause.text)))))
    return len(asked) >= _MANY and len(asked & said) < _KNOWN * len(asked)


def _text_of(candidate: Candidate) -> str:
    clause = candidate.hit.clause
    return with_units(clause, candidate.hit.policy) if clause.kind == "表行" else candidate.text


def _name_in(match: re.Match[str], text: str) -> str:
    """The counted name as far as a text has it, whose noun may run on into the question."""
    whole = match[0].strip('“”"「」『』')
    for end in range(len(whole), len(match["count"]) + 1, -1):
        if whole[:end] in text:
            return whole[:end]
    return ""


def _count(text: str) -> int:
    if "+" in text:
        return sum(map(int, text.split("+")))
    return parse_number(text.replace("两", "二")) or 0


def _gives_items(before: str, behind: str, name: str, count: int) -> bool:
    """Whether as many items as are counted stand around a name."""
    sentence = re.split(r"[。;；\n]", before)[-1]
    ahead = re.split(r"[。\n]", behind[:_REACH])[0]
    listed = max(len(_BETWEEN.findall(sentence)), len(_BETWEEN.findall(ahead)))
    pieces = re.split(r"(?<=[。;；:：\n])", behind[:_FAR])
    marked = sum(marker_of(piece) is not None for piece in pieces)
    # 十大中心: 公卫管理中心。… 医疗质量管理中心。…
    named = sum(piece.rstrip("。;；:：\n").endswith(name[-2:]) for piece in pieces)
    announced = _ITEM_AHEAD.search(behind[:_AHEAD]) is not None
    return max(listed, marked, named) >= count - 1 or (announced and listed + marked >= 2)


def _texts_behind(clause: Clause, policy: Policy) -> list[str]:
    """The texts that follow a clause, as far as items may reach."""
    ids = [other.clause_id for other in policy.clauses]
    first = ids.index(clause.clause_id) + 1
    return [other.text for other in policy.clauses[first : first + 20]]
