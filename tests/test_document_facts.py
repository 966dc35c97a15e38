"""What a document says of itself: several facts at once, who issued it together, when it passed."""

from __future__ import annotations

import pytest

from assistant.document_facts import document_facts
from assistant.findings import Finding, Material
from assistant.question import read_question
from assistant.schema import Question
from assistant.scope import Shelf
from corpus.policies import read_policies
from corpus.schema import Document, Policy

NOTICE = """澄湖市教育局 澄湖市财政局 澄湖市卫生健康委员会
关于印发《澄湖市学生营养改善办法》的通知
澄教联〔2025〕14号

各县（市、区）教育局：
现将《澄湖市学生营养改善办法》印发给你们，请认真执行。

澄湖市教育局
澄湖市财政局
澄湖市卫生健康委员会
2025年3月6日

澄湖市学生营养改善办法
一、标准。每生每天5元。
二、本办法自2025年4月1日起施行，有效期5年。
"""
RULES = """澄湖市中心医院文件
澄医〔2025〕9号

关于印发《澄湖市中心医院用血与会诊管理制度》的通知

各科室：
经2025年2月11日院长办公会讨论通过，现将《澄湖市中心医院用血与会诊管理制度》印发给你们。

澄湖市中心医院
2025年2月14日

澄湖市中心医院用血与会诊管理制度
一、制定依据
1.《临床用血管理办法》（卫生部令第85号）；
2.《医疗质量管理办法》。
二、用血审批。用血800毫升以上的，由科主任批准。
三、本制度自2025年3月1日起执行，《会诊制度》（澄医〔2018〕3号）停止使用。
"""
STATUTE = """澄湖市节约用水条例
（2019年5月30日澄湖市第八届人民代表大会常务委员会第二十次会议通过）

第一条 为了节约用水，制定本条例。
第二条 本条例自2019年10月1日起施行。
"""


def found(text: str, question: str) -> tuple[Policy, Finding | None]:
    (policy,) = read_policies(Document("file.txt", text, "0", "txt"))
    shelf = Shelf([policy], [clause.text for clause in policy.clauses], words=str.split)
    reading = read_question(Question(question), shelf)
    return policy, document_facts(Material(reading, {policy.policy_id: policy}, str.split))


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (
            NOTICE,
            "澄湖市学生营养改善办法的文号和成文日期",
            ["文号：澄教联〔2025〕14号", "成文日期：2025年3月6日"],
        ),
        (
            NOTICE,
            "澄湖的办法文号是多少，什么时候施行，有效期几年",
            ["澄教联〔2025〕14号", "2025年4月1日", "5年"],
        ),
        (
            NOTICE,
            "澄湖学生营养办法是哪三个部门联合印发的",
            ["澄湖市教育局、澄湖市财政局、澄湖市卫生健康委员会"],
        ),
        (STATUTE, "澄湖市节约用水条例是哪天通过的", ["通过日期：2019年5月30日"]),
        (STATUTE, "澄湖节水条例，市人大常委会什么时候过的", ["通过日期：2019年5月30日"]),
        (STATUTE, "When was the 澄湖 water regulation adopted?", ["通过日期：2019年5月30日"]),
        (STATUTE, "澄湖节水条例是第几次会议通过的", ["常务委员会第二十次会议通过"]),
        (RULES, "医院用血会诊这套新制度，院长办公会啥时候过的？", ["2025年2月11日"]),
        (RULES, "澄医〔2025〕9号落款是几号", ["成文日期：2025年2月14日"]),
        (
            RULES,
            "澄医〔2025〕9号是几时印发的，哪次会上定的",
            ["成文日期：2025年2月14日", "2025年2月11日院长办公会讨论通过"],
        ),
        (
            RULES,
            "澄湖市中心医院这个制度的法律依据有哪几个",
            ["《临床用血管理办法》（卫生部令第85号）", "《医疗质量管理办法》"],
        ),
        (
            RULES,
            "这个制度以前的老规定还管用吗，叫什么、几号文",
            ["《会诊制度》（澄医〔2018〕3号）停止使用"],
        ),
        (RULES, "用血会诊管理制度从几时起执行", ["本制度自2025年3月1日起执行"]),
    ],
)
def test_facts_are_told_with_the_words_they_were_read_from(
    text: str, question: str, said: list[str]
) -> None:
    policy, finding = found(text, question)
    assert finding is not None
    told = "\n".join(draft.text for draft in finding.drafts)
    assert all(part in told for part in said)
    for draft in finding.drafts:
        assert all(quote.clause in policy.clauses for quote in draft.quotes)
        assert all(part in draft.text for quote in draft.quotes for part in quote.text.split())


def test_what_is_not_there_is_named() -> None:
    _, finding = found(STATUTE, "澄湖市节约用水条例的文号和通过日期")
    assert finding is not None
    assert finding.lead == "文件未载明：文号。\n"
    assert len(finding.drafts) == 1


@pytest.mark.parametrize(
    "question",
    [
        "澄湖市学生营养改善办法的文号是多少",  # one fact is found as a sentence is
        "澄湖学生营养餐标准什么时候公布，由哪些部门联合检查",
        "澄湖市营养餐补助的施行范围和验收通过标准",
        "学生每天补助多少",
        "澄湖营养办法里说补助几号发",
        "营养标准由谁制定的",
    ],
)
def test_other_questions_are_left_to_others(question: str) -> None:
    assert found(NOTICE, question)[1] is None


def test_a_number_asked_beside_the_basis_is_that_of_the_basis() -> None:
    _, finding = found(RULES, "澄湖市中心医院用血会诊制度是依据哪几个文件定的，文号给我")
    assert finding is not None
    assert not any("澄医〔2025〕9号" in draft.text for draft in finding.drafts)
    assert any("卫生部令第85号" in draft.text for draft in finding.drafts)


PLAN = """澄湖市水务局文件
澄水〔2024〕5号

关于印发《澄湖市河道整治三年行动方案（2024—2026年）》的通知

各县水务局：
现将《澄湖市河道整治三年行动方案（2024—2026年）》印发给你们，请认真执行。

澄湖市水务局
2024年2月1日

澄湖市河道整治三年行动方案（2024—2026年）
根据《澄东省河道整治意见》（澄东水〔2023〕7号），制定本方案。
一、清理河道。每年清理30公里。
"""


@pytest.mark.parametrize(
    "question",
    ["澄湖市河道整治三年行动是哪三年", "澄湖河道整治方案的实施期限", "澄湖河道整治是从哪年到哪年"],
)
def test_the_years_of_a_plan_are_told(question: str) -> None:
    _, finding = found(PLAN, question)
    assert finding is not None
    assert [draft.text.endswith("（2024—2026年）") for draft in finding.drafts] == [True]


def test_the_date_of_the_basis_is_no_fact_of_the_document() -> None:
    assert found(PLAN, "澄湖河道整治方案依据的那份意见是哪天印发的")[1] is None
    assert found(PLAN, "澄湖河道整治方案是哪天印发的")[1] is not None


BYLAW = """澄湖市游船管理办法

澄湖市人民政府令第7号

《澄湖市游船管理办法》已经2025年2月8日澄湖市人民政府第9次常务会议通过，现予公布。

市长　许望舒

2025年3月1日

第一条　为了管理游船，根据《内河交通安全管理条例》，制定本办法。

第二条　游船登记证有效期为两年。

第三条　本办法自2025年5月1日起施行，有效期五年。咨询电话：0571-5550123。
"""
NOTE = (
    "（2015年6月1日澄湖市第七届人民代表大会常务委员会第九次会议通过 "
    "根据2019年4月2日澄湖市第八届人民代表大会常务委员会第三次会议"
    "《关于修改〈澄湖市湿地条例〉的决定》第一次修正 "
    "根据2023年8月9日澄湖市第九届人民代表大会常务委员会第八次会议"
    "《关于修改部分地方性法规的决定》第二次修正）"
)
AMENDED = f"""澄湖市湿地条例
{NOTE}

第一条 为了保护湿地，制定本条例。
第二条 本条例自2015年9月1日起施行。
"""


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (BYLAW, "澄湖游船管理办法市长哪天签的字", "市长许望舒 2025年3月1日"),
        (BYLAW, "澄湖市游船管理办法是谁签发的", "市长许望舒 2025年3月1日"),
        (BYLAW, "澄湖那份游船办法效力几年", "有效期五年"),
        (BYLAW, "澄湖游船管理办法有问题打哪个号问", "咨询电话：0571-5550123"),
        (BYLAW, "澄湖游船管理办法依哪部法规定的", "根据《内河交通安全管理条例》"),
        (AMENDED, "澄湖湿地条例最近一次修正是第几次常委会会议", "2023年8月9日"),
    ],
)
def test_the_frame_of_a_document_is_told(text: str, question: str, said: str) -> None:
    _, finding = found(text, question)
    assert finding is not None
    assert said in finding.drafts[0].text
    assert len(finding.drafts) == 1


@pytest.mark.parametrize(
    "question", ["澄湖游船管理办法登记证有效期几年", "澄湖游船管理办法找谁登记"]
)
def test_what_a_document_orders_is_no_fact_of_its_frame(question: str) -> None:
    _, finding = found(BYLAW, question)
    assert finding is None


def test_one_of_several_documents_is_meant_by_its_matter() -> None:
    texts = {"bylaw": BYLAW, "wetland": AMENDED, "notice": NOTICE}
    policies = {
        name: read_policies(Document(f"{name}.txt", text, "0", "txt"))[0]
        for name, text in texts.items()
    }
    listed = list(policies.values())
    shelf = Shelf(listed, [c.text for p in listed for c in p.clauses], words=str.split)
    reading = read_question(Question("游船办法谁签的字"), shelf)
    by_id = {policy.policy_id: policy for policy in listed}
    finding = document_facts(Material(reading, by_id, str.split))
    assert finding is not None
    assert finding.drafts[0].text == "市长许望舒 2025年3月1日"


def test_the_line_for_questions_is_not_that_for_complaints() -> None:
    _, finding = found(BYLAW, "澄湖游船管理办法投诉电话")
    assert finding is None
