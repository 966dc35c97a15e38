"""Text as it is given to an embedding model; what native code cannot take is taken out."""

from __future__ import annotations

import unicodedata

# Far beyond any question; what is pasted in longer would hold up everybody else's.
MAX_QUERY_CHARS = 1000


def clean_query(text: str) -> str:
    """A question that a model can take."""
    return clean(text)[:MAX_QUERY_CHARS]


def clean(text: str) -> str:
    """What native code can take: no lone surrogates, no zero bytes, NFKC.

    Some models apply NFKC themselves into a buffer that is too small for the few characters that
    unfold to eighteen (ﷺ): a question of some hundred of them ended the process.
    """
    whole = text.encode("utf-8", errors="replace").decode("utf-8").replace("\0", " ")
    return unicodedata.normalize("NFKC", whole)


def one_line(error: BaseException) -> str:
    """The first line of an error of somebody else's library, or its kind."""
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
