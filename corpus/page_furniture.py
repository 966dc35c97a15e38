"""Lines of a saved page that only help to find one's way on it: banners, menus, tools, feet; pure.

Such a line is made of the words that sites of governments offer (首页, 政务公开, 网站地图) and of
little else; or it is the name of the site itself.
"""

from __future__ import annotations

import re

from corpus.titles import is_title

_WORDS = (
    # what one can do with the page
    "网站支持IPv6|本站支持IPv6|支持IPv6|IPv6|无障碍(?:浏览|阅读|模式|版)?|适老(?:化|版|模式)|长者(?:模式|版|专区|助手|浏览)?|老年(?:模式|版)|关怀(?:版|模式)|"
    "智能(?:问答|客服|机器人|搜索)|繁體(?:版)?|繁体(?:版|中文)?|简体(?:版|中文)?|English|英文版|手机版|电脑版|移动版|"
    "登录|注册|退出|个人中心|请输入(?:关键字|关键词|搜索内容|您要搜索的内容)?|站内搜索|高级搜索|热门搜索|热搜词?|搜索|检索|查询|"
    "收藏本站|设为首页|加入收藏|收藏|打印(?:本页|本文)?|关闭(?:窗口|本页)?|返回(?:顶部|首页|列表)?|分享(?:到|至)?|复制链接|下载|纠错|我要纠错|"
    "语音播报|字[体号]|放大|缩小|微信|微博|新浪|QQ空间|QQ|抖音|客户端|APP|公众号|小程序|二维码|扫一扫|"
    # where one can go
    "网站首页|首页|主页|新闻(?:中心|动态|资讯)|(?:政务|工作|今日|部门|县区|基层|最新)动态|要闻(?:动态)?|政务(?:公开|服务|要闻|新媒体)|政府(?:信息公开|信息公开目录|公报|数据)|信息公开|"
    "政民互动|互动(?:交流|平台)|公众参与|解读回应|回应关切|政策(?:文件|解读|法规|问答)|办事(?:服务|指南|大厅)|网上办事|便民服务|公共服务|"
    "专题(?:专栏|集锦)?|专栏|数据(?:开放|发布)|机构(?:职能|概况|设置)|领导之窗|"
    r"(?:走进|认识|魅力|印象|美丽)[\u4e00-\u9fff]{2,4}?|"
    "通知公告|公示公告|统计信息|人事信息|财政信息|招商引资|在线(?:服务|访谈|办事)|领导信箱|县长信箱|市长信箱|区长信箱|民意征集|法治政府|重点领域信息公开|"
    # what stands at the foot
    "网站地图|网站声明|网站管理|版权(?:声明|所有|信息)|免责声明|隐私(?:声明|政策)|关于我们|联系我们|联系方式|使用帮助|友情链接|相关链接|没有了|"
    r"访问量|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|数|量)?|大\s?中\s?小"
)
_FURNITURE = re.compile(_WORDS, re.IGNORECASE)
# One of these is enough: no document speaks of them in a line of its own.
_SURE = re.compile(
    r"(?:本站|网站)支持IPv6|无障碍(?:浏览|阅读|模式)|关怀版|长者模式|网站地图", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s|｜/／·•、，>＞»›\-—_【】\[\]（）()+：:T]+|\d{1,8}次?")
_SITE = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()·—\-]{2,40}?(?:门户网站|政府网|官方网站|官网|政务网|信息网|公众信息网)(?:集群|群)?"
)
_MIN_WORDS = 2
_MIN_MENU = 4  # words; with so many of them 办事指南 at the end makes no title
_MAX_REST = 10  # characters of other words: the name of the place, of a person who has logged in
_MAX_LINE = 400


def is_furniture(text: str) -> bool:
    """Whether a line only holds words that help to find one's way on a site."""
    if len(text) > _MAX_LINE or "。" in text or "《" in text:
        return False
    rest, words = _FURNITURE.subn("", text)
    if words < _MIN_WORDS and not (words and _SURE.search(text)):
        return False
    if words < _MIN_MENU and is_title(text):
        return False
    rest = _BETWEEN.sub("", rest)
    return len(rest) <= (_MAX_REST if 3 * len(rest) <= len(text) or _SURE.search(text) else 0)


def is_site_name(text: str) -> bool:
    """Whether a line is the name of a site and nothing else (…人民政府门户网站)."""
    return text.endswith(("网", "站", "群")) and _SITE.fullmatch(text) is not None
