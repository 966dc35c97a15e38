"""By which meeting a document was adopted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.adoption import adoptions_of
from corpus.document_dates import dates_of
from corpus.schema import Clause


def clause(text: str, kind: str = "通知") -> Clause:
    return Clause("p/1", "p", None, kind, kind, (), text, 0, len(text), ((0, len(text)),))


@pytest.mark.parametrize(
    ("kind", "text", "meeting", "date"),
    [
        (
            "通知",
            "《柳湾县校园食堂管理办法》已经县政府第17次常务会议研究同意，现印发给你们。",
            "县政府第17次常务会议",
            "",
        ),
        (
            "通知",
            "经2025年5月6日局长办公会讨论通过，现印发给你们。",
            "局长办公会",
            "2025年5月6日",
        ),
        (
            "题注",
            "（2022年3月1日柳湾市第五届人民代表大会常务委员会第九次会议通过）",
            "柳湾市第五届人民代表大会常务委员会第九次会议",
            "2022年3月1日",
        ),
    ],
)
def test_a_meeting_is_told_with_its_day(kind: str, text: str, meeting: str, date: str) -> None:
    (adoption,) = adoptions_of((clause(text, kind),))
    assert text[slice(*adoption.meeting)] == meeting
    assert (text[slice(*adoption.date)] if adoption.date else "") == date
    assert text[slice(*adoption.said)].endswith(("同意", "通过"))


def test_the_day_of_a_meeting_is_a_date_of_the_document() -> None:
    notice = clause("经2025年5月6日局长办公会讨论通过，现印发给你们。")
    assert [(kind, fact.value) for kind, fact in dates_of((notice,))] == [("通过", "2025-05-06")]


def test_what_others_adopt_is_no_adoption() -> None:
    text = "第三条 方案经村民会议讨论通过后，报镇人民政府备案。"
    assert not list(adoptions_of((clause(text, "条"),)))


@given(st.text(alphabet="经2025年5月6日会议通过，《》同意", max_size=60))
def test_places_lie_in_the_text(text: str) -> None:
    for adoption in adoptions_of((clause(text),)):
        start, end = adoption.said
        assert 0 <= start <= adoption.meeting[0] < adoption.meeting[1] < end <= len(text)
