"""Documents as the passages that the product searches: sentences under their heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.library import read_library
from index.chunking import chunk_clause, searched_clauses
from index.folding import fold


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it is embedded, the document and the clause that it stands in."""

    text: str
    doc: str
    clause_id: str


class Passages:
    """The passages of some documents, in which quotes can be found again."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.all = tuple(passages)
        self._by_doc: dict[str, list[tuple[int, str]]] = {}
        for row, passage in enumerate(self.all):
            self._by_doc.setdefault(passage.doc, []).append((row, _solid(passage.text)))

    def rows_of(self, doc: str) -> list[int]:
        """The rows of a document's passages."""
        return [row for row, _ in self._by_doc.get(doc, ())]

    def find(self, doc: str, quote: str) -> int | None:
        """The row of the passage that holds most of a quote; None where none holds a third."""
        wanted = _solid(quote)
        best, row_of_best = 0, None
        for row, text in self._by_doc.get(doc, ()):
            if wanted in text:
                return row
            shared = _common(wanted, text)
            if shared > best:
                best, row_of_best = shared, row
        return row_of_best if best * 3 >= len(wanted) else None


def read_passages(folders: Sequence[Path]) -> Passages:
    """All passages of all texts in some folders; a document is named ``folder/stem``.

    Raises:
        ValueError: a document cannot be read; the message names them all.
    """
    return Passages(passage for folder in folders for passage in _passages_of(folder))


def _passages_of(folder: Path) -> Iterator[Passage]:
    library = read_library(sorted([*folder.glob("*.txt"), *folder.glob("*.md")]))
    if library.problems:
        raise ValueError("; ".join(library.problems))
    for policy in library.policies:
        doc = f"{folder.name}/{Path(policy.source).stem}"
        for clause in searched_clauses(policy):
            for chunk in chunk_clause(clause):
                yield Passage(chunk.text, doc, clause.clause_id)


def _solid(text: str) -> str:
    return "".join(fold(text).split())


def _common(wanted: str, text: str) -> int:
    """The length of the longest piece of a quote, cut at its ends, that a text holds."""
    for size in range(len(wanted), 7, -4):
        if any(wanted[at : at + size] in text for at in range(0, len(wanted) - size + 1, 4)):
            return size
    return 0
