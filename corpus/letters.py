"""Characters that look like ideographs and are not, as printing programs leave them; pure.

A font draws 一 (U+4E00) and the radical ⼀ (U+2F00) with one glyph, and programs that print to PDF
or OFD may note either. Text is for finding and comparing, so the ideograph is meant.
"""

from __future__ import annotations

import unicodedata

# Radicals of simplified characters have no mapping in Unicode's normal forms; these are words.
_RADICALS = dict(
    zip(
        "⺁⺃⺟⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻱⻳",
        "厂乙母民西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龜龟",
        strict=True,
    )
)


def plain_letter(char: str) -> str:
    """The character that is meant, empty for one that no text has (private, half a pair).

    >>> plain_letter("⼀"), plain_letter("⻅"), plain_letter("，")
    ('一', '见', '，')
    """
    if char < "\u2e80":
        return char if char >= " " else ""
    if char <= "\u2fdf":
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFC", char)
    if "\ud800" <= char <= "\uf8ff" or char >= "\ufff0":
        return char if char >= "\U00010000" and char < "\U000f0000" else ""
    return char
