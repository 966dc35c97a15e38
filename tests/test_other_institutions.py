"""Values of one institution where another one is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.other_institutions import is_of_other_institution
from tests.made_hits import make_reading

PEOPLES = "到2025年，市人民医院达到三级医院水平，开放床位800张。"
SEVERAL = "市人民医院和市立医院2026年前各设床位300张。"
NONE = "到2025年，床位增加到900张。"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("市立医院哪年达到三级", "date"),
        ("第二医院要设多少张床", "number"),
        ("中医院床位几张", "number"),
    ],
)
def test_a_value_of_another_institution_is_none(question: str, kind: str) -> None:
    assert is_of_other_institution(make_reading(question, kind=kind), [PEOPLES])


@pytest.mark.parametrize(
    ("question", "kind", "said"),
    [
        ("人民医院哪年达到三级", "date", [PEOPLES]),
        ("市立医院要设多少张床", "number", [SEVERAL]),
        ("市立医院要设多少张床", "number", [NONE]),
        ("市立医院要设多少张床", "number", [PEOPLES, SEVERAL]),
        ("市立医院为什么牵头", "fact", [PEOPLES]),
        ("医院要设多少张床", "number", [PEOPLES]),
        ("人民医院和中医院各多少张床", "number", [SEVERAL]),
        ("市立医院要设多少张床", "number", []),
    ],
)
def test_what_is_of_it_or_of_all_or_of_several_is_told(
    question: str, kind: str, said: list[str]
) -> None:
    assert not is_of_other_institution(make_reading(question, kind=kind), said)


@given(st.text(), st.text(st.sampled_from("市一二人民中心立医院2025年，。张")))
def test_any_text_is_read(question: str, said: str) -> None:
    for kind in ("number", "date"):
        reading = make_reading(question, kind=kind)
        assert not (is_of_other_institution(reading, [said]) and "院" not in said)
