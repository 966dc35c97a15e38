"""Gold files are read whole or refused by name and line, and proven against a corpus."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import read_library, shipped_documents
from eval.errors import EvaluationMisused, GoldInvalid
from eval.gold import parse_gold, read_gold, read_split, record_of, shipped_gold
from eval.gold_check import check_evidence, check_gold
from eval.matching import GoldClauses, holds, matched_quotes, without_space
from eval.schema import TYPES, Corpus, Evidence, GoldRecord
from tests.factories import make_clause, make_document, make_policy
from tests.sample_gold import CITY_RATIO, CORPUS, RATIO, RECORDS, gold_line, write_gold

ROW = json.loads(gold_line(RATIO))
few = st.text("甲乙丙丁 ", max_size=12)


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    library = read_library([shipped_documents()])
    return Corpus.of(library.documents, library.policies)


def test_the_shipped_gold_holds_of_the_shipped_corpus(shipped: Corpus) -> None:
    files = shipped_gold()
    gold = read_gold(files)
    assert check_gold(gold.records, shipped, splits=read_split(files[0].parent)).problems == ()


def test_the_shipped_gold_is_as_broad_as_it_must_be() -> None:
    records = read_gold(shipped_gold()).records
    counts = Counter(record.type for record in records)
    assert set(counts) == set(TYPES)
    assert len(records) >= 360
    needed = {"unanswerable": 60, "followup": 25, "false_premise": 20}
    assert {kind: counts[kind] for kind in needed if counts[kind] < needed[kind]} == {}
    several = [r for r in records if len({item.doc for item in r.evidence}) > 1]
    assert len(several) >= 40


def test_the_splits_part_the_shipped_gold() -> None:
    parts = [read_gold(shipped_gold(), split=split).records for split in ("dev", "test", "all")]
    dev, test, whole = ({record.id for record in part} for part in parts)
    assert dev | test == whole
    assert not dev & test
    assert {r.type for r in parts[0]} == {r.type for r in parts[1]} == set(TYPES)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    gold = read_gold([path])
    assert gold.records == RECORDS
    assert (gold.files[0].file, gold.files[0].records) == ("sample.jsonl", len(RECORDS))
    assert [r.id for r in read_gold([path], split="dev").records] == ["q1", "q2", "q3"]


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    content = f"\ufeff{gold_line(RATIO)}\r\n\n  \n".encode()
    assert parse_gold(content, name="x") == [RATIO]


def test_a_line_separator_inside_a_string_does_not_end_the_line() -> None:
    record = replace(RATIO, question="安丘\u2028医护比？")
    assert parse_gold(gold_line(record).encode(), name="x") == [record]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": ""}, "'id' is missing"),
        ({"id": 7}, "'id' is missing"),
        ({"type": "riddle"}, "no type 'riddle'"),
        ({"question": "  "}, "'question' is missing"),
        ({"answerable": "yes"}, "'answerable'"),
        ({"answerable": False}, "'answerable' is false"),
        ({"evidence": []}, "no evidence or no facts"),
        ({"facts": []}, "no evidence or no facts"),
        ({"facts": [[]]}, "an empty list or form"),
        ({"facts": [[" "]]}, "an empty list or form"),
        ({"facts": ["1：2"]}, "lists of strings"),
        ({"evidence": ["医护比"]}, "'evidence' holds something else"),
        ({"evidence": [{"doc": "city"}]}, "'quote' is missing"),
        ({"history": ["先前"]}, "'history' belongs to a followup"),
        ({"history": "先前"}, "'history' is not"),
        ({"evidence": None}, "'evidence' is missing"),
    ],
)
def test_a_record_of_the_wrong_form_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(GoldInvalid, match=message):
        record_of(ROW | change)


@pytest.mark.parametrize("line", ["{", "[]", "1", '"x"', "null", "[" * 100_000])
def test_a_line_that_is_no_record_is_refused_by_its_number(line: str) -> None:
    content = f"{gold_line(RATIO)}\n{line}\n".encode()
    with pytest.raises(GoldInvalid, match=r"^mine\.jsonl, line 2: "):
        parse_gold(content, name="mine.jsonl")


def test_a_file_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(GoldInvalid, match="not UTF-8"):
        parse_gold("医护比".encode("gb18030"), name="x")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner:
       st.lists(inner) | st.dictionaries(st.sampled_from(sorted(ROW)), inner)))  # fmt: skip
def test_whatever_a_line_holds_it_is_a_record_or_invalid(row: object) -> None:
    with suppress(GoldInvalid):
        assert isinstance(record_of(row), GoldRecord)


def test_an_id_is_used_once_in_all_files(tmp_path: Path) -> None:
    paths = [write_gold(tmp_path / name) for name in ("a", "b")]
    with pytest.raises(GoldInvalid, match="q1 is there twice"):
        read_gold(paths)


def test_wrong_use_is_told_from_wrong_gold(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    with pytest.raises(EvaluationMisused, match="no split 'train'"):
        read_gold([path], split="train")
    with pytest.raises(EvaluationMisused, match="no such gold file"):
        read_gold([tmp_path / "absent.jsonl"])
    (tmp_path / "split.json").write_text('{"q1": "dev"}')
    with pytest.raises(GoldInvalid, match="q2 is in no split"):
        read_gold([path], split="dev")
    (tmp_path / "split.json").write_text('{"q1": "train"}')
    with pytest.raises(GoldInvalid, match="neither"):
        read_gold([path], split="dev")
    (tmp_path / "split.json").unlink()
    with pytest.raises(EvaluationMisused, match="--split all"):
        read_gold([path], split="dev")


def problems(record: GoldRecord, corpus: Corpus = CORPUS) -> tuple[str, ...]:
    return check_gold([record], corpus).problems


def test_the_sample_holds_of_its_corpus() -> None:
    assert check_gold(RECORDS, CORPUS, splits={r.id: "dev" for r in RECORDS}).problems == ()


@pytest.mark.parametrize(
    ("evidence", "message"),
    [
        (Evidence("village", "医护比总体达到1：2左右"), "no document 'village'"),
        (Evidence("county", "医护比总体达到1：2左右"), "does not stand in county"),
        (Evidence("city", "到2025年，医护比总体达到1:2左右"), "does not stand in city"),
        (Evidence("city", "1：2左右。增加护士配"), "no clause of city holds"),
    ],
)
def test_evidence_that_is_not_in_a_clause_is_a_problem(evidence: Evidence, message: str) -> None:
    found = problems(replace(RATIO, evidence=(evidence,), facts=(("1", "2"),)))
    assert len([text for text in found if message in text]) == 1


def test_a_fact_stands_in_its_evidence() -> None:
    assert "“1：3” stands in no quote" in problems(replace(RATIO, facts=(("1：3",),)))[0]
    assert problems(replace(RATIO, facts=(("1：3", "１ ：2"),))) == ()
    # Of some types the document suffices: the decisive word may stand in its title or elsewhere.
    elsewhere = replace(RATIO, facts=(("财务信息",),))
    assert problems(elsewhere) != ()
    assert problems(replace(elsewhere, type="yesno")) == ()


def test_a_changed_corpus_is_noticed() -> None:
    changed = make_policy(["到2026年，医护比总体达到1：2左右。"], policy_id="city")
    corpus = Corpus.of([make_document(changed)], [changed])
    assert "does not stand in city" in problems(RATIO, corpus)[0]
    assert corpus.sha256 != CORPUS.sha256


def test_ids_and_the_split_name_each_other() -> None:
    found = check_gold(RECORDS[:2], CORPUS, splits={"q1": "dev", "q9": "test"}).problems
    assert found == (
        "q2: in no split; add it to split.json",
        "q9: in split.json, but no record; remove it",
    )


def test_a_question_that_is_there_twice_is_a_problem() -> None:
    again = replace(RATIO, id="q7", question="安丘医护比 要多少?")
    found = check_gold([RATIO, again], CORPUS).problems
    assert found == ("q7: the same question as q1; remove one",)


def test_a_quote_of_several_policies_is_remarked() -> None:
    twins = [make_policy(["每半年公开财务信息。"], policy_id=name) for name in ("a", "b")]
    both = [replace(policy, source="book.txt") for policy in twins]
    corpus = Corpus.of([make_document(both[0])], both)
    record = replace(RATIO, evidence=(Evidence("book", "每半年公开财务信息"),))
    found = check_evidence([record], corpus)
    assert found.problems == ()
    assert "stands in several: a/1, b/1" in found.remarks[0]


@given(few, few)
def test_matching_is_the_longest_common_run(text: str, quote: str) -> None:
    plain, wanted = without_space(text), without_space(quote)
    matcher = SequenceMatcher(None, wanted, plain, autojunk=False)
    longest = matcher.find_longest_match().size
    assert holds(plain, wanted) == (bool(wanted) and longest * 10 >= 6 * len(wanted))


@given(few, few, few)
def test_white_space_makes_no_difference(before: str, quote: str, after: str) -> None:
    evidence = [Evidence("plan", quote)]
    spaced = "\n　".join(before + quote + after)
    found = matched_quotes(evidence, source="plan.txt", text=spaced)
    assert found == (bool(without_space(quote)),)


def test_only_the_file_that_is_named_matches() -> None:
    text = "到2025年，医护比总体达到1：2左右。"
    assert matched_quotes([CITY_RATIO], source="city.docx", text=text) == (True,)
    assert matched_quotes([CITY_RATIO], source="county.txt", text=text) == (False,)


def test_the_gold_clause_of_an_article_is_the_article() -> None:
    policy = make_policy(["医师应当履行义务。医师应当如实告知病情。"], policy_id="law")
    article = policy.clauses[0]
    paragraph = replace(
        make_clause("医师应当如实告知病情。", clause_id="law/1.2", policy_id="law"),
        start=9, end=20, parent_id="law/1", segments=((9, 20),),
    )  # fmt: skip
    corpus = Corpus.of([make_document(policy)], [replace(policy, clauses=(article, paragraph))])
    clauses = GoldClauses(corpus)
    evidence = Evidence("law", "医师应当如实告知病情")
    assert [clause.clause_id for clause in clauses.of_quote(evidence)] == ["law/1", "law/1.2"]
    assert clauses.of_record([evidence]) == ["law/1"]
