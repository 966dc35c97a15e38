"""Places of a question that neither the gazetteer nor any document knows; pure.

汐海县 ends as the names of counties do, and no document says it: what the library has is for other
places. 贫困县 and 各镇 end so too, and name none. 办公区 and 充电区 end as districts do: of words
in the dictionary, only those that end as landscapes do (青石, 白沙) are taken for their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from assistant.document_names import is_missing
from assistant.institution_names import institution_at
from assistant.marks import Marks

# A name stands at the beginning of what is said, or behind a word that leads to a place.
_NAME = re.compile(
    r"(?:^|(?<=[，。？?！!、；;：:,\s“\"（(在到去是住问帮跟和与从])|(?<=我们)|(?<=咱们)|(?<=隔壁)|(?<=请问)"
    r"|(?<=附近)|(?<=邻近))"
    r"(?P<name>(?P<stem>[\u4e00-\u9fff]{2})(?P<suffix>[县镇乡市旗区省]))"
    r"(?![级域委别位间属直长场民政医化里上内局财教划块段管]|人(?!民医院)"
    r"|卫(?!生(?![健计院厅局委室站所部和行主监系])))"
)
# 示范县, 中心镇, 本市: words that say what kind of division, or which of those that are known.
_KIND = re.compile(
    r"贫困|脱贫|示范|试点|重点|中心|特色|农业|牧业|边境|边远|山区|平原|产粮|先进|一般|典型|达标|创建"
    r"|申报|实验|试验|综合|经济|开发|工业|居民|旅游|风景|保护|自然|少数|民族|偏远|周边|相邻|附近|有关"
    r"|相关|其他|其它|所有|部分|个别|全部|同一|上述|下列|老旧|历史|文化|生态|卫生|文明|园林|城市|农村"
    r"|东部|西部|中部|南部|北部|高山|矿山|深山|沿江|沿河|滨海|新城|老城|主城"
    r"|隔壁|听说|据说|超大|特大|中小|沿海|内陆|直辖|地级|副省|所在|当地|外地|本地|异地"
    r"|[本全各该这那哪每几两一二三四五六七八九十多少我你您他她它们某外邻同此其无有是在到去的了过着把被想要会能说问用发给和与及或个省市县区乡镇村州街城郊]"
)
_ALWAYS_NAMES = "县镇乡市省"  # behind these a stem may be a word: 青石镇
_LANDSCAPE = re.compile(r"[山湖江河海溪泉岭沙石州阳川原滩岛港桥门口塘潭洲峰坪]$")
_AREA = re.compile(r"[禁限停吸放养管控散免租住游]")  # 禁放区: where something is done or not


def read_unlisted(
    marks: Marks,
    corpus: str,
    words: Callable[[str], list[str]],
    *,
    issuing: AbstractSet[str] = frozenset(),
    placed: AbstractSet[str] = frozenset(),
) -> None:
    """Take names of places that are nowhere known as unknown, where nothing else was named.

    Args:
        marks: the question, with the places of the gazetteer and of the documents read.
        corpus: all texts, folded.
        words: cuts a text into words of the dictionary.
        issuing: kinds of institutions (医院) that issued documents for themselves alone.
        placed: ids of the policies that are for a place, and not for the State.
    """
    if marks.unknown:
        return
    # 汐海县养犬条例: the title is held, and not for that place.
    titles = {start for start, _ in marks.spans} if marks.chosen else set()
    for match in _NAME.finditer(marks.text):
        stem, start, end = match["stem"], match.start("name"), match.end("name")
        before_title = titles == {end} and marks.chosen <= placed
        if marks.chosen and not before_title:
            continue
        is_word = stem in words(stem) and match["suffix"] not in _ALWAYS_NAMES
        if match["suffix"] == "区":
            is_word = _is_area(stem, words)
        # A place that is only mentioned has no documents here, and none of its hospital.
        known = stem in corpus and not is_missing(marks.text, end, corpus)
        body = institution_at(marks.text, end)
        if body and body.kind in issuing and marks.text[start : body.end] not in corpus:
            known, end = False, body.end
        if not marks.is_free(start, end) or known or is_word:
            continue
        if _KIND.search(stem) is None and match["name"] not in words(match["name"]):
            marks.unknown.append(marks.text[start:end])
            marks.spans.append((start, end))


def _is_area(stem: str, words: Callable[[str], list[str]]) -> bool:
    """Whether what stands before 区 says what it is for, or belongs to a word (小区, 园区)."""
    kind = f"{stem[-1]}区"
    if _AREA.search(stem) or kind in words(kind):
        return True
    return stem in words(stem) and not _LANDSCAPE.search(stem)
