"""Forms of questions that are answered from all clauses, not from those that a search found.

Each specialist gives nothing for a question that is not of its form; the first that answers wins.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.addressed import addressed
from assistant.bare_figure import bare_figure
from assistant.counted_names import counted_names
from assistant.document_facts import document_facts
from assistant.findings import Finding, Material
from assistant.outlined import outlined
from assistant.repealed_documents import repealed_documents
from assistant.set_targets import set_targets
from assistant.traced import traced
from assistant.unit_tasks import unit_tasks
from assistant.usual_parts import usual_parts
from assistant.violated import violated

_SPECIALISTS: tuple[Callable[[Material], Finding | None], ...] = (
    *(document_facts, repealed_documents, violated, addressed, unit_tasks, outlined),
    *(usual_parts, bare_figure, counted_names, set_targets),
)


def special_finding(material: Material) -> Finding | None:
    """What the first specialist makes of a question, or None where it is of no special form."""
    if (finding := traced(material)) is not None:  # places in a sentence do not limit the search
        return finding
    if material.reading.scope.unknown:
        return None
    for specialist in _SPECIALISTS:
        if (finding := specialist(material)) is not None:
            return finding
    return None
