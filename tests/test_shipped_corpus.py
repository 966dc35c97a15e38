"""The shipped texts as they are read: nothing is lost or added, and everything has its place."""

from __future__ import annotations

import hashlib
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import MANIFEST, Library, read_library, shipped_documents
from corpus.policies import read_policies, safe_id
from corpus.regions import region_named
from corpus.schema import Clause, Document, Fact, Policy
from tests.contract import squeezed, words_of

SHA256 = {
    "anqiu-2024-21.txt": "6c85d8baf02b521cd0b5b747e05837addb114e1f385bd55bc5de1e40749ed7f3",
    "compilation-2023.txt": "089a84378907278704f64804d7cb0794d3480cf0c2d401fd5f5c63d4f38b5a40",
    "jilin-2022-26.txt": "102f9b870f1e4d579fe01603b5e7245df1687e9404726da50b150f5a6be414ff",
    "liaocheng-2024-10.txt": "2a72659d5a97e90da571a4046aff083176e9e02ed7e7b6c082402569e9498dcb",
    "liaocheng-2026-7.txt": "ad75e1ec0b9c4ca72649962133eed4067715b704050adff7367cdde525c43285",
}
# id: title, region, 文号
POLICIES = {
    "anqiu-2024-21": (
        "安丘市推动公立医院高质量发展实施方案",
        "山东省潍坊市安丘市",
        "安政办〔2024〕21号",
    ),
    "compilation-2023-1": ("丽江市推动公立医院高质量发展实施方案", "云南省丽江市", None),
    "compilation-2023-2": ("四川省推动公立医院高质量发展实施方案", "四川省", None),
    "compilation-2023-3": (
        "铜仁市万山区2021年度区管公立卫生机构促进高质量发展绩效考核实施方案",
        "贵州省铜仁市万山区",
        None,
    ),
    "compilation-2023-4": ("海南省推动公立医院高质量发展实施方案", "海南省", None),
    "compilation-2023-5": ("淮北市推动公立医院高质量发展实施方案", "安徽省淮北市", None),
    "compilation-2023-6": (
        "贵德县推动公立医院高质量发展实施方案",
        "青海省海南藏族自治州贵德县",
        None,
    ),
    "compilation-2023-7": (
        "邢台市推动公立医院高质量发展的实施方案（解读）",
        "河北省邢台市",
        None,
    ),
    "compilation-2023-8": ("北京市推动公立医院高质量发展实施方案", "北京市", None),
    "jilin-2022-26": (
        "吉林市推进公立医院高质量发展实施方案",
        "吉林省吉林市",
        "吉市政办发〔2022〕26号",
    ),
    "liaocheng-2024-10": (
        "聊城市进一步完善医疗卫生服务体系的实施方案",
        "山东省聊城市",
        "聊政办字〔2024〕10号",
    ),
    "liaocheng-2026-7": (
        "聊城市公立医院高质量发展三年攻坚实施方案（2026-2028年）",
        "山东省聊城市",
        "聊卫函〔2026〕7号",
    ),
}
# What may stand in a document and in no clause: marks of headings, bold and OCR, page numbers.
LAYOUT = re.compile(r"[#*□]+|-\s*\d+\s*-")

every_policy = pytest.mark.parametrize("policy_id", POLICIES)


@pytest.fixture(scope="module")
def sources(library: Library) -> dict[str, str]:
    return {document.name: document.text for document in library.documents}


class Shipped:
    """The clauses with words and their sources; short in the report of a property that failed."""

    def __init__(self, library: Library) -> None:
        self.clauses = [c for policy in library.policies for c in policy.clauses if c.text]
        sources = {document.name: document.text for document in library.documents}
        self._sources = {policy.policy_id: sources[policy.source] for policy in library.policies}

    def source_of(self, clause: Clause) -> str:
        return self._sources[clause.policy_id]


@pytest.fixture(scope="module")
def shipped(library: Library) -> Shipped:
    return Shipped(library)


def policy_of(library: Library, policy_id: str) -> Policy:
    return next(policy for policy in library.policies if policy.policy_id == policy_id)


def test_the_texts_are_shipped_byte_for_byte(library: Library) -> None:
    folder = shipped_documents()
    found = {path.name: path.read_bytes() for path in folder.glob("*.txt")}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in found.items()} == SHA256
    assert {document.name: document.sha256 for document in library.documents} == SHA256
    for document in library.documents:
        assert document.text == found[document.name].decode("utf-8").replace("\r\n", "\n")


def test_all_of_it_is_read(library: Library) -> None:
    assert library.problems == ()
    assert [policy.policy_id for policy in library.policies] == list(POLICIES)


@every_policy
def test_a_policy_has_title_region_and_number(library: Library, policy_id: str) -> None:
    policy = policy_of(library, policy_id)
    title, region, number = POLICIES[policy_id]
    assert policy.title.value == title
    assert policy.region is not None
    assert policy.region.value == region
    assert (policy.document_number.value if policy.document_number else None) == number
    named = region_named(region)
    assert named is not None
    assert named.full_name == region


def test_every_entry_of_the_manifest_is_about_a_policy(library: Library) -> None:
    manifest = tomllib.loads((shipped_documents() / MANIFEST).read_text("utf-8"))
    for entry in manifest["policy"]:
        policy = policy_of(library, f"{entry['file'].removesuffix('.txt')}-{entry['part']}")
        assert policy.source == entry["file"]
        assert (policy.title.value, policy.title.origin) == (entry["title"], "manifest")
        assert policy.region == Fact(entry["region"], origin="manifest")


@every_policy
def test_facts_stand_where_they_say(
    library: Library, sources: dict[str, str], policy_id: str
) -> None:
    policy = policy_of(library, policy_id)
    source = sources[policy.source]
    number = [policy.document_number] if policy.document_number else []
    dates = [fact for _, fact in policy.dates]
    for fact in [policy.title, *number, *policy.issuers, *policy.basis, *dates]:
        if fact.origin == "text":
            said = squeezed(source[fact.start : fact.end])
            year, *_ = fact.value.split("-")
            assert squeezed(fact.value) in said or (fact in dates and year in said)


@every_policy
def test_clauses_are_unique_and_stand_behind_their_parents(
    library: Library, policy_id: str
) -> None:
    policy = policy_of(library, policy_id)
    seen: set[str] = set()
    for clause in policy.clauses:
        assert clause.clause_id.startswith(f"{policy_id}/")
        assert clause.clause_id not in seen
        assert clause.policy_id == policy_id
        assert clause.parent_id is None or clause.parent_id in seen
        seen.add(clause.clause_id)


def test_no_two_policies_share_a_clause_id(library: Library) -> None:
    ids = [clause.clause_id for policy in library.policies for clause in policy.clauses]
    assert len(ids) == len(set(ids)) > 400


@every_policy
def test_a_clause_is_what_the_file_says(
    library: Library, sources: dict[str, str], policy_id: str
) -> None:
    policy = policy_of(library, policy_id)
    source = sources[policy.source]
    for clause in policy.clauses:
        assert policy.start <= clause.start <= clause.end <= policy.end
        assert words_of(source[clause.start : clause.end]) == words_of(clause.text)
        taken = "".join(source[start:end] for start, end in clause.segments)
        assert len(taken) == len(clause.text)
        for own, printed in zip(clause.text, taken, strict=True):
            assert own == printed or (own.isspace() and printed.isspace())
        if clause.segments:
            assert (clause.start, clause.end) == (clause.segments[0][0], clause.segments[-1][1])
        ends = [end for _, end in clause.segments]
        starts = [start for start, _ in clause.segments]
        assert all(start < end for start, end in clause.segments)
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@every_policy
def test_every_word_stands_in_exactly_one_clause(
    library: Library, sources: dict[str, str], policy_id: str
) -> None:
    policy = policy_of(library, policy_id)
    source = sources[policy.source]
    left = list(source[policy.start : policy.end])
    for clause in policy.clauses:
        for start, end in clause.segments:
            run = left[start - policy.start : end - policy.start]
            assert squeezed("".join(run)) == squeezed(source[start:end]), clause.clause_id
            left[start - policy.start : end - policy.start] = " " * (end - start)
    assert LAYOUT.sub(" ", "".join(left)).split() == []


def test_only_the_head_of_the_compilation_is_no_policy(
    library: Library, sources: dict[str, str]
) -> None:
    for name, source in sources.items():
        rest = list(source)
        for policy in library.policies:
            if policy.source == name:
                rest[policy.start : policy.end] = " " * (policy.end - policy.start)
        words = LAYOUT.sub(" ", "".join(rest)).split()
        expected = "2023年推进医院高质量发展实施方案(优质8篇)" if "compilation" in name else None
        assert (words[0] if words else None) == expected
        assert "公立医院" not in "".join(words)


@every_policy
def test_units_and_targets_stand_where_they_say(library: Library, policy_id: str) -> None:
    for clause in policy_of(library, policy_id).clauses:
        for unit in clause.units:
            assert clause.text[unit.start : unit.end] == unit.printed
            assert unit.normal
        for target in clause.targets:
            assert 0 <= target.start < target.end <= len(clause.text)
            assert target.start <= target.value_start <= target.value_end <= target.end


@every_policy
def test_a_path_is_made_of_headings_that_stand_in_the_policy(
    library: Library, sources: dict[str, str], policy_id: str
) -> None:
    policy = policy_of(library, policy_id)
    kinds = {clause.kind for clause in policy.clauses}
    text = squeezed(sources[policy.source])
    by_id = {clause.clause_id: clause for clause in policy.clauses}
    for clause in policy.clauses:
        for heading in clause.path:
            assert heading in kinds or squeezed(heading) in text or words_of(heading) in text
        if clause.parent_id is not None:
            above = by_id[clause.parent_id].path
            assert clause.path[: len(above)] == above


@given(data=st.data())
def test_any_slice_of_any_clause_leads_back_to_the_file(
    data: st.DataObject, shipped: Shipped
) -> None:
    clause = shipped.clauses[data.draw(st.integers(0, len(shipped.clauses) - 1), label="clause")]
    start = data.draw(st.integers(0, len(clause.text) - 1), label="start")
    end = data.draw(st.integers(start + 1, len(clause.text)), label="end")
    first, last = clause.source_span(start, end)
    source = shipped.source_of(clause)
    assert clause.start <= first < last <= clause.end
    assert words_of(source[first:last]) == words_of(clause.text[start:end])


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2), (0, 10_000)])
def test_a_slice_that_is_not_in_the_clause_is_refused(
    library: Library, start: int, end: int
) -> None:
    clause = policy_of(library, "anqiu-2024-21").clauses[0]
    with pytest.raises(ValueError, match=clause.clause_id):
        clause.source_span(start, end)


def test_reading_again_gives_the_same(library: Library) -> None:
    assert read_library([shipped_documents()]) == library


@pytest.mark.parametrize(
    ("clause_id", "label", "words"),
    [
        ("anqiu-2024-21/2.4.1", "二（四）1", "医护比总体达到1：2左右"),
        ("anqiu-2024-21/1.2", "一（二）", "通过5年努力"),
        ("jilin-2022-26/2.1.1", "二（一）1", "吉林市中心医院为省级区域医疗中心"),
        ("compilation-2023-4/3.2", "(三)2", "公益性城市医疗集团"),
    ],
)
def test_a_clause_has_the_address_that_it_is_cited_by(
    library: Library, clause_id: str, label: str, words: str
) -> None:
    policy = policy_of(library, clause_id.split("/")[0])
    clause = next(clause for clause in policy.clauses if clause.clause_id == clause_id)
    assert clause.label == label
    assert words in clause.text


# What follows holds for any text, not only for the shipped ones.
LINES = st.lists(
    st.sampled_from(
        [
            *("一、总体要求", "（一）基本原则。坚持公益性。", "1.增加护士", "（1）床位", "①目标"),
            *("　　到2025年，床位达到100张。", "第一条 为了规范管理，制定本办法。", "附件"),
            *("市人民政府办公室", "2024年6月12日", "安政办〔2024〕21号", "- 3 -", "**加粗**"),
            *("医院发展方案篇一", "医院发展方案篇二", "（责任单位：市卫健局）", "", "# 标题"),
        ]
    )
    | st.text(max_size=30),
    max_size=25,
)


@given(lines=LINES, name=st.text(max_size=12))
def test_no_text_is_lost_or_added_by_reading(lines: list[str], name: str) -> None:
    source = "\n".join(lines)
    document = Document(f"{name}.txt", source, "0" * 64, "txt")
    policies = read_policies(document)
    assert policies == read_policies(document)
    ids = [clause.clause_id for policy in policies for clause in policy.clauses]
    assert len(ids) == len(set(ids))
    assert len({policy.policy_id for policy in policies}) == len(policies)
    for policy in policies:
        assert 0 <= policy.start <= policy.end <= len(source)
        for clause in policy.clauses:
            taken = "".join(source[start:end] for start, end in clause.segments)
            assert squeezed(taken) == squeezed(clause.text)
            assert len(taken) == len(clause.text)
            assert (policy.start <= clause.start <= clause.end <= policy.end) or not clause.text


@given(st.text())
def test_ids_are_fit_for_addresses(text: str) -> None:
    found = safe_id(text)
    assert re.fullmatch(r"[\w.-]+", found)
    assert found == safe_id(found)
    assert found not in {".", ".."}
