"""The form in which documents give what a question asks for by its sort."""

from __future__ import annotations

import pytest

from assistant.sought_forms import fit_of_form, forms_sought


@pytest.mark.parametrize(
    ("question", "name", "given", "other"),
    [
        (
            "开药店要交什么材料？",
            "papers",
            "申请人应当提交下列材料：",
            "药店应当按照许可范围经营。",
        ),
        (
            "领养老补贴要带什么",
            "papers",
            "由本人持身份证、户口簿到社区办理。",
            "补贴由区财政承担。",
        ),
        ("办幼儿园有什么条件", "conditions", "举办者应当具备下列条件：", "幼儿园每年检查一次。"),
        ("哪些情形不予受理", "cases", "有下列情形之一的，不予受理：", "受理后十日内答复。"),
        ("垃圾分成哪几种", "sorts", "生活垃圾分为四类。", "混投垃圾的处五十元罚款。"),
        ("备案要走哪几步", "steps", "按照以下步骤办理：", "备案机关为县教育局。"),
        ("专班多久开一次会", "often", "专班每季度至少召开一次会议。", "会议由县长主持。"),
    ],
)
def test_what_is_asked_for_fits_better(question: str, name: str, given: str, other: str) -> None:
    assert name in {form.name for form in forms_sought(question)}
    assert fit_of_form(question, given) > fit_of_form(question, other) == 0.0


@pytest.mark.parametrize("question", ["补贴多少钱", "谁负责牵头", "材料由谁审核"])
def test_other_questions_seek_no_form(question: str) -> None:
    assert forms_sought(question) == ()
