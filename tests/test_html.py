"""Of a saved page the document is taken, and nothing of the site around it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from corpus.article import article_lines
from corpus.html import decode_page, read_html
from corpus.html_node import Node
from corpus.policies import read_policies
from corpus.schema import Document
from tests.sample_policy import as_html, as_text

SENTENCE = "各级各部门要加强组织领导，明确责任分工，确保各项任务落到实处。"
MENU = (
    "<ul>" + "".join(f'<li><a href="/{n}">栏目{n}，信息公开</a></li>' for n in range(30)) + "</ul>"
)


def lines_of(body: str, head: str = "") -> list[str]:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return [line.strip() for line in read_html(page.encode()).text.split("\n")]


def test_a_short_notice_in_a_large_site() -> None:
    body = f"{MENU}<div><h2>关于放假的通知</h2><div><p>{SENTENCE}</p></div><p>市政府办公室</p>"
    body += f"<p>2026年3月1日</p></div>{MENU}<p>版权所有：市政府　ICP备0号，未经许可不得转载。</p>"
    assert lines_of(body) == ["## 关于放假的通知", SENTENCE, "市政府办公室", "2026年3月1日"]


def test_a_page_arranged_by_tables_as_sites_once_were() -> None:
    article = "".join(f"<p>　　第{n}段。{SENTENCE}</p>" for n in "一二三")
    body = (
        f"<table><tr><td colspan=2>{MENU}</td></tr><tr><td>{MENU}</td><td><table><tr><td>"
        f"{article}</td></tr></table></td></tr><tr><td>主办：市政府</td></tr></table>"
    )
    assert lines_of(body) == [f"第{n}段。{SENTENCE}" for n in "一二三"]


def test_all_sections_of_an_article_are_taken() -> None:
    sections = "".join(
        f"<section><h3>第{n}章　总则</h3><p>{SENTENCE * 3}</p></section>" for n in "一二"
    )
    small = f"<section><p>{SENTENCE}</p></section>"
    found = lines_of(f"<nav>{MENU}</nav><div id=main>{sections}{small}</div>{MENU}")
    assert found == ["### 第一章 总则", SENTENCE * 3, "### 第二章 总则", SENTENCE * 3, SENTENCE]


def test_the_title_that_only_the_page_has() -> None:
    head = "<title>市疫情防控办法_清河市人民政府</title>"
    found = lines_of(f"{MENU}<div><p>{SENTENCE}</p></div>", head)
    assert found == ["网站名称：清河市人民政府", "# 市疫情防控办法", SENTENCE]
    named = f'<meta name="ArticleTitle" content="另一个办法">{head}'
    assert lines_of(f"<p>{SENTENCE}</p>", named)[1] == "# 另一个办法"
    assert lines_of(f"<p>市疫情防控办法</p><p>{SENTENCE}</p>", head)[1] == "市疫情防控办法"


ARTICLE = (
    f"<h1>渔具补贴办事问答</h1>{{}}<div><p>1.问：多久到账？</p><p>答：十日。{SENTENCE}</p></div>"
)


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("", "<p><span>发布时间：2024-11-08 10:02</span> 来源：临洲市渔业服务中心</p>"),
        (
            '<meta name="PubDate" content="2024-11-08 10:02">'
            '<meta name="ContentSource" content="临洲市渔业服务中心">',
            "",
        ),
        (
            "<title>渔具补贴办事问答_临洲市渔业服务中心</title>",
            "<p>发布日期：2024-11-08　点击数：7</p>",
        ),
    ],
    ids=["lines", "meta", "title"],
)
def test_issuer_date_and_place_that_only_the_page_says(head: str, shown: str) -> None:
    text = "\n".join(lines_of(MENU + ARTICLE.format(shown) + MENU, head))
    (policy,) = read_policies(Document("page.html", text, "", "html"))
    assert policy.title.value == "渔具补贴办事问答"
    assert [fact.value for fact in policy.issuers] == ["临洲市渔业服务中心"]
    assert policy.region is not None
    assert policy.region.value == "临洲市"
    assert [(kind, fact.value) for kind, fact in policy.dates] == [("发布", "2024-11-08")]
    for fact in (policy.title, policy.region, *policy.issuers):
        assert text[fact.start : fact.end] == fact.value


def test_words_about_sharing_inside_a_document_stay() -> None:
    items = [
        "（一）推进信息分享，建设无障碍环境。",
        "（二）打印本页办事材料，方便群众。",
        "三是关闭落后产能。",
    ]
    body = "".join(f"<p>{item}</p>" for item in items)
    assert lines_of(f"<div><p>{SENTENCE}</p>{body}</div>") == [SENTENCE, *items]


def test_unseen_parts_are_not_read() -> None:
    unseen = (
        "<p style='display: none'>隐藏，的。</p><p hidden>也，是。</p><script>脚本，。</script>"
    )
    assert lines_of(f"<p>{SENTENCE}</p>{unseen}<noscript>无，脚本。</noscript>") == [SENTENCE]


def test_tables_keep_their_rows_and_spans() -> None:
    table = (
        "<table><caption>表1</caption><tr><th>类别<th>指标<th>目标</tr>"
        "<tr><td rowspan=2>资源<td>床位"
        "<td>7.5张</tr><tr><td>医师<td>3人</tr><tr><td colspan=2>合计<td>完成</tr></table>"
    )
    assert lines_of(f"<p>{SENTENCE}</p>{table}") == [
        SENTENCE,
        "表1",
        "| 类别 | 指标 | 目标 |",
        "| --- | --- | --- |",
        "| 资源 | 床位 | 7.5张 |",
        "| 资源 | 医师 | 3人 |",
        "| 合计 |  | 完成 |",
    ]


def test_lists_that_the_browser_numbers() -> None:
    body = (
        f"<p>{SENTENCE}</p><ol start=3><li>甲。<li><p>乙。</p><li>3.已编号。</ol><ul><li>丙。</ul>"
    )
    assert lines_of(body) == [SENTENCE, "3. 甲。", "4. 乙。", "3.已编号。", "丙。"]


def test_line_breaks_part_paragraphs_and_join_titles() -> None:
    body = f"<h1>市政府办公室<br>关于放假的通知</h1><div>{SENTENCE}<br><br>　　二、{SENTENCE}</div>"
    assert lines_of(body) == ["# 市政府办公室关于放假的通知", SENTENCE, f"二、{SENTENCE}"]


@pytest.mark.parametrize("declared", ["utf-8", "gbk", "x-unknown", ""])
@pytest.mark.parametrize("written", ["utf-8", "gb18030", "utf-16"])
def test_what_a_page_says_of_its_encoding_may_be_wrong(declared: str, written: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{meta}</head><body><p>{SENTENCE}㐂</p></body></html>".encode(written)
    assert SENTENCE in decode_page(page)


def test_pictures_inside_a_page_do_not_slow_it_down() -> None:
    picture = '<img src="data:image/png;base64,' + "A" * 20_000_000 + '">'
    assert lines_of(f"<p>{SENTENCE}</p>{picture}") == [SENTENCE]


trees = st.recursive(
    st.text(max_size=30),
    lambda inner: st.builds(
        Node,
        st.sampled_from(["div", "p", "a", "b", "table", "tr", "td", "li", "ol", "h1", "br", "pre"]),
        st.fixed_dictionaries({}, optional={"colspan": st.text(max_size=3)}),
        st.lists(inner, max_size=6),
    ),
    max_leaves=40,
)


@given(st.lists(trees, max_size=8), st.lists(st.text(max_size=20), max_size=2))
def test_any_tree_gives_lines_of_its_own_words(
    children: list[Node | str], titles: list[str]
) -> None:
    lines = article_lines(Node("body", {}, children), titles)
    assert all(line.strip() and "\n" not in line for line in lines)


def clauses(text: str) -> list[tuple[str, str]]:
    policies = read_policies(Document("policy.txt", text, "", "txt"))
    found = [(c.label, "".join(c.text.split())) for p in policies for c in p.clauses]
    return [clause for clause in found if clause[0] != "页头"]  # only a page has one


@pytest.mark.browser
def test_pages_as_a_browser_saves_them(tmp_path: Path) -> None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = [os.environ.get("WENZHENG_BROWSER"), *map(shutil.which, names)]
    program = next((name for name in found if name), None)
    if program is None:
        pytest.skip("no browser: set WENZHENG_BROWSER")
    page_file = tmp_path / "page.html"
    page_file.write_bytes(as_html())
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(page_file.as_uri())
        as_one_file = page.context.new_cdp_session(page).send("Page.captureSnapshot")["data"]
        as_shown = page.content()
        browser.close()
    expected = clauses(as_text())
    assert clauses(read_html(as_shown.encode()).text) == expected
    assert clauses(read_html(as_one_file.encode()).text) == expected
