"""Citation keys that nobody can guess, and what a model wrote, cut into statements by them; pure.

A key is made for one request and stands for one clause. It fences the clause in the prompt and is
what the model cites. A document cannot close its fence, nor cite itself: it was written before
the key was made.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

# No vowels: a key is never a word. No I, O, Q, which are taken for each other and for digits.
_LETTERS = "BCDFGHJKLMNPRSTVWXZ"
KEY_LENGTH = 5
# Marks that look like citations and are not of this request: [1], 【2】, [ABCDE].
_FOREIGN_MARK = re.compile(r"[\[【［]\s*(?:\d{1,2}|[A-Z]{3,8})\s*[\]】］]")
_LIST_MARK = re.compile(r"^\s*(?:[-*•·#>]+\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*)+")
_THOUGHT = ("<think>", "</think>")


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as a model wrote it, and the keys that it cites, in order."""

    text: str
    keys: tuple[str, ...]


def make_keys(count: int, *, avoid: str) -> tuple[str, ...]:
    """Different keys, none of which stands in ``avoid``: the documents and the question."""
    taken = avoid.upper()
    found: dict[str, None] = {}
    while len(found) < count:
        key = "".join(secrets.choice(_LETTERS) for _ in range(KEY_LENGTH))
        if key not in taken:
            found[key] = None
    return tuple(found)


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces without what a model writes between <think> and </think> before it answers."""
    opening, closing = _THOUGHT
    held, thinking = "", False
    for piece in pieces:
        held += piece
        while held:
            mark = closing if thinking else opening
            before, found, rest = held.partition(mark)
            if not found:
                kept = _tail_that_may_open(held, mark)
                before, rest = held[: len(held) - kept], held[len(held) - kept :]
            if before and not thinking:
                yield before
            held = rest
            if not found:
                break
            thinking = not thinking
    if held and not thinking:
        yield held


def statements_in(pieces: Iterable[str], keys: Iterable[str]) -> Iterator[Written]:
    """Statements in the order in which they are complete; the same however the text is cut.

    A key ends the statement before it. A line that opens with a key has them the other way round.

    Args:
        pieces: the reply as it comes.
        keys: those that were handed out; all other marks are dropped.
    """
    marks = re.compile(rf"[\[【［(（<《/\s]*\b({'|'.join(map(re.escape, keys))})\b[\]】］)）>》]*")
    line = ""
    # Letter by letter, so that what is read cannot depend on where the network cut the text.
    for letter in chain.from_iterable(pieces):
        if letter == "\n":
            yield from _of_line(line, marks)
            line = ""
            continue
        complete, line = _complete_part(line + letter, marks)
        yield from _of_line(complete, marks)
    yield from _of_line(line, marks)


def _complete_part(line: str, marks: re.Pattern[str]) -> tuple[str, str]:
    """What of a growing line can no longer change, cut behind a key, and the rest."""
    found = list(marks.finditer(line))
    if not found or not _clean(line[: found[0].start()]):
        return "", line  # what a key in front cites ends with the line
    ends = [match.start() for match in found[1:]] + [len(line)]
    # The last key still grows (another may follow) until a word has come behind it.
    for place in reversed(range(len(found))):
        behind = line[found[place].end() : ends[place]]
        is_last = place == len(found) - 1
        if _clean(behind) and not (is_last and _MAY_GROW.match(behind)):
            return line[: found[place].end()], line[found[place].end() :]
    return "", line


# Behind a key: signs that may open another key, or the rest of a sign that closes this one.
_MAY_GROW = re.compile(rf"^[\[【［(（<《/\]】］)）>》。；;，,、\s]*[A-Z]{{0,{KEY_LENGTH}}}$")


def _of_line(line: str, marks: re.Pattern[str]) -> Iterator[Written]:
    """The statements of a line."""
    parts = marks.split(line)
    texts, keys = parts[0::2], parts[1::2]
    leading = bool(keys) and not _clean(texts[0])
    if leading:
        texts = texts[1:]
    cited: list[str] = []
    text = ""
    for place, words in enumerate(texts):
        own = _clean(words)
        if leading:
            cited.append(keys[place])
            if own:
                yield Written(own, tuple(dict.fromkeys(cited)))
                cited = []
            continue
        if own:
            if text:
                yield Written(text, tuple(dict.fromkeys(cited)))
            text, cited = own, []
        if place < len(keys):
            cited.append(keys[place])
    if text:
        yield Written(text, tuple(dict.fromkeys(cited)))


def _clean(words: str) -> str:
    """The words without marks of lists, of Markdown, and marks that were not handed out."""
    plain = _FOREIGN_MARK.sub("", words).replace("**", "")
    # A full stop that came behind the key belongs to the sentence before it.
    plain = re.sub(r"^[\s。；;，,、．.：:\]】］)）>》]+", "", plain)
    plain = _LIST_MARK.sub("", plain).strip()
    return plain if re.search(r"\w", plain) else ""


def _tail_that_may_open(text: str, mark: str) -> int:
    """How many characters at the end of the text may be the beginning of the mark."""
    return next((n for n in range(len(mark) - 1, 0, -1) if text.endswith(mark[:n])), 0)
