"""Which policies a name means: an id, a 文号, a title or part of it, a place with a year; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.regions import find_regions, region_named
from corpus.schema import Policy

_STATE = "中华人民共和国"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FILLING = re.compile(r"[\s,，的年]|方案$|文件$|那[个份]?|《|》")


def policies_named(name: str, policies: Sequence[Policy]) -> list[Policy]:
    """The policies that a name may mean; all of them for no name."""
    if not name.strip():
        return list(policies)
    key = _folded(name)
    for exact in (_ids, _numbers, _titles):
        found = [policy for policy in policies if key in exact(policy)]
        if found:
            return found
    return _by_place_and_words(name, key, policies)


def _folded(text: str) -> str:
    text = text.translate(str.maketrans("[]【】（）〈〉", "〔〕〔〕()《》"))
    return "".join(text.split()).strip("《》").lower()


def _ids(policy: Policy) -> set[str]:
    return {
        policy.policy_id.lower(),
        policy.source.lower(),
        policy.source.rsplit(".", 1)[0].lower(),
    }


def _numbers(policy: Policy) -> set[str]:
    numbers = [fact.value for fact in policy.numbers]
    if policy.document_number:
        numbers.append(policy.document_number.value)
    title = _folded(policy.title.value)
    return {
        form for number in numbers for form in (_folded(number), f"{title}》({_folded(number)})")
    }


def _titles(policy: Policy) -> set[str]:
    title = _folded(policy.title.value)
    return {title, title.removeprefix(_STATE)}


def _by_place_and_words(name: str, key: str, policies: Sequence[Policy]) -> list[Policy]:
    """Policies of the place and year that a name says, with its other words in their title."""
    found = list(policies)
    mentions = find_regions(name)
    if mentions:
        wanted = {region.code for mention in mentions[-1:] for region in mention.candidates}
        found = [policy for policy in found if _code(policy) in wanted]
    for mention in reversed(mentions):
        name = name[: mention.start] + name[mention.end :]
    years = _YEAR.findall(name)
    found = [policy for policy in found if all(year in _years(policy) for year in years)]
    words = _folded(_FILLING.sub("", _YEAR.sub("", name)))
    if words:
        found = [policy for policy in found if words in _folded(policy.title.value)]
    return found if mentions or years or words else []


def _code(policy: Policy) -> str:
    region = region_named(policy.region.value) if policy.region else None
    return region.code if region else ""


def _years(policy: Policy) -> set[str]:
    """Years of the document itself: of its number and dates, else of its plan."""
    texts = [policy.document_number.value] if policy.document_number else []
    texts += [fact.value for _, fact in policy.dates]
    if policy.period:
        texts.append(policy.period.value)
    texts.append(policy.title.value)
    return {year for text in texts for year in _YEAR.findall(text)}


def policy_titled(policies: Sequence[Policy]) -> Callable[[str, str], Policy | None]:
    """A look-up of policies by the title, or the 文号, that a text names them by."""
    by_number = {number: policy for policy in policies for number in _numbers(policy)}
    by_title: dict[str, Policy] = {}
    for policy in policies:
        for title in _titles(policy):
            by_title.setdefault(_without_brackets(title), policy)

    def look_up(title: str, number: str) -> Policy | None:
        found = by_number.get(_folded(number)) if number else None
        key = _without_brackets(_folded(title))
        return found or by_title.get(key) or by_title.get(key.removeprefix(_STATE))

    return look_up


def _without_brackets(title: str) -> str:
    """A title without what is said in brackets at its end (试行, 2026-2028年)."""
    return re.sub(r"(?:\([^()]*\))+$", "", title)
