"""What a document says of itself at its end: since when it is in force, who explains it; pure.

In plans and notices that stands below the last numbered item and belongs to none of them.
"""

from __future__ import annotations

import re

from corpus.frame_lines import DATE
from corpus.titles import GENRES

_ITSELF = rf"本《?(?:实施|暂行|试行)?(?:{GENRES}|政策|解答|问答|预案|要求)》?"
_IN_FORCE = r"起[^。；]{0,16}?(?:施行|实施|执行|生效|试行)"
_RULE = re.compile(
    rf"{_ITSELF}[^。；]{{0,60}}?(?:{_IN_FORCE}|负责解释|有效期)"
    rf"|(?:本[^。；，]{{1,8}})?自(?:{DATE.pattern}|(?:发布|印发|公布|发文)之日){_IN_FORCE}"
)
# Heads of parts that hold nothing but such rules.
_HEAD = re.compile(
    r"(?:其[他它]|附则|施行|实施|执行|生效|解释|有效期|期限|时间|日期|事项|说明)[^。，]{0,6}$"
)
_FIRST = frozenset("本自")


def is_closing_rule(text: str) -> bool:
    """Whether a paragraph says since when the document is in force, or who explains it."""
    return text[0] in _FIRST and _RULE.match(text) is not None


def heads_closing_rules(head: str) -> bool:
    """Whether a head announces such rules (六、其他; 十、施行时间)."""
    return _HEAD.search(head.rstrip("：:。")) is not None
