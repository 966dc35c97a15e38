"""Where the frame of a notice has to be cut when its lines were run together; pure.

Copied text may hold letterhead, number, title, addressees, the notice's sentence, signature and
the title of the plan in one paragraph. Each is known by what stands behind it.
"""

from __future__ import annotations

import re

from corpus.frame_lines import DATE
from corpus.titles import is_title
from corpus.web_page import foot_cut, head_cuts

_GENRES = (
    "通知|意见|决定|批复|公告|通告|通报|函|方案|办法|规定|规划|计划|细则|措施|要点|条例|命令|令"
)
_NUMBER = (
    r"[\u4e00-\u9fff]{2,10}[〔\[（(【](?:19|20)\d{2}[〕\]）)】](?:第)?\d{1,5}号"
    r"(?![，、和及与）)]|文|要求|精神|规定)"
)
_ADDRESSEES = (
    r"(?:各|有关|县|市|区|省|驻|[\u4e00-\u9fff]{2,10}(?:政府|局|厅|委员会))[^。；：:]{0,260}"
    r"(?:政府|委|办|局|厅|处|单位|部门|公司|企业|学校|医院|机构|镇|街道|社区|中心)[：:]"
)
_OPENING = re.compile(
    rf"(?P<head>[\u4e00-\u9fff]{{4,40}}文件)?(?P<before>{_NUMBER})?"
    rf"(?P<title>[^。；：:]{{6,78}}(?:{_GENRES}))(?P<number>{_NUMBER})?(?P<to>{_ADDRESSEES})?"
)
_NUMBERED = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<to>{_ADDRESSEES})")
_ADDRESSED = re.compile(rf"(?=各|有关){_ADDRESSEES}(?=为|根据|按照|依据|经|现|近|《|随着)")
# A title glued to the sentence that says why: …热点问答为方便群众…
_TITLED = re.compile(
    r"(?P<title>[^，。；：:？！\s]{4,70}?[\u4e00-\u9fff]{2}(?:[（(][^（）()]{2,24}[）)])?)"
    r"(?=为(?:了|进一步|认真|切实|深入|贯彻|落实|规范|加强|方便|保障|做好|推[进动]|完善|促进|提[高升]|有效|全面|加快|深化)"
    r"|根据《|按照《|依据《|近期|近日|第一章|第一条|问题?[1一]?[:：])"
)
_BODY = r"[\u4e00-\u9fff]{3,30}(?:政府|办公[室厅]|委员会|管委会|局|委|厅|部|会|院|署)"
_SIGNED = re.compile(rf"(?<=[。）)])(?P<body>{_BODY})\s?(?P<date>{DATE.pattern})")
_TITLE_BEHIND = re.compile(
    rf"(?P<title>[^，。；：:、\s]{{4,60}}?(?:{_GENRES}))"
    r"(?=为了?[^，。]{2,}|根据|按照|依据|第一章|第一条|一、|（|\()"
)
_CLOSING_WORDS = re.compile(r"(?<=[。；])特此(?:通知|公告|通告|函[达复告]|批复|报告|通报)[。！]?$")
_IN_FORCE = re.compile(
    r"(?<=。)本[\u4e00-\u9fff]{2,4}自[^。]{2,24}(?:施行|实施|执行)[^。]{0,24}。?$"
)
_SIGNATURE = re.compile(
    r"(?<=[。）)])(?P<body>[\u4e00-\u9fff]{3,30}(?:政府|办公[室厅]|委员会|管委会|局|委|厅|部|会|院|署))"
    rf"\s*(?P<date>{DATE.pattern})$"
)
_MAX_CLOSING = 12
_MAX_SIGNATURE = 60
_MIN_CHARS = 60
_MAX_NOTICE = 3000  # characters; no notice around a plan is longer


def ends_signed(text: str) -> bool:
    """Whether a paragraph ends with signature and date behind a sentence: …。某局2024年6月1日."""
    return (
        text[-1] == "日" and _SIGNATURE.search(text, max(0, len(text) - _MAX_SIGNATURE)) is not None
    )


def title_cut(text: str) -> int | None:
    """Where the first sentence begins in a paragraph that opens with the title of the document."""
    match = _TITLED.match(text) if len(text) >= _MIN_CHARS else None
    return match.end() if match and is_title(match["title"]) else None


def frame_cuts(text: str) -> list[int]:
    """Positions at which parts of the frame begin; none where the text does not open with one."""
    head = head_cuts(text)
    if "：" not in text and "号" not in text and ":" not in text:
        return head
    begin = head[-1] if head else 0
    if addressed := _ADDRESSED.match(text, begin):
        return sorted({*head, addressed.end()})
    if len(text) < _MIN_CHARS:
        return head
    if numbered := _NUMBERED.match(text, begin):
        return sorted({*head, numbered.start("to"), numbered.end()} - {len(text)})
    opening = _OPENING.match(text, begin)
    if opening is None or not (opening["before"] or opening["number"] or opening["to"]):
        return head
    cuts = {*head, opening.end()}
    for part in ("before", "title", "number", "to"):
        if opening[part]:
            cuts.add(opening.start(part))
    signed = _SIGNED.search(text, opening.end(), opening.end() + _MAX_NOTICE)
    if signed is not None:
        cuts |= {signed.start("body"), signed.start("date"), signed.end()}
        if behind := _TITLE_BEHIND.match(text, signed.end()):
            cuts.add(behind.end())
    return sorted(cut for cut in cuts if 0 < cut < len(text))


def closing_cuts(text: str, *, run_together: bool) -> list[int]:
    """Where closing words, signature and date begin that stand at the end of a paragraph."""
    found: list[int] = []
    end = len(text)
    if (foot := foot_cut(text)) is not None:
        found.append(foot)
        end = foot
    if text[-1] == "日" and len(text) > _MAX_SIGNATURE:
        for match in _SIGNATURE.finditer(text, len(text) - _MAX_SIGNATURE):
            found.extend((match.start("body"), match.start("date")))
            end = match.start("body")
    if run_together:
        start = max(0, end - _MAX_CLOSING)
        found.extend(match.start() for match in _CLOSING_WORDS.finditer(text, start, end))
        start = max(0, end - _MAX_SIGNATURE)
        found.extend(match.start() for match in _IN_FORCE.finditer(text, start, end))
    return found
