"""A question while its scope is read: which policies are meant, and which words said so."""

from __future__ import annotations

from collections.abc import Iterable


class Marks:
    """The folded question with the names found in it so far."""

    def __init__(self, text: str) -> None:
        """Start with nothing read."""
        self.text = text
        self.chosen: set[str] = set()  # policy ids
        self.names: list[str] = []
        self.unknown: list[str] = []
        self.absent: list[str] = []
        self.kept: list[str] = []  # of the names, those that are looked up as well
        self.spans: list[tuple[int, int]] = []
        self.numbered: set[str] = set()  # of the chosen, those whose own number is given

    def take(self, policy_ids: set[str], start: int, end: int) -> None:
        """A name that means these policies too."""
        self.chosen |= policy_ids
        self.names.append(self.text[start:end])
        self.spans.append((start, end))

    def narrow(
        self, group: Iterable[str], policy_ids: set[str], spans: Iterable[tuple[int, int]]
    ) -> None:
        """Words that leave only these policies of a group."""
        self.chosen = (self.chosen - set(group)) | policy_ids
        for start, end in spans:
            self.names.append(self.text[start:end])
            if self.is_free(start, end):
                self.spans.append((start, end))

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing has been read at a place."""
        return not any(s < end and start < e for s, e in self.spans)

    def masked(self) -> str:
        """The text with what has been read blanked out, at the same length."""
        text = self.text
        for start, end in self.spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text
