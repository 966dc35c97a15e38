"""Citations of the shipped clauses; statements that their clauses do not bear out are withheld."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import Citer, DraftStatement, Quote
from corpus.library import Library
from corpus.schema import Clause
from corpus.sentences import split_sentences
from tests.contract import squeezed, words_of


class Sentences(list[Quote]):
    """Every sentence of every clause; short in the report of a property that failed."""

    def __repr__(self) -> str:
        return f"<{len(self)} sentences>"


@pytest.fixture(scope="module")
def clauses(library: Library) -> dict[str, Clause]:
    return {clause.clause_id: clause for policy in library.policies for clause in policy.clauses}


@pytest.fixture(scope="module")
def sentences(clauses: dict[str, Clause]) -> Sentences:
    return Sentences(
        Quote(clause, sentence.start, sentence.end)
        for clause in clauses.values()
        for sentence in split_sentences(clause.text)
    )


@pytest.fixture(scope="module")
def citer(library: Library) -> Citer:
    return Citer(
        {policy.policy_id: policy for policy in library.policies},
        {document.name: document for document in library.documents},
    )


def words(clause: Clause, text: str) -> Quote:
    start = clause.text.index(text)
    return Quote(clause, start, start + len(text))


@pytest.mark.parametrize("part", range(4))
def test_what_a_clause_says_word_for_word_is_never_withheld(
    citer: Citer, sentences: Sentences, part: int
) -> None:
    for quote in sentences[part::16]:
        assert citer.missing(DraftStatement(quote.text, (quote,))) == ()


@given(data=st.data())
def test_any_statements_are_numbered_in_order_of_use(
    data: st.DataObject, citer: Citer, sentences: Sentences
) -> None:
    rows = st.lists(st.integers(0, len(sentences) - 1), min_size=1, max_size=3)
    drafts = [
        DraftStatement("\n".join(sentences[i].text for i in row), tuple(sentences[i] for i in row))
        for row in data.draw(st.lists(rows, max_size=5))
    ]
    numbered = citer.number(drafts)
    assert numbered.withheld == 0
    assert [statement.text for statement in numbered.statements] == [d.text for d in drafts]
    assert [c.number for c in numbered.citations] == list(range(1, len(numbered.citations) + 1))
    order = dict.fromkeys(q.clause.clause_id for draft in drafts for q in draft.quotes)
    assert [c.clause_id for c in numbered.citations] == list(order)
    by_id = {c.clause_id: c for c in numbered.citations}
    for draft, statement in zip(drafts, numbered.statements, strict=True):
        cited = {by_id[quote.clause.clause_id] for quote in draft.quotes}
        assert {citation.number for citation in cited} == set(statement.citations)
        for quote in draft.quotes:
            assert words_of(quote.text) in words_of(by_id[quote.clause.clause_id].quote)


@given(data=st.data())
def test_another_figure_is_withheld(
    data: st.DataObject, citer: Citer, sentences: Sentences
) -> None:
    with_figures = [quote for quote in sentences if re.search(r"\d", quote.text)]
    quote = with_figures[data.draw(st.integers(0, len(with_figures) - 1))]
    figures = list(re.finditer(r"\d+", quote.text))
    figure = figures[data.draw(st.integers(0, len(figures) - 1))]
    # Small numbers may stand in the clause in words (三级), thousands do not.
    other = data.draw(st.integers(3_000, 9_999))
    wrong = quote.text[: figure.start()] + str(other) + quote.text[figure.end() :]
    numbered = citer.number([DraftStatement(wrong, (quote,)), DraftStatement("对。", (quote,))])
    assert numbered.withheld == 1
    assert [statement.text for statement in numbered.statements] == ["对。"]


@pytest.mark.parametrize(
    "statement",
    [
        "公立医院医护比总体达到1：3左右。",
        "到2026年，公立医院医护比总体达到1：2左右。",
        "公立医院医护比总体达到1：2左右，由市财政局负责。",
        "根据国办发〔2021〕18号，公立医院医护比总体达到1：2左右。",
        "根据安政办〔2024〕22号，公立医院医护比总体达到1：2左右。",
        "公立医院医护比总体达到百分之五十左右。",
    ],
)
def test_what_the_clause_does_not_say_is_withheld(
    citer: Citer, clauses: dict[str, Clause], statement: str
) -> None:
    quote = words(clauses["anqiu-2024-21/2.4.1"], "医护比总体达到1：2左右")
    numbered = citer.number([DraftStatement(statement, (quote,))])
    assert (numbered.statements, numbered.citations, numbered.withheld) == ((), (), 1)


@pytest.mark.parametrize(
    "statement",
    [
        "安政办〔2024〕21号提出，公立医院医护比总体达到一比二左右。",
        "《安丘市推动公立医院高质量发展实施方案》：医护比 1:2。",
    ],
)
def test_the_document_itself_bears_out_its_name_and_number(
    citer: Citer, clauses: dict[str, Clause], statement: str
) -> None:
    quote = words(clauses["anqiu-2024-21/2.4.1"], "医护比总体达到1：2左右")
    assert citer.number([DraftStatement(statement, (quote,))]).withheld == 0


def test_another_clause_of_the_same_answer_is_no_evidence(
    citer: Citer, clauses: dict[str, Clause]
) -> None:
    ratio = words(clauses["anqiu-2024-21/2.4.1"], "医护比总体达到1：2左右")
    years = words(clauses["anqiu-2024-21/1.2"], "通过5年努力")
    drafts = [DraftStatement("通过5年努力。", (years,)), DraftStatement("用5年。", (ratio,))]
    assert [statement.text for statement in citer.number(drafts).statements] == ["通过5年努力。"]


def test_a_statement_without_a_quote_is_withheld(citer: Citer) -> None:
    numbered = citer.number([DraftStatement("众所周知。", ())])
    assert (numbered.statements, numbered.withheld) == ((), 1)


def test_a_citation_says_where_the_clause_stands(citer: Citer, clauses: dict[str, Clause]) -> None:
    clause = clauses["anqiu-2024-21/2.4.1"]
    citation = citer.cite(words(clause, "医护比总体达到1：2左右"), 7)
    assert citation.number == 7
    assert citation.title == "安丘市推动公立医院高质量发展实施方案"
    assert citation.document_number == "安政办〔2024〕21号"
    assert citation.path == clause.path
    assert citation.clause_text == clause.text
    assert "市卫健局" in citation.responsible_units  # named by the last paragraph of the clause
    assert len(set(citation.responsible_units)) == len(citation.responsible_units)


def test_a_quote_is_what_the_file_says_without_line_breaks(
    citer: Citer, sentences: Sentences, library: Library
) -> None:
    sources = {document.name: document.text for document in library.documents}
    for quote in sentences:
        citation = citer.cite(quote, 1)
        said = sources[citation.source][citation.start : citation.end]
        assert squeezed(citation.quote) == squeezed(said)
        assert "\n" not in citation.quote
