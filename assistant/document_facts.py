"""What a document says of itself, where a question asks for that alone; pure.

Who issued it, when it was passed, by which meeting, what it rests on and what it repeals stand in
lines of few words, apart from each other: a search for what the document is about finds others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking import asides_of
from assistant.citations import DraftStatement
from assistant.findings import Finding, Material
from assistant.frame_facts import amendments, contacts
from assistant.language import HAN_PAIR, language
from assistant.prompts import FACT_LABELS, FACTS_MISSING
from assistant.question import Reading
from assistant.stated_facts import stated
from assistant.unit_names_said import without_units
from corpus.schema import Policy
from index.folding import fold

# What is told even where nothing else is asked; of the others a search finds the sentence.
_ALONE = frozenset(
    {"passed", "revised", "approved", "issuers", "meeting", "repealed", "basis"}
    | {"signed", "contact", "amendments", "period"}
)
# … and these, where the question speaks of a document and not of what a document orders.
_ALONE_OF_DOCUMENT = frozenset({"written", "issued", "published", "effective", "validity"})
_MAX_NEAR = 40  # policies of which some words stand in a question; of more none is meant
_MAX_LEFTOVER = 2  # characters that are neither of the title nor of what is asked for
_MAX_BESIDE_ONE = 1  # likewise, where one fact is asked for: 谁制定的 may be asked of a standard
_MAX_FOREIGN_WORDS = 2  # likewise, words of an English question
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+")
_MIN_RUN = 2
_MIN_SHARED = 3  # pairs of characters by which one of several titles is meant


def document_facts(material: Material) -> Finding | None:
    """The facts of the one document that a question means, each with its line; None for others."""
    reading = material.reading
    if reading.several:
        return None
    policy = _meant(reading, material.in_scope) or _by_matter(reading, material.in_scope)
    if policy is None:
        return None
    asked = _asked(reading, policy)
    if not asked or (len(asked) == 1 and not _told_alone(reading) & set(asked)):
        return None
    found = {name: _said(name, policy, reading) for name in asked}
    if not found.get("contact", True):
        return None  # a search may find whom to ask
    if found.get("meeting"):
        said = "".join(draft.text for draft in found["meeting"])
        for name in ("passed", "approved"):  # the words of the meeting have the day with them
            if all(q.text in said for draft in found.get(name, ()) for q in draft.quotes):
                found.pop(name, None)
    drafts = tuple(dict.fromkeys(draft for drafts in found.values() for draft in drafts))
    if not drafts:
        return None
    missing = [FACT_LABELS[name] for name, drafts in found.items() if not drafts]
    lead = FACTS_MISSING.format(names="、".join(missing)) + "\n" if missing else ""
    return Finding(drafts=drafts, lead=lead, joint="\n")


def _said(name: str, policy: Policy, reading: Reading) -> tuple[DraftStatement, ...]:
    """What a policy says of one fact that a question asks for."""
    question = fold(reading.typed or reading.standalone)
    if name == "amendments":
        last = language().forms["asks_last"].search(question) is not None
        return tuple(amendments(policy, last=last)) or stated("revised", policy)
    if name == "contact":
        return contacts(policy, question)
    return stated(name, policy)


def _told_alone(reading: Reading) -> frozenset[str]:
    forms, text = language().forms, fold(reading.standalone)
    of_document = bool(forms["a_document"].search(text)) and not forms["inside"].search(text)
    return _ALONE | _ALONE_OF_DOCUMENT if of_document else _ALONE


def _meant(reading: Reading, policies: Sequence[Policy]) -> Policy | None:
    """The one policy in scope; of several of a place the one whose title the question has."""
    if len(policies) == 1 or not reading.scope.policy_ids:
        return policies[0] if len(policies) == 1 else None
    said = set(HAN_PAIR.findall(fold(reading.scope.rest)))
    titles = {p.policy_id: set(HAN_PAIR.findall(fold(p.title.value))) for p in policies}
    shared = {pid: len(said & pairs) for pid, pairs in titles.items()}
    best = max(shared.values(), default=0)
    fitting = [policy for policy in policies if shared[policy.policy_id] == best]
    return fitting[0] if best >= _MIN_SHARED and len(fitting) == 1 else None


def _by_matter(reading: Reading, policies: Sequence[Policy]) -> Policy | None:
    """The one policy whose title has all words of a question that names none in full."""
    if reading.scope.policy_ids:
        return None
    said = set(HAN_PAIR.findall(fold(reading.scope.rest)))
    near = [p for p in policies if len(said & set(HAN_PAIR.findall(fold(p.title.value)))) >= 2]
    if len(near) > _MAX_NEAR:
        return None
    fitting = [policy for policy in near if _told_alone(reading) & set(_asked(reading, policy))]
    return fitting[0] if len(fitting) == 1 else None


def _asked(reading: Reading, policy: Policy) -> list[str]:
    """The facts that a question asks for, none where it asks for anything else."""
    words = language()
    rest = fold("，".join((reading.scope.rest, *asides_of(reading.typed))))
    if words.forms["of_the_basis"].search(rest):
        return []
    names = _in_order(rest)
    names, rest = _joined(names, rest)
    if not dict(words.kinds)["basis"].search(rest):
        names = [name for name in names if name != "basis"]
    if "basis" in names and "number" in names[names.index("basis") :]:
        names.remove("number")  # …是依据哪个文件出的，文号给我
        rest = words.document_facts["number"].sub(" ", rest)
    if "meeting" in names and not words.forms["asks_when"].search(rest):
        names = [name for name in names if name not in ("passed", "approved")]
    for name in names:
        if name == "amendments":
            continue
        rest = words.document_facts[name].sub(" ", rest)
    allowed = _MAX_LEFTOVER if len(names) > 1 else _MAX_BESIDE_ONE
    if names == ["validity"]:  # 养犬证有效期几年 is asked of a licence
        allowed = 0
    return [] if _is_foreign(rest, policy, allowed) else names


def _joined(names: list[str], rest: str) -> tuple[list[str], str]:
    """The facts and what else is said, where some words ask for what another fact tells, too."""
    words = language()
    if "contact" in names:
        rest = words.forms["contact_words"].sub(" ", rest)
    if "period" in names:
        names = [name for name in names if name not in ("effective", "validity")]
        rest = words.document_facts["period"].sub(" ", rest)
    if "signed" in names:
        names = [name for name in names if name != "written"]
    if "revised" in names and ("number" in names or "meeting" in names):
        told = ["revised", "number", "meeting"]
        told += ["passed"] if words.forms["amended_then"].search(rest) else []
        for name in told:
            rest = words.document_facts[name].sub(" ", rest)
        names = ["amendments", *(name for name in names if name not in told)]
    if "repealed" in names:
        names = [name for name in names if name not in ("number", "basis")]
        rest = words.forms["repeal_words"].sub(" ", rest)
    return names, rest


def _in_order(rest: str) -> list[str]:
    """The facts that a text asks for, in the order in which it does."""
    patterns = language().document_facts.items()
    places = {name: match.start() for name, form in patterns if (match := form.search(rest))}
    return sorted(places, key=lambda name: places[name])


def _is_foreign(rest: str, policy: Policy, allowed: int) -> bool:
    """Whether more is said than the title, the issuers and the words that ask for facts."""
    words = language()
    rest = without_units(words.document_words.sub(" ", words.forms["fact_words"].sub(" ", rest)))
    own = fold(" ".join((policy.title.value, *(fact.value for fact in policy.issuers))))
    runs = [run for run in _RUNS.findall(rest) if len(run) >= _MIN_RUN]
    latin = [run for run in runs if run.isascii()]
    left = sum(_unknown(run, own) for run in runs if not run.isascii())
    return left > allowed or len(latin) > _MAX_FOREIGN_WORDS


def _unknown(run: str, own: str) -> int:
    """How many characters of a run are neither words of the title nor short for such (控烟)."""
    pairs = set(HAN_PAIR.findall(own))
    known = {i + k for i in range(len(run) - 1) if run[i : i + 2] in pairs for k in (0, 1)}
    rest = "".join(" " if place in known else letter for place, letter in enumerate(run))
    return sum(len(part) for part in rest.split() if not _is_short_for(part, own))


def _is_short_for(part: str, own: str) -> bool:
    """Whether a text has the characters of a part in their order."""
    letters = iter(own)
    return all(letter in letters for letter in part)
