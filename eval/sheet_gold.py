"""A user's own questions, from the rows of a sheet to gold records; pure.

What a person writes (a question, the answer that is expected, the clause it stands in) becomes what
is scored without a judge: the clause as evidence, the figures and names of the answer as facts.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from assistant.figures import document_numbers_of
from eval.clause_references import ReferenceUnclear, evidence_of
from eval.matching import without_space
from eval.schema import Corpus, Evidence, Gold, GoldFile, GoldRecord
from eval.sheets import Row, SheetInvalid, read_rows, sheet_words
from eval.wording import load_wording
from index.folding import fold

_CELL_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!")

_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,40})[”」』》]")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?[:：∶]\d+(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?[%％‰个名人家所张年项条天日次倍元]?"
)
# A short answer is one fact as it stands; of a longer one only figures and names can be looked for.
_SHORT_ANSWER = 20
# Of an answer without figures: so many characters at least, so many runs at most.
_MIN_RUN, _MAX_RUNS = 5, 4
_SEPARATOR = re.compile(r"[\n；;]+")


def read_sheet(path: Path, corpus: Corpus) -> Gold:
    """The gold records of an Excel or CSV file, with evidence from the corpus.

    Raises:
        SheetInvalid: names file, sheet, row and column of everything that cannot be used.
    """
    records = tuple(records_of(read_rows(path), corpus))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Gold(records, (GoldFile(path.name, digest, len(records)),))


def records_of(rows: Iterable[Row], corpus: Corpus) -> list[GoldRecord]:
    """Rows to gold records, in order.

    Raises:
        SheetInvalid: as for ``read_sheet``.
    """
    records: list[GoldRecord] = []
    problems: list[str] = []
    places: dict[str, str] = {}
    for row in rows:
        record = _record(row, corpus, problems)
        place = row.place("id")
        if record.id in places:
            first = places[record.id]
            problems.append(f"{place}: the id '{record.id}' is that of {first}; change one")
        places[record.id] = place
        records.append(record)
    if problems:
        raise SheetInvalid(problems)
    return records


def _record(row: Row, corpus: Corpus, problems: list[str]) -> GoldRecord:
    """The record of a row; what is wrong with it is added to the problems."""
    problems += [
        f"{row.place(column)}: the formula gives {text}; correct it"
        for column, text in row.cells.items()
        if text in _CELL_ERRORS
    ]
    if not row.cells["question"]:
        problems.append(f"{row.place('question')}: no question; write it, or clear the row")
    kind = _type(row, problems)
    answerable = kind != "unanswerable"
    evidence = _evidence(row, corpus, problems) if answerable else []
    return GoldRecord(
        id=_id(row),
        type=kind,
        question=row.cells["question"],
        answerable=answerable,
        evidence=tuple(evidence),
        facts=tuple(_facts(row, evidence, problems)) if evidence else (),
        history=tuple(_parts(row.cells.get("history", ""))),
        answer=row.cells["answer"] if answerable else "",
        note=row.cells.get("note", ""),
    )


@functools.cache
def type_names() -> dict[str, str]:
    """The types of questions as officials name them, by the names of the gold format."""
    return dict(load_wording("zh").groups["types"])


def _type(row: Row, problems: list[str]) -> str:
    given = fold(row.cells.get("type", ""))
    has_history = bool(row.cells.get("history"))
    kind = "followup" if has_history else "fact"
    if given:
        names = type_names()
        kind = next((kind for kind, name in names.items() if given in (kind, fold(name))), "")
        known = "、".join(names.values())
        if not kind:
            problems.append(f"{row.place('type')}: no type '{given}'; write one of {known}")
        elif has_history != (kind == "followup"):
            problems.append(f"{row.place('type')}: 追问 and a column 上文 go together; correct one")
    elif any(_says_nothing(row.cells[name]) for name in ("answer", "clause")):
        kind = "unanswerable"
    return kind


def _says_nothing(text: str) -> bool:
    """Whether a cell says that the documents do not answer."""
    words: list[str] = sheet_words()["words"]["unanswerable"]
    return fold(text) in words


def _id(row: Row) -> str:
    """The row's own id without white space, which ends a field of a run file; else its place."""
    given = "-".join(row.cells.get("id", "").split())
    return given or f"{row.sheet_number}-{row.number:04d}"


def _evidence(row: Row, corpus: Corpus, problems: list[str]) -> list[Evidence]:
    reference = row.cells["clause"]
    if not reference:
        problems.append(
            f"{row.place('clause')}: empty; write the clause, its words, or 无 where none answers"
        )
        return []
    try:
        return evidence_of(reference, corpus, document=row.cells.get("document", ""))
    except ReferenceUnclear as error:
        problems.append(f"{row.place('clause')}: {error}")
        return []


def _facts(row: Row, evidence: Sequence[Evidence], problems: list[str]) -> list[tuple[str, ...]]:
    """What the answer must hold: the column of facts, else what the expected answer pins down."""
    if row.cells.get("facts"):
        forms = [part.split("|") for part in _parts(row.cells["facts"])]
        return [tuple(form.strip() for form in part if form.strip()) for part in forms]
    answer = row.cells["answer"]
    if len(answer) <= _SHORT_ANSWER:
        facts = [answer.rstrip("。.")] if answer else []
    else:
        facts = _pinned(answer) or _shared(answer, "".join(item.quote for item in evidence))
    if not facts:
        what = "no answer" if not answer else "no figure, name or words of the clause in the answer"
        problems.append(f"{row.place('answer')}: {what}; write it, or a column 要点")
    return [(fact,) for fact in facts]


def _pinned(answer: str) -> list[str]:
    """Names in quotation marks, 文号, dates and figures of an answer."""
    names = [match[1] for match in _QUOTED.finditer(answer)]
    names += sorted(number for number in document_numbers_of(answer) if number in answer)
    rest = answer
    for name in names:
        rest = rest.replace(name, " ")
    dates = [match[0] for match in _DATE.finditer(rest)]
    figures = [match[0].strip() for match in _FIGURE.finditer(_DATE.sub(" ", rest))]
    return list(dict.fromkeys(names + dates + figures))


def _shared(answer: str, quotes: str) -> list[str]:
    """The longest runs that an answer has in common with its clauses, in the answer's order."""
    plain = without_space(answer)
    matcher = SequenceMatcher(None, plain, without_space(quotes), autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _MIN_RUN]
    longest = sorted(blocks, key=lambda block: -block.size)[:_MAX_RUNS]
    runs = [plain[block.a : block.a + block.size] for block in sorted(longest)]
    return [run.strip("，。、；：") for run in runs]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
