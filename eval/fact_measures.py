"""Measures of an answer's text: facts, likeness to the gold, words as printed, figures supported.

All of them are pure, work on Chinese character by character, and lie between 0 and 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.figures import unsupported
from eval.matching import without_space
from eval.measures import f1
from eval.schema import Json

_MARK = re.compile(r"\[\d{1,3}\]")
# Between the cells of a table, so that the end of one and the start of the next make no fact.
_CELL_END = "\0"


def folded(text: str) -> str:
    """Text as facts are compared: NFKC, no white space (docs/evaluation.md).

    >>> folded("１ ： 2")
    '1:2'
    """
    return without_space(unicodedata.normalize("NFKC", text))


def characters(text: str) -> str:
    """Text as likeness is measured: no citation marks, punctuation or case either.

    >>> characters("医护比达到1：2。[1]")
    '医护比达到12'
    """
    plain = unicodedata.normalize("NFKC", _MARK.sub("", text)).lower()
    return "".join(char for char in plain if char.isalnum())


def fact_recall(facts: Sequence[Sequence[str]], text: str, cells: Sequence[str] = ()) -> float:
    """Fact recall: the share of facts of which some form stands in the text or in the table.

    ``|{f : some form of f is a substring}| / |facts|``, both after NFKC, without white space;
    docs/evaluation.md. The same idea as nugget recall: Voorhees, Overview of the TREC 2003 Question
    Answering Track (2003).

    >>> fact_recall([["1：2", "1比2"], ["左右"]], "达到1:2。")
    0.5
    """
    said = _CELL_END.join(folded(part) for part in (text, *cells))
    return sum(any(folded(form) in said for form in forms) for forms in facts) / len(facts)


def char_f1(answer: str, reference: str) -> float:
    """Character F1: overlap of the two bags of characters.

    ``P = |A ∩ R| / |A|, R = |A ∩ R| / |R|, F1 = 2PR / (P + R)`` over multisets. Rajpurkar et al.,
    SQuAD (EMNLP 2016), with characters for words, as is done for Chinese: Shao et al., DRCD (2018).

    >>> char_f1("达到1：2", "1：2")
    0.6666666666666666
    """
    given, wanted = Counter(characters(answer)), Counter(characters(reference))
    shared = (given & wanted).total()
    if not shared:
        return 0.0
    return f1(shared / given.total(), shared / wanted.total())


def rouge_l(answer: str, reference: str) -> float:
    """ROUGE-L on characters: F1 of the longest common subsequence.

    ``P = LCS / |A|, R = LCS / |R|, F = 2PR / (P + R)``. Lin, ROUGE: A Package for Automatic
    Evaluation of Summaries (2004), with β = 1.

    >>> rouge_l("甲乙丙", "甲丙")
    0.8
    """
    given, wanted = characters(answer), characters(reference)
    common = common_subsequence(given, wanted)
    return f1(common / len(given), common / len(wanted)) if common else 0.0


def common_subsequence(first: str, second: str) -> int:
    """Length of the longest common subsequence.

    Column by column in the bits of one integer: Hyyrö, Bit-parallel LCS-length Computation
    Revisited (2004); the table itself would take a second for two long texts.

    >>> common_subsequence("甲乙丙丁", "乙甲丁")
    2
    """
    places: dict[str, int] = {}
    for place, char in enumerate(first):
        places[char] = places.get(char, 0) | 1 << place
    whole = (1 << len(first)) - 1
    row = whole
    for char in second:
        matches = row & places.get(char, 0)
        row = ((row + matches) | (row - matches)) & whole
    return len(first) - row.bit_count()


def verbatim_rate(citations: Sequence[Json], texts: Mapping[str, str]) -> float:
    """Verbatim rate: the share of citations whose quote is ``source[start:end]``.

    White space aside. A quote that is empty, or from a file that is not there, is not verbatim.

    >>> verbatim_rate(
    ...     [{"source": "a.txt", "quote": "乙丙", "start": 1, "end": 4}], {"a.txt": "甲乙 丙"}
    ... )
    1.0
    """
    return sum(_is_verbatim(citation, texts) for citation in citations) / len(citations)


def figure_support(statements: Sequence[tuple[str, str]]) -> float | None:
    """Figure-support rate: the share of figures, 文号 and units that a cited clause holds.

    ``Σ (named − unsupported) / Σ named`` over statements, each with the clauses that it cites; None
    where no statement names any. What counts, and when two are the same, is the rule by which
    answers are checked before they are given (``assistant.figures``).

    >>> figure_support([("达到1：2，增长5%", "医护比达到1:2")])
    0.5
    """
    named = sum(len(unsupported(text, "")) for text, _ in statements)
    missing = sum(len(unsupported(text, evidence)) for text, evidence in statements)
    return 1 - missing / named if named else None


def _is_verbatim(citation: Json, texts: Mapping[str, str]) -> bool:
    source, start, end = (citation.get(name) for name in ("source", "start", "end"))
    quote = without_space(str(citation.get("quote", "")))
    if not isinstance(source, str) or source not in texts:
        return False
    if not isinstance(start, int) or not isinstance(end, int):
        return False
    return bool(quote) and 0 <= start < end and quote == without_space(texts[source][start:end])
