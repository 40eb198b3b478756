"""Altered names, grades with siblings heard, and words as probably written."""

import json
from pathlib import Path
from typing import Any

import pytest

from summit_pipeline.normalise.spinning.grading import grade_text
from summit_pipeline.reconcile.damage.as_written import as_written
from summit_pipeline.reconcile.damage.siblings import SiblingEvidence, sibling_issues
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.rows import frame
from summit_pipeline.text.layers import identity
from summit_pipeline.vocabulary import NameMention, TextGrade

ROOT = Path(__file__).parents[3]
CASES = json.loads((ROOT / "tests/cases/spun_names.json").read_text("utf-8"))
SEEDS = {p.name[:3]: p.read_text("utf-8") for p in (ROOT / "seeds/articles").glob("*.txt")}


def document(version: str, text: str, grade: TextGrade = "clean") -> StoryDocument:
    return StoryDocument(
        document_id=version,
        version_id=version,
        source="made",
        outlet=f"outlet {version}",
        url=None,
        title=None,
        raw_text=text,
        clean_text=text,
        language="en",
        published_at=None,
        published_basis="none",
        dateline_place=None,
        agencies=(),
        text_grade=grade,
        text_grade_score=None,
        text_grade_reason=f"{grade}: as made",
    )


def case_documents(case: dict[str, Any]) -> list[StoryDocument]:
    siblings = [document(f"sibling {i}", text) for i, text in enumerate(case["siblings"])]
    return [document("case", case["text"], case["grade"]), *siblings]


def repairs(evidence: SiblingEvidence) -> list[list[str | None]]:
    return [[issue.text, issue.suggestion] for issue in evidence.issues]


@pytest.fixture(scope="module")
def seeds() -> list[StoryDocument]:
    return [
        document(name, text, grade_text(identity(text), (), None, None).grade)
        for name, text in sorted(SEEDS.items())
    ]


@pytest.mark.parametrize("without", [frozenset(), frozenset({"seed001"})])
def test_altered_names_of_the_seeds(seeds: list[StoryDocument], without: frozenset[str]) -> None:
    evidence = sibling_issues(seeds, None, without)
    assert {(i.version_id, i.text, i.suggestion) for i in evidence.issues} == {
        ("001", "White Home", "White House"),
        ("001", "Oval Workplace", "Oval Office"),
        ("001", "Nippon Metal", "Nippon Steel"),
        ("001", "US Metal", "US Steel"),
        ("001", "U.S. Metal", "U.S. Steel"),
    }
    assert len(evidence.issues) == 8
    for issue in evidence.issues:
        assert SEEDS["001"][issue.start_char : issue.end_char] == issue.text
        assert issue.kind == "name_damage"
        assert "siblings: " in issue.evidence
    assert {v: g for v, (g, _, _) in evidence.grades.items()} == {
        "000": "clean", "001": "spun", "002": "clean", "003": "clean", "004": "clean",
    }  # fmt: skip


def test_quoted_occurrences_are_marked(seeds: list[StoryDocument]) -> None:
    quoted = [i.text for i in sibling_issues(seeds).issues if i.in_quotation]
    assert quoted == ["Oval Workplace"]


@pytest.mark.parametrize("case", CASES["damaged"], ids=lambda c: c["name"])
def test_altered_names_are_found(case: dict[str, Any]) -> None:
    evidence = sibling_issues(case_documents(case))
    assert repairs(evidence) == case["expected"]
    assert evidence.aliases["case"] == {written: name for written, name in case["expected"]}


@pytest.mark.parametrize("case", CASES["look_alikes"], ids=lambda c: c["name"])
def test_look_alikes_are_left_alone(case: dict[str, Any]) -> None:
    evidence = sibling_issues(case_documents(case))
    assert repairs(evidence) == []
    assert not any(evidence.aliases.values())


def test_the_order_of_documents_does_not_matter(seeds: list[StoryDocument]) -> None:
    orders = [seeds, seeds[::-1], seeds[2:] + seeds[:2]]
    results = [sibling_issues(order) for order in orders]
    assert all(result == results[0] for result in results)


def test_one_sibling_is_not_enough_for_a_replacement_that_no_list_has() -> None:
    case = next(c for c in CASES["damaged"] if "no list has" in c["name"])
    assert repairs(sibling_issues(case_documents(case)[:2])) == []


def test_spun_siblings_are_no_witnesses() -> None:
    text = "The deal of Nippon Metal was blocked."
    other = document("other", "Nippon Steel saw its deal blocked.", "spun")
    assert repairs(sibling_issues([document("case", text, "spun"), other])) == []


def test_siblings_can_raise_a_grade_by_one_step_only() -> None:
    case = CASES["damaged"][0]
    for own, heard in (("not_judged", "suspicious"), ("suspicious", "spun"), ("spun", "spun")):
        evidence = sibling_issues(case_documents({**case, "grade": own}))
        grade, _, reason = evidence.grades["case"]
        assert grade == heard
        assert "white home" in reason
        assert repairs(evidence) == case["expected"]


def test_a_document_alone_keeps_its_grade() -> None:
    evidence = sibling_issues([document("case", "The White Home stated it.", "not_judged")])
    assert evidence.grades["case"][0] == "not_judged"
    assert evidence.issues == []


def test_longer_names_get_an_alias_too() -> None:
    text = "The Nippon Metal Corporation stated its aims. Then Nippon Metal went on."
    names = frame(
        NameMention,
        [
            NameMention(
                version_id="case", start_char=4, end_char=28, clean_start=4, clean_end=28,
                text="Nippon Metal Corporation", canonical="Nippon Metal Corporation",
                name_type="organisation", role=None, gender=None,
            )
        ],
    )  # fmt: skip
    sibling = document("sibling", "The Nippon Steel Corporation spoke.")
    evidence = sibling_issues([document("case", text, "spun"), sibling], names)
    assert evidence.aliases["case"]["Nippon Metal Corporation"] == "Nippon Steel Corporation"


@pytest.mark.parametrize(
    ("spun", "written"),
    [
        ("Trump informed reporters", "Trump told reporters"),
        ("“the US commerce deficit,” he said –", "“the US trade deficit,” he said –"),
        ("the US commerce deficit", "the US trade deficit"),
        ("the 2 international locations agreed", "the two countries agreed"),
        ("the Commerce Department", "the Commerce Department"),
        ("rules for workplace safety", "rules for workplace safety"),
        ("", ""),
    ],
)
def test_words_as_probably_written(spun: str, written: str) -> None:
    assert as_written(spun) == written
