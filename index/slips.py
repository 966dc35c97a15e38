"""Words that differ from what is written in one character of the same sound; pure.

Input methods offer characters by sound: 护市 for 护士, 丽将 for 丽江.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.sounds import sound_alike

SURE = 3  # characters from which on a slip can hardly be two words that met by chance
# The closed class of characters that are words by themselves and stand beside any other: 我是 is
# not meant as 我市. A slip that offers one of them is found in longer words only.
_FUNCTION = frozenset(
    "的地得了着过吗呢吧啊么是有在不没也都就还又再才只很太更最和与跟及或而且但把被让给叫到从向往对于"
    "为以由因用比按我你您他她它们这那哪谁啥几各每某个些种次要会能可该应想去来说讲看做上下里外前后中"
)


class Slips:
    """Words by what is left of them without one of their characters."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words down; how they sound is asked for when one may be meant."""
        self._words: dict[tuple[str, str], list[str]] = {}
        for word in words:
            for place in range(len(word)):
                self._words.setdefault((word[:place], word[place + 1 :]), []).append(word)

    def find(self, written: str, places: Sequence[int] | None = None) -> Iterator[tuple[str, int]]:
        """Words that may be meant, each with the place of the character that is another.

        Args:
            written: what may be a slip.
            places: where the other character can only be; None: anywhere.
        """
        for place in range(len(written)) if places is None else places:
            character = written[place]
            if len(written) < SURE and character in _FUNCTION:
                continue
            for word in self._words.get((written[:place], written[place + 1 :]), ()):
                if word != written and sound_alike(word[place], character):
                    yield word, place
