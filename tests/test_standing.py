"""Whether a policy is in force: what it says of itself, and what others say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.schema import Fact, Policy
from tests.factories import make_policy
from ui.standing import Standing, standings
from ui.standing_parts import repealed_by, standing_html
from ui.text import EN, ZH

TODAY = date(2026, 7, 1)


def policy(name: str, *, number: str = "", from_day: str = "", repeals: str = "") -> Policy:
    made = make_policy(["一、总则。"], policy_id=name, title=f"{name}管理办法")
    return replace(
        made,
        document_number=Fact(number) if number else None,
        numbers=(Fact(number),) if number else (),
        dates=(("施行", Fact(from_day)),) if from_day else (),
        relations=(("废止", Fact(repeals)),) if repeals else (),
    )


def standing(*policies: Policy) -> Standing:
    """How the first of them stands."""
    return standings(policies, today=TODAY)[policies[0].policy_id]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 4000))
def test_an_interval_decides_by_the_day(start: date, days: int) -> None:
    end = start + timedelta(days)
    text = f"{start.isoformat()}/{end.isoformat()}"
    item = replace(policy("供水", from_day=start.isoformat()), validity=Fact(text))
    state = "coming" if start > TODAY else "ended" if end < TODAY else "in_force"
    assert standing(item).state == state


@pytest.mark.parametrize(
    ("period", "state"),
    [("2024—2025年", "ended"), ("2024—2026年", "in_force"), ("三年", "unknown")],
)
def test_the_years_of_a_plan_count_in_full(period: str, state: str) -> None:
    assert standing(replace(policy("供水"), period=Fact(period))).state == state


def test_another_policy_repeals_by_number_or_by_title() -> None:
    old = policy("供水", number="青政发〔2019〕3号", from_day="2019-05-01")
    by_number = policy(
        "节水", from_day="2025-01-01", repeals="《供水管理办法》（青政发〔2019〕3号）"
    )
    found = standing(old, by_number)
    assert (found.state, found.day, found.by) == ("repealed", "2025-01-01", by_number)
    by_title = policy("节水", from_day="2025-01-01", repeals="《供水管理办法》")
    assert standing(old, by_title).state == "repealed"
    longer = policy("节水", from_day="2025-01-01", repeals="《供水管理办法实施细则》")
    assert standing(old, longer).state == "unknown"
    other_number = policy(
        "节水", from_day="2025-01-01", repeals="《供水管理办法》（青政发〔2011〕9号）"
    )
    assert standing(old, other_number).state == "unknown"


def test_a_new_policy_of_the_same_title_is_not_the_one_that_it_repeals() -> None:
    new = policy(
        "供水",
        number="青政发〔2025〕1号",
        from_day="2025-01-01",
        repeals="《供水管理办法》（青政发〔2019〕3号）",
    )
    old = replace(
        policy("供水", number="青政发〔2019〕3号", from_day="2019-05-01"), policy_id="old"
    )
    both = standings([old, new], today=TODAY)
    assert (both["old"].state, both[new.policy_id].state) == ("repealed", "unknown")
    early = policy("节水", from_day="2020-01-01", repeals="《供水管理办法》")
    assert standing(new, early).state == "unknown"  # it means an older one


def test_badges_name_the_day_and_the_policy() -> None:
    by = policy("节水")
    assert "2027年3月1日" in standing_html(Standing("in_force", "2027-03-01"), ZH)
    assert "2027-03-01" in standing_html(Standing("in_force", "2027-03-01"), EN)
    assert "实施期至 2028 年" in standing_html(Standing("in_force", "2028"), ZH)
    assert standing_html(Standing(), ZH) == ""
    assert "《节水管理办法》" in repealed_by(Standing("repealed", "", by), ZH)
    hostile = replace(by, title=Fact("<img src=x onerror=alert(1)>"))
    assert "<img" not in repealed_by(Standing("repealed", "", hostile), ZH)
