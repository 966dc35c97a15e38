"""What a document leaves out: one of a series, a matter that it is not for; pure.

A table with X01, X02 and X03 has nothing on X04, and what is ruled for 三级手术 and 四级手术 is not
ruled for 二级手术. A regulation that 不适用 to 工业用热 gives rules
that a question about it must not be answered with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.asked_values import pieces_with_value
from assistant.question import Reading
from corpus.numerals import parse_number
from corpus.schema import Policy
from index.folding import fold
from index.glossary import synonyms
from index.wordbook import is_english
from index.words import pairs_of

_CODE = re.compile(r"(?<![a-z\d])(?P<letters>[a-z]{1,3})-?(?P<digits>\d{1,5})(?![\d.%a-z])")
_LETTERS = re.compile(r"(?<![a-z\d])[a-z]{2,6}(?![a-z\d])")
_MIN_CODES = 2  # of one form, that make a series
# 第二批, 二级手术: one of a series, by its number; and words that speak of several of them.
_MEMBER = re.compile(
    r"第(?P<rank>[一二三四五六七八九十\d]{1,3})(?P<of>[批期届轮])"
    r"|(?<![第\d一二三四五六七八九十])(?P<grade>[一二三四五六七八九十])(?P<grade_of>[级类档][\u4e00-\u9fff]{2})"
)
_SEVERAL = re.compile(
    r"各[批期届轮级类档]|每[批期届轮]|[批期届轮级类档](?:及|或|和|、|至|到)?(?:以[上下]|之后|以后)"
    r"|逐[批期级]|首[批期届]|\d[至到—-]"
)
_EXCLUDES = re.compile(r"不适用")
_ELSEWHERE = re.compile(r"(?:依照|按照|适用)(?:其他)?(?:国家)?有关(?:法律|规定|法规)[^。；;]*执行")
_ON_IT = 2  # pairs of characters that a question and a piece share
_RUN = 4  # characters that a question shares with such a sentence
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"[。；;\n]")
_PIECE = re.compile(r"[,，。；;\n]")


def asks_for_missing_code(reading: Reading, policy: Policy) -> bool:
    """Whether a code is asked for of a series that the document has without it."""
    asked = set(_codes(fold(reading.question.text)))
    if not asked:
        return False
    held = {code for clause in policy.clauses for code in _codes(fold(clause.text))}
    for letters, digits in asked - held:
        series = [code for code in held if code[0] == letters and len(code[1]) == len(digits)]
        if len(series) >= _MIN_CODES:
            return True
    return False


def asks_of_missing_abbreviation(reading: Reading, policies: Iterable[Policy]) -> bool:
    """Whether something is asked about by letters (MDT) that no document has, in words neither."""
    asked = fold(reading.scope.rest)
    if is_english(asked):
        return False
    texts = [fold(clause.text) for policy in policies for clause in policy.clauses]
    for match in _LETTERS.finditer(asked):
        words = synonyms().get(match[0], ())
        if words and not any(word in text for text in texts for word in (match[0], *words)):
            return True
    return False


def asks_for_missing_member(reading: Reading, said: Sequence[str], policy: Policy) -> bool:
    """Whether one of a series is asked for, and what would be said is on others of it alone."""
    question = fold(reading.question.text)
    for name in reading.scope.names:
        question = question.replace(name, " ")
    asked = dict(_members(question))
    # A wrong premise (每家一级医院都配) is put right by what holds for the others.
    if reading.kind not in ("number", "date") or len(asked) != 1:
        return False
    (member,) = asked.items()
    document = fold("\n".join((policy.title.value, *(c.text for c in policy.clauses))))
    if member not in _members(document):
        return _is_on_others(member, fold("\n".join(said)))
    # 三级医院预约诊疗率达50%: of another member the document says other things.
    topic = set(pairs_of(fold(reading.topic))) - set(pairs_of("".join(map(str, member))))

    def on_it(piece: str) -> int:
        return len(topic & set(pairs_of(piece)))

    pieces = pieces_with_value(reading, said)
    most = max(map(on_it, pieces), default=0)
    nearest = [piece for piece in pieces if on_it(piece) == most]
    if most < _ON_IT or any(member in _members(piece) for piece in pieces):
        return False
    if not all(_is_on_others(member, piece) for piece in nearest):
        return False
    return not any(
        on_it(piece) >= most
        for piece in _PIECE.split(document)
        if member in _members(piece) or _SEVERAL.search(piece)
    )


def _is_on_others(member: tuple[str, int], text: str) -> bool:
    """Whether a text names members of the series, and neither this one nor several at once."""
    told = {number for series, number in _members(text) if series == member[0]}
    return bool(told) and member[1] not in told and not _SEVERAL.search(text)


def asks_of_excluded(reading: Reading, said: Iterable[str], policy: Policy) -> bool:
    """Whether a word of the question stands only where the document says what it is not for."""
    text = fold("\n".join(said))
    sentences = [
        sentence
        for clause in policy.clauses
        for sentence in _SENTENCE.split(fold(clause.text))
        if sentence
    ]
    if _asks_of_elsewhere(reading, sentences, text):
        return True
    excluding = "\n".join(s for s in sentences if _EXCLUDES.search(s))
    if not excluding or _EXCLUDES.search(text):
        return False
    rest = "\n".join(s for s in sentences if not _EXCLUDES.search(s)) + fold(policy.title.value)
    pairs = {
        run[at : at + 2] for run in _HAN.findall(fold(reading.topic)) for at in range(len(run) - 1)
    }
    return any(pair in excluding and pair not in rest for pair in pairs)


def _asks_of_elsewhere(reading: Reading, sentences: Sequence[str], said: str) -> bool:
    """Whether a run of the question stands only where other law is said to rule it."""
    sent = "\n".join(s for s in sentences if _ELSEWHERE.search(s))
    if not sent or _ELSEWHERE.search(said):
        return False
    rest = "\n".join(s for s in sentences if not _ELSEWHERE.search(s))
    runs = {
        run[at : at + _RUN]
        for run in _HAN.findall(fold(reading.topic))
        for at in range(len(run) - _RUN + 1)
    }
    return any(run in sent and run not in rest for run in runs)


def _members(text: str) -> Iterator[tuple[str, int]]:
    """Series with the numbers of those of their members that a text names."""
    for match in _MEMBER.finditer(text):
        number = parse_number(match["rank"] or match["grade"])
        if number:
            yield match["of"] or match["grade_of"], number


def _codes(text: str) -> Iterator[tuple[str, str]]:
    for match in _CODE.finditer(text):
        yield match["letters"], match["digits"]
