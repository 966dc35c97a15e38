"""The text of one policy, and the plain formats that people write by hand: text and web page.

The text is invented. It has what a notice with a plan has: number, title, addressees, four levels
of numbers, a table, signature, date, an attachment and the imprint.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

Block = tuple[str, str | list[list[str]]]

TABLE = [
    ["序号", "指标", "2027年目标", "2028年目标", "责任单位"],
    ["1", "每千人口医疗卫生机构床位数", "7.1张", "7.5张", "市卫健局"],
    ["2", "每万人口全科医生数", "3.8人", "4.2人", "市卫健局、市人社局"],
    ["3", "县域内就诊率", "不低于90%", "不低于92%", "市医保局"],
]

ATTACHED_TABLE = [
    ["机构", "建设内容", "完成时限"],
    ["市人民医院", "建成急诊急救五大中心，新增床位200张", "2027年12月底前"],
    ["市中医院", "建设中医经典病房，设置床位不少于60张", "2028年6月底前"],
]

BLOCKS: list[Block] = [
    ("number", "清政办〔2026〕8号"),
    (
        "title",
        "清河市人民政府办公室\n关于印发《清河市基层医疗卫生服务能力提升实施方案（2026—2028年）》的通知",
    ),
    ("flush", "各镇人民政府、街道办事处，市政府有关部门、单位："),
    (
        "text",
        "《清河市基层医疗卫生服务能力提升实施方案（2026—2028年）》已经市政府同意，现印发给你们，请认真组织实施。",
    ),
    ("right", "清河市人民政府办公室"),
    ("right", "2026年3月18日"),
    ("flush", "（此件公开发布）"),
    ("page", ""),
    ("title", "清河市基层医疗卫生服务能力提升实施方案（2026—2028年）"),
    (
        "text",
        "为贯彻落实《国务院办公厅关于推动公立医院高质量发展的意见》（国办发〔2021〕18号）精神，加快提升基层医疗卫生服务能力，结合我市实际，制定本方案。",
    ),
    ("1", "总体要求"),
    (
        "text",
        "坚持以人民健康为中心，以基层为重点，以改革创新为动力，健全分级诊疗制度，推动优质医疗资源扩容下沉和区域均衡布局，为群众提供优质、高效、便捷的医疗卫生服务。",
    ),
    ("1", "主要目标"),
    (
        "text",
        "到2028年，全市基层医疗卫生机构达到服务能力基本标准的比例达到98%以上，基层诊疗量占比不低于65%，具体目标见下表。",
    ),
    ("table", TABLE),
    ("1", "重点任务"),
    ("2", "健全基层医疗卫生服务体系"),
    (
        "3",
        "优化机构布局。按照每3万至10万名居民规划设置1所社区卫生服务中心的标准，合理布局基层医疗卫生机构，到2027年实现街道全覆盖。（责任单位：市卫健局、市发改局、各镇人民政府）",
    ),
    (
        "3",
        "推进紧密型医共体建设。以市人民医院、市中医院为牵头单位，组建2个紧密型县域医共体，实行人、财、物统一管理。（牵头单位：市卫健局；配合单位：市医保局、市人社局）",
    ),
    ("4", "建立医共体理事会，每季度至少召开1次会议。"),
    ("4", "实行药品耗材统一采购、统一配送、统一结算，2026年12月底前完成目录对接。"),
    ("2", "加强人才队伍建设"),
    (
        "3",
        "扩大定向培养规模。每年定向培养本科层次医学生不少于30名，毕业后到乡镇卫生院服务期不少于6年。（责任单位：市人社局、市卫健局、市财政局）",
    ),
    (
        "3",
        "提高医护配备水平。到2028年，床医比、医护比分别达到1：0.53、1：1.01，逐步推动医护比总体达到1：2左右。（责任单位：市委编办、市卫健局）",
    ),
    ("1", "保障措施"),
    ("2", "加强组织领导。各级各部门要把基层医疗卫生工作摆在突出位置，明确分工，压实责任。"),
    (
        "2",
        "强化资金保障。市财政每年安排专项资金500万元，用于基层医疗卫生机构设备更新和人才培养，并建立与服务数量、质量挂钩的投入机制。",
    ),
    ("2", "严格督导考核。市卫健局会同有关部门每半年开展一次评估，评估结果予以通报。"),
    ("text", "本方案自2026年4月20日起施行，有效期至2028年12月31日。"),
    ("flush", "附件：市级公立医院建设任务表"),
    ("table", ATTACHED_TABLE),
    ("flush", "清河市人民政府办公室 2026年3月18日印发"),
]

_NUMERALS = "一二三四五六七八九十"
NUMBERED = {"1": "{}、", "2": "（{}）", "3": "{}.", "4": "（{}）"}


def numbered_blocks() -> Iterator[Block]:
    """The blocks with the numbers that a word processor would print."""
    counts = dict.fromkeys(NUMBERED, 0)
    for kind, content in BLOCKS:
        if kind in NUMBERED and isinstance(content, str):
            counts[kind] += 1
            counts.update(dict.fromkeys([deeper for deeper in counts if deeper > kind], 0))
            number = _NUMERALS[counts[kind] - 1] if kind in "12" else str(counts[kind])
            yield kind, NUMBERED[kind].format(number) + content
        else:
            yield kind, content


def as_text() -> str:
    """The policy as a text file has it, its tables as markdown writes them."""
    lines: list[str] = []
    for kind, content in numbered_blocks():
        if isinstance(content, list):
            rows = ["| " + " | ".join(row) + " |" for row in content]
            lines += [rows[0], "|" + " --- |" * len(content[0]), *rows[1:]]
        elif kind != "page":
            lines.append("　　" + content if kind in ("text", *NUMBERED) else content)
    return "\n".join(lines) + "\n"


_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}">
<meta name="ArticleTitle" content="{name}"><title>{name}_清河市人民政府</title>
<style>body {{ font: 16px/1.8 serif }} h1, .number {{ text-align: center }}
.right {{ text-align: right }} .text {{ text-indent: 2em }}
table {{ border-collapse: collapse }} td {{ border: 1px solid }}</style>
<script>var menu = "本脚本，不是正文。"; document.title;</script></head><body>
<div class="top"><a href="/">清河市人民政府</a> <a href="/en">English</a>
<span>今天是2026年11月22日</span></div>
<div id="nav"><ul><li><a href="/zw">政务公开</a></li><li><a href="/fw">政务服务</a></li>
<li><a href="/hd">互动交流</a></li><li><a href="/zj">走进清河</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt;
<a href="/wj">文件</a></div>
<div class="main"><div class="left"><h3>信息公开目录</h3><ul><li><a href="/1">机构职能</a></li>
<li><a href="/2">政策文件</a></li><li><a href="/3">规划计划</a></li></ul></div>
<div class="detail"><div class="tools">发布日期：2026-03-20　来源：市政府办公室　
浏览次数：<span>1024</span>　字体：【<a href="#">大</a> <a href="#">中</a>
<a href="#">小</a>】</div>
<div id="zoom" class="TRS_Editor">
{body}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">打印</a>
<a href="#">关闭</a></div>
<div class="related"><h4>相关阅读</h4><ul>
<li><a href="/a">《清河市基层医疗卫生服务能力提升实施方案》政策解读</a></li>
<li><a href="/b">一图读懂：清河市基层医疗卫生服务能力提升，看这里。</a></li></ul></div></div></div>
<div class="foot"><p>主办：清河市人民政府办公室　<a href="/map">网站地图</a></p>
<p>ICP备案号：清ICP备00000000号　网站标识码：0000000000</p>
<p>版权所有，未经许可，不得转载。</p></div></body></html>
"""


def as_html(*, charset: str = "utf-8") -> bytes:
    """The policy as the page of a government site, in the middle of its menus."""
    return _page(_body(), charset).encode(charset)


def as_print_page() -> bytes:
    """The policy as a page of nothing else, ready to be printed."""
    return _page("", "utf-8").split("<body>")[0].encode() + f"<body>{_body()}</body>".encode()


def _page(body: str, charset: str) -> str:
    return _PAGE.format(charset=charset, name=html.escape(_title()), body=body)


def _title() -> str:
    return next(str(content) for kind, content in BLOCKS if kind == "title").replace("\n", "")


def _body() -> str:
    parts: list[str] = []
    for kind, content in numbered_blocks():
        if isinstance(content, list):
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in content)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
            continue
        text = html.escape(content).replace("\n", "<br>")
        name = "text" if kind in NUMBERED else kind
        tag = "h1" if kind == "title" else "p"
        if kind != "page":
            parts.append(f'<{tag} class="{name}">{text}</{tag}>')
    return "\n".join(parts)
