"""Several rankings made one; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# From the paper: it was the best of those tried, and results change little around it.
RANK_CONSTANT = 60


def reciprocal_rank_fusion(
    rankings: Mapping[str, Sequence[str]],
    *,
    k: int = RANK_CONSTANT,
    weights: Mapping[str, float] | None = None,
) -> list[tuple[str, float]]:
    """Fuse rankings by rank alone, best first; ties are broken by id.

    ``score(d) = Σ_r weight_r / (k + rank_r(d))``, ranks counted from 1, over the rankings that hold
    ``d``. G. V. Cormack, C. L. A. Clarke and S. Büttcher, "Reciprocal rank fusion outperforms
    Condorcet and individual rank learning methods", SIGIR 2009; the weights are ours.

    Args:
        rankings: name of a ranking to ids, best first, each id at most once.
        k: how little the first ranks stand out.
        weights: by name of the ranking; 1 for one that is not named.

    Raises:
        ValueError: a ranking names an id twice.
    """
    scores: dict[str, float] = {}
    # By name, because sums of floats depend on their order.
    for name, ranking in sorted(rankings.items()):
        if len(set(ranking)) != len(ranking):
            raise ValueError(f"ranking {name!r} names an id twice")
        weight = 1.0 if weights is None else weights.get(name, 1.0)
        for rank, identifier in enumerate(ranking, start=1):
            scores[identifier] = scores.get(identifier, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
