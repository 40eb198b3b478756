"""Names in stated roles: places of what happens, posts, charges, names in apposition."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.tagging import view_of
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.extract.states.roles import RoleClaim, find_roles
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "roles.json").read_text("utf-8"))


def roles(text: str) -> tuple[RoleClaim, ...]:
    sentences = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        for span in split_sentences(text, line.start(), line.end()):
            sentences.append(Sentence(span.start, span.end, number, "body"))
    doc = CleanDocument("v", identity(text), tuple(sentences), date(2024, 5, 8))
    names = find_names(doc)
    return find_roles(doc, names, lambda index: view_of(doc, names, doc.sentences[index]))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_roles_are_read_as_the_case_says(case: dict[str, Any]) -> None:
    found = [[r.kind, case["text"][r.start : r.end], r.role, r.holder] for r in roles(case["text"])]
    assert found == case["roles"]


def test_a_post_that_is_only_supposed_is_not_asserted() -> None:
    (post,) = roles("If Anna Reed becomes president of the union, she will stay.")
    assert (post.holder, post.modality) == ("Anna Reed", "conditional")


def test_only_one_can_be_the_moderator_and_so_the_name_stands_in_the_role() -> None:
    first, second = roles("Anna Reed of Apex News was the moderator.")
    assert (first.canonical, first.role) == ("Anna Reed", "moderator")
    assert second.holder == "Anna Reed"


def test_a_definite_post_between_two_names_is_the_second_one_s() -> None:
    found = roles(
        "They heard Tom Hale, the union's longtime leader, Anna Reed of Boston, and others."
    )
    assert [r.holder for r in found if r.words == "post"] == ["Anna Reed"]
