"""Lists with what announces them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.announced import announcer_of, with_items
from tests.factories import make_policy
from tests.made_hits import make_hits

ANNOUNCER = "申请应当提交下列材料："
ITEMS = ["（一）身份证明；", "（二）购车发票；", "（三）合格证。"]
PARTS = st.lists(st.sampled_from([ANNOUNCER, *ITEMS, "登记不收费。"]), min_size=1, max_size=8)


@given(parts=PARTS)
def test_a_sentence_only_ever_grows_within_its_clause(parts: list[str]) -> None:
    (hit,) = make_hits(make_policy(["\n".join(parts)]))
    for passage in hit.passages:
        span = (passage.start, passage.end)
        start, end = with_items(hit.clause, hit.passages, span)
        assert start == span[0]
        assert span[1] <= end <= len(hit.clause.text)
        before = announcer_of(hit.clause, hit.passages, span)
        if before is not None:
            assert before[1] <= span[0]
            assert hit.clause.text[slice(*before)].endswith("：")


def grown(text: str) -> str:
    """The first sentence of a text with the items that it brings."""
    (hit,) = make_hits(make_policy([text]))
    first = hit.passages[0]
    start, end = with_items(hit.clause, hit.passages, (first.start, first.end))
    return hit.clause.text[start:end]


def test_a_sentence_that_opens_with_the_first_item_brings_the_others() -> None:
    text = "备案按以下步骤办理：1.填写表格；2.提交材料；3.领取回执。"
    assert grown(f"{text}备案不收费。") == text


def test_items_without_numbers_go_on_to_the_end_of_the_sentence() -> None:
    text = "有下列情形之一的，不予登记：车辆来历不明的；车辆报废的；证件不全的。"
    assert grown(f"{text}其他情形从其规定。") == text
    assert grown("登记分两步：先申请；后审核。") == "登记分两步：先申请；"


def test_a_list_is_told_with_all_its_items_and_nothing_else() -> None:
    (hit,) = make_hits(make_policy(["\n".join(["登记不收费。", ANNOUNCER, *ITEMS, "当场办结。"])]))
    first = hit.passages[1]
    start, end = with_items(hit.clause, hit.passages, (first.start, first.end))
    assert hit.clause.text[start:end] == "\n".join([ANNOUNCER, *ITEMS])
    for passage in hit.passages[2:5]:
        announcer = announcer_of(hit.clause, hit.passages, (passage.start, passage.end))
        assert announcer == (first.start, first.end)
    last = hit.passages[5]
    assert announcer_of(hit.clause, hit.passages, (last.start, last.end)) is None
