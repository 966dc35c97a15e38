"""What leaves the assistant: JSON by the contract, HTML that nothing can break out of, Markdown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.schema import Answer, Citation, Statement, Status, Table
from assistant.understanding import ScopeName, Understanding
from tests.page_reader import read
from ui.cards import cards_html, clause_html, safe_url
from ui.frames import LibraryEntry, chat_masthead, drawer_html, panel_html, welcome_html
from ui.page_shell import Guest
from ui.quotes import quoted_span
from ui.render import answer_html, answer_to_json, mark_html, markdown_answer
from ui.text import ZH
from ui.turn_frames import answered_turn, partial_turn, pending_turn

CLAUSE = "1.改革人事管理制度。增加护士配备，逐步推动公立医院医护比总体达到1：2左右。"
QUOTE = "增加护士配备，逐步推动公立医院医护比\n\n总体达到1：2左右。"
CITATION = Citation(
    number=1,
    clause_id="anqiu-2024-21/2.4.1",
    policy_id="anqiu-2024-21",
    title="安丘市推动公立医院高质量发展实施方案",
    document_number="安政办〔2024〕21号",
    label="二（四）1",
    path=("二、重点任务", "（四）完善多方联动保障机制", "1.改革人事管理制度"),
    quote=QUOTE,
    start=3120,
    end=3147,
    clause_text=CLAUSE,
    responsible_units=("市委编办", "市人社局"),
    source="anqiu-2024-21.txt",
    url="/clauses/anqiu-2024-21/2.4.1",
)
ANSWER = Answer(
    id="q1",
    question="医护比？",
    standalone_question="安丘市医护比？",
    status="answered",
    text="医护比总体达到1：2左右。[1]",
    statements=(Statement("医护比总体达到1：2左右。", (1,)),),
    citations=(CITATION,),
    confidence=0.93,
    seconds={"total": 0.04},
)
HOSTILE = """<img src=x onerror="alert(1)">'</a><script>alert(2)</script>{{x}}${y}`z`&lt;"""

hostile_text = st.text(max_size=30) | st.just(HOSTILE) | st.just(f"一[1]{HOSTILE}2％[2]")
no_space = st.characters(categories=["L", "N", "P"], exclude_characters="*□—")


@given(st.text(no_space, min_size=12, max_size=60), st.text(no_space, max_size=20), st.data())
def test_a_quote_is_found_however_it_was_laid_out(
    words: str, before: str, data: st.DataObject
) -> None:
    breaks = st.sampled_from(["\n", "\n\n", "　", " ", "**", "□", "\n— □ —\n"])
    quote = words
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(quote)))
        quote = quote[:at] + data.draw(breaks) + quote[at:]
    clause = f"{before}{words}。"
    span = quoted_span(clause, quote)
    assert span is not None
    assert clause[span[0] : span[1]] == words


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_quote_never_leaves_its_clause(clause: str, quote: str) -> None:
    span = quoted_span(clause, quote)
    assert span is None or 0 <= span[0] < span[1] <= len(clause)


@given(st.data())
def test_no_text_of_an_answer_becomes_markup(data: st.DataObject) -> None:
    def text() -> str:
        return data.draw(hostile_text)

    citation = replace(
        CITATION,
        title=text(),
        document_number=text() or None,
        label=text(),
        path=(text(), text()),
        quote=text(),
        clause_text=text(),
        responsible_units=(text(),),
        url=text(),
    )
    answer = replace(
        ANSWER,
        question=text(),
        standalone_question=text(),
        status=data.draw(st.sampled_from(["answered", "refused", "clarify", "error"])),
        text=text(),
        table=Table((text(), text()), ((text(), text()),), ((1, 2),)),
        citations=(citation,),
        nearest=(citation,),
        choices=(text(),),
        error=text(),
        engine=text(),
    )
    name = ScopeName("place", text(), text(), text(), (text(),))
    known = Understanding((name,), frozenset(), (text(),), (text(),))
    turn = answered_turn("turn-1", answer, known, place=(text(), text()))
    unnamed = answered_turn("turn-1", answer, replace(known, names=()))
    library = [LibraryEntry(text(), text(), text(), 3, text())]
    pages = [turn.html, turn.sources, unnamed.html, pending_turn("turn-1", text()).html]
    pages += [partial_turn("turn-1", answer).html, drawer_html()]
    pages += [welcome_html(library, [text()]), panel_html(library)]
    pages += [chat_masthead(other_language_url="/en/", guest=Guest(text()))]
    assert [foreign for page in pages for foreign in read(page).foreign] == []


def test_the_words_of_an_answer_arrive_as_they_are() -> None:
    page = answer_html(replace(ANSWER, text=HOSTILE))
    assert read(page).text == HOSTILE


def test_json_has_the_keys_of_the_contract_in_order() -> None:
    plain = answer_to_json(ANSWER)
    assert list(plain) == [
        *("id", "question", "standalone_question", "status", "reason", "text", "statements"),
        *("table", "citations", "nearest", "confidence", "engine", "seconds"),
    ]
    assert list(plain["citations"][0]) == [
        *("number", "clause_id", "policy_id", "title", "document_number", "label", "path"),
        *("quote", "start", "end", "clause_text", "responsible_units", "source", "url"),
    ]
    assert plain == json.loads(json.dumps(plain, ensure_ascii=False))
    assert plain["statements"] == [{"text": "医护比总体达到1：2左右。", "citations": [1]}]


def test_json_names_choices_and_error_only_when_there_are_any() -> None:
    plain = answer_to_json(replace(ANSWER, choices=("甲？",), error="坏了"))
    assert list(plain)[-2:] == ["choices", "error"]
    assert plain["choices"] == ["甲？"]


def test_a_mark_says_where_it_points() -> None:
    attributes = dict(read(mark_html(CITATION)).attributes)
    assert attributes["href"] == "/clauses/anqiu-2024-21/2.4.1?span=3120-3147"
    assert attributes["data-clause"] == "anqiu-2024-21/2.4.1"
    hover = attributes["title"] or ""
    assert hover.startswith(
        "《安丘市推动公立医院高质量发展实施方案》（安政办〔2024〕21号）二（四）1\n"
    )
    assert "医护比总体达到1：2左右" in hover


def test_only_numbers_that_are_cited_become_marks() -> None:
    page = answer_html(replace(ANSWER, text="甲[0]乙[1]丙[2]"))
    assert page.count('class="mark"') == 1
    assert read(page).text == "甲[0]乙[1]丙[2]"


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("医护比达到1：2左右", ["1：2"]),
        ("2024年6月12日印发", ["2024年6月12日"]),
        ("提高到94%以上，占比30%—45%", ["94%", "30%—45%"]),
        ("投入1,200.5万元、20个百分点", ["1,200.5万元", "20个百分点"]),
        ("按安政办〔2024〕21号和国办发(2021)18号执行", []),
        ("1.改革制度，（2）不算，培养3名", ["3名"]),
        ("（2）落实5G", []),
    ],
)
def test_figures_are_bold_and_names_are_not(text: str, bold: list[str]) -> None:
    page = answer_html(replace(ANSWER, text=text))
    found = [part.split("</strong>")[0] for part in page.split("<strong>")[1:]]
    if text.startswith("1.改革"):
        found = [
            figure for figure in found if figure != "2"
        ]  # only an opening number is told apart
    assert found == bold


def test_a_table_has_heads_figures_and_sources() -> None:
    table = Table(("地区", "目标"), (("安丘", "1：2"), ("聊城", "文件未提及")), ((1,),))
    page = answer_html(replace(ANSWER, table=table))
    assert page.count('<th scope="col">') == 3
    assert '<th scope="row">安丘</th><td data-label="目标"><strong>1：2</strong></td>' in page
    assert '<td data-label="目标">文件未提及</td><td data-label="依据"></td>' in page


def test_a_card_shows_the_whole_clause_with_the_quote_marked() -> None:
    page = cards_html([CITATION], anchor="turn-1")
    assert "1.改革人事管理制度。<mark>增加护士配备，" in page
    assert 'id="turn-1-source-1"' in page
    text = read(page).text
    for words in ("安政办〔2024〕21号", "二（四）1", "（四）完善多方联动保障机制", "市委编办"):
        assert words in text
    assert text.count("1.改革人事管理制度") == 1  # the clause opens with its own heading


def test_a_quote_that_does_not_stand_there_is_not_marked() -> None:
    assert clause_html(CLAUSE, "完全不同的一句话，条款里没有") == CLAUSE


@pytest.mark.parametrize("status", ["refused", "clarify", "error"])
def test_notices_are_told_apart(status: Status) -> None:
    answer = replace(
        ANSWER, status=status, reason=None, text="说明", choices=("安丘？",), nearest=(CITATION,)
    )
    page = answer_html(answer)
    assert f"notice-{status}" in page
    assert 'data-ask="安丘？"' in page
    assert ZH.nearest_hint in read(page).text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "https://evil.example", ""]
)
def test_links_stay_on_this_site(url: str) -> None:
    assert safe_url(url) == "#"


def test_markdown_carries_text_table_and_sources() -> None:
    table = Table(("地区", "目标"), (("安丘|市", "1：2"),), ((1,),))
    text = markdown_answer(replace(ANSWER, text="甲<b>[1]", table=table))
    assert text.startswith("甲\\<b>[1]\n\n| 地区 | 目标 | 依据 |\n| --- | --- | --- |\n")
    assert "| 安丘\\|市 | 1：2 | [1] |" in text
    assert (
        "[1] 《安丘市推动公立医院高质量发展实施方案》（安政办〔2024〕21号）二（四）1：“增加护士"
        in text
    )


def test_a_name_can_be_changed_or_taken_out() -> None:
    name = ScopeName("place", "安丘市", "", "医护比？", ("聊城市",))
    page = answered_turn("turn-1", ANSWER, Understanding((name,), follow_ups=("那护士呢？",))).html
    assert 'data-before="" data-after="医护比？"' in page
    assert "<option>聊城市</option>" in page
    assert 'data-action="unname"' in page
    assert 'data-ask="那护士呢？"' in page
    open_question = answered_turn("turn-1", ANSWER, Understanding(places=("聊城市",))).html
    assert ZH.any_place in open_question
    assert "unname" not in open_question


def test_only_what_is_kept_can_be_judged_and_taken_away() -> None:
    table = Table(("地区",), (("安丘",),), ((1,),))
    kept = answered_turn("turn-1", replace(ANSWER, table=table), place=("c", "t"), verdict="down")
    for kind in ("docx", "md", "xlsx"):
        assert f'href="/conversations/c/t.{kind}"' in kept.html
    assert kept.html.count('aria-pressed="true"') == 1
    loose = answered_turn("turn-1", ANSWER).html
    assert "/conversations/" not in loose
    assert "vote" not in loose


def test_while_an_answer_comes_its_parts_stay_what_they_are() -> None:
    """The page replaces only what differs, so that a paragraph that stays the same never jumps."""
    texts = ["甲[1]\n", "乙。[1]\n", "丙。"]
    pages = [
        partial_turn("turn-1", replace(ANSWER, text="".join(texts[: count + 1]))).html
        for count in range(3)
    ]
    whole = answered_turn("turn-1", replace(ANSWER, text="".join(texts))).html
    for before, after in zip(pages, [*pages[1:], whole], strict=True):
        start = before.split('<p class="pending">')[0].rsplit("</p>", 1)[0]
        assert start.split("answer-body")[1] in after
