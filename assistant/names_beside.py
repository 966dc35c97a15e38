"""What to call documents that stand beside one another; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.regions import region_printed
from corpus.schema import Policy

_YEARS = re.compile(r"[（(][^（）()]*\d{4}[^（）()]*[）)]")


def names_beside(policies: Sequence[Policy]) -> dict[str, str]:
    """What to call each document beside the others: its place where that tells them apart.

    A title may hold figures (2026-2028年) that no clause supports; a place does not. Where two
    plans of one place stand side by side, each goes by its title without the bracketed years.
    """
    places = {
        policy.policy_id: region.name if region else ""
        for policy in policies
        for region in [region_printed(policy.region.value) if policy.region else None]
    }
    counts = Counter(places.values())
    return {
        policy.policy_id: places[policy.policy_id]
        if places[policy.policy_id] and counts[places[policy.policy_id]] == 1
        else f"《{_YEARS.sub('', policy.title.value)}》"
        for policy in policies
    }
