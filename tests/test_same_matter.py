"""Documents on one matter: those of two places are, those of two fields are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.same_matter import same_matter
from corpus.policies import read_policies
from corpus.schema import Document, Policy

CATS = """东湖市养猫管理条例
（2024年3月1日东湖市人民代表大会常务委员会通过）
第一条 为了规范养猫行为，制定本条例。
第二条 养猫登记证有效期为一年。
"""
OTHER_CATS = """西岭市城区养猫管理实施办法
第一条 为了规范城区养猫行为，制定本办法。
第二条 养猫登记证有效期为三年。
"""
BRIDGES = """东湖市桥梁隧道安全保护条例
（2023年5月1日东湖市人民代表大会常务委员会通过）
第一条 为了保护桥梁隧道安全，制定本条例。
第二条 施工许可证有效期为两年。
"""
ORDER = """东湖市人民政府令
第一条 养猫登记证有效期为一年。
"""


def policy(text: str) -> Policy:
    (found,) = read_policies(Document("made.txt", text, "0" * 64, "txt"))
    return found


def test_two_places_have_rules_on_one_matter() -> None:
    assert same_matter(policy(CATS), policy(OTHER_CATS))


def test_two_fields_of_one_place_are_two_matters() -> None:
    assert not same_matter(policy(CATS), policy(BRIDGES))
    assert not same_matter(policy(OTHER_CATS), policy(BRIDGES))


def test_a_title_that_names_no_matter_tells_of_none() -> None:
    assert not same_matter(policy(ORDER), policy(BRIDGES))


@given(st.permutations([CATS, OTHER_CATS, BRIDGES, ORDER]))
def test_it_is_the_same_from_both_sides(texts: list[str]) -> None:
    first, other, *_ = map(policy, texts)
    assert same_matter(first, other) == same_matter(other, first)
