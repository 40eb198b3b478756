"""The stage as a whole: it takes anything, keeps raw text as it is, and every map agrees."""

from datetime import datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.normalise.pipeline import CleanText, clean_text, normalise_batch
from summit_pipeline.rows import frame, polars_schema, read
from summit_pipeline.vocabulary import DocumentVersion, NormalisedText, TextIssue

MEDIA = st.sampled_from(["text/plain", "text/markdown", "text/html"])
PIECES = st.sampled_from(
    [
        "Leave a comment\n",
        "• A point made\n",
        "![alt (x)](http://a.b/c_(d).jpg)\n",
        "&amp;",
        "<p>",
        "</p>",
        "<div style='display:none'>",
        "</div>",
        "<script>",
        "<!--",
        "-->",
        "“Quoted,” he said. ",
        "WASHINGTON (AP) — ",
        "\r\n",
        "\xa0",
        "\u202e",
        "\u200b",
        "\x00",
        "â€œ",
        "The U.S. said so. ",
        "e\u0301",
        "[more](",
        ")",
        "**",
        "\n\n",
        "# Heading\n",
        "pic.twitter.com/abcdef ",
        "\ud800",
        "— Jane Doe (@jane) March 3, 2024\n",
        "February 9, 2025 No Comments on X\n",
        "<",
        ">",
        '"',
        "=",
        "&#0;&#8238;&nbsp;",
        "\N{REGIONAL INDICATOR SYMBOL LETTER U}",
        "Read more...",
        "\u2028",
    ]
)
PAGES = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=30).map("".join)


def version(body: bytes, **fields: Any) -> DocumentVersion:
    values: dict[str, Any] = {
        "version_id": "v1", "document_id": "d1", "source": "s", "locator": "a.txt", "outlet": "o",
        "url": None, "media_type": "text/plain", "declared_encoding": None, "title_field": None,
        "published_field": None, "body": body, "body_hash": "h", "first_run_id": "r",
        "first_seen_at": datetime(2025, 2, 10),
    }  # fmt: skip
    return DocumentVersion(**{**values, **fields})


def normalise(body: str, **fields: Any) -> tuple[NormalisedText, list[TextIssue]]:
    done = normalise_batch(frame(DocumentVersion, [version(body.encode(), **fields)]))
    return read(NormalisedText, done.texts)[0], read(TextIssue, done.issues)


def assert_sound(clean: CleanText) -> None:
    layer, raw = clean.layer, clean.raw
    at = raw_at = 0
    for run in layer.runs:
        assert run.clean_start == at < run.clean_end
        assert raw_at <= run.raw_start <= run.raw_end <= len(raw)
        at, raw_at = run.clean_end, run.raw_end
    assert at == len(layer.text)
    last = 0
    for s in clean.sentences:
        assert last <= s.clean_start < s.clean_end <= len(layer.text)
        words = layer.text[s.clean_start : s.clean_end]
        assert words == words.strip()
        span = layer.to_raw(s.clean_start, s.clean_end)
        assert 0 <= span.start <= span.end <= len(raw)
        last = s.clean_end
    for finding in clean.findings:
        assert 0 <= finding.start < finding.end <= len(raw)
    raw.encode("utf-8")
    layer.text.encode("utf-8")


@settings(deadline=None)
@given(st.binary(max_size=400), MEDIA)
def test_any_bytes_give_a_sound_text(body: bytes, media: str) -> None:
    assert_sound(clean_text(body, media))


@settings(max_examples=120, deadline=None)
@given(PAGES, MEDIA, st.one_of(st.none(), PAGES))
def test_any_page_gives_a_sound_text(body: str, media: str, title: str | None) -> None:
    clean = clean_text(body.encode("utf-8", "surrogatepass"), media, None, title)
    assert_sound(clean)
    assert clean.raw.endswith(body.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


@given(
    st.lists(
        st.sampled_from(["The first point stands.", "A second one, “with words,” follows."]),
        max_size=6,
    )
)
def test_body_sentences_are_never_lost(sentences: list[str]) -> None:
    clean = clean_text("\n".join(sentences).encode(), "text/plain")
    assert clean.layer.text == "\n".join(sentences)


def test_an_empty_batch_gives_empty_frames_with_all_columns() -> None:
    done = normalise_batch(pl.DataFrame(schema=polars_schema(DocumentVersion)))
    assert done.texts.schema == polars_schema(NormalisedText)
    assert done.issues.schema == polars_schema(TextIssue)


def test_a_title_field_stands_before_the_body_and_its_repeat_is_cut() -> None:
    text, issues = normalise(
        "Ministers agree on fishing\nThe ministers agreed on Monday. Boats will sail again soon.",
        title_field="Ministers agree on fishing",
    )
    assert text.raw_text.startswith("Ministers agree on fishing\n\nMinisters agree")
    assert (text.title_start, text.title_end, text.title_end_char) == (0, 26, 26)
    assert text.sentences[0].part == "title"
    assert [i.rule for i in issues] == ["title_again"]
    assert text.clean_text.count("Ministers agree on fishing") == 1


def test_issue_texts_are_slices_of_the_raw_text() -> None:
    text, issues = normalise(
        "Rise &amp; fall of fish\n\nPARIS (AFP) — Prices fell\u200b on Monday.\n\nLeave a comment"
    )
    assert {i.kind for i in issues} == {"dateline", "control_chars", "boilerplate"}
    assert all(text.raw_text[i.start_char : i.end_char] == i.text for i in issues)
    assert text.clean_text == "Rise & fall of fish\nPrices fell on Monday."
    assert (text.dateline_place, text.agencies) == ("PARIS", ("Agence France-Presse",))


def test_a_text_in_another_language_is_kept_and_not_judged() -> None:
    text, _ = normalise(
        "Die Regierung hat am Montag mit der Opposition über das Gesetz und die Kosten beraten."
    )
    assert (text.language, text.text_grade, text.text_grade_score) == ("de", "not_judged", None)


def test_bytes_that_are_no_text_leave_the_title_and_an_issue() -> None:
    done = normalise_batch(
        frame(
            DocumentVersion,
            [version(b"%PDF-1.4\n" + bytes(range(256)) * 20, title_field="A report")],
        )
    )
    text = read(NormalisedText, done.texts)[0]
    assert text.clean_text == "A report"
    assert done.issues["rule"].to_list() == ["not_text"]


HOSTILE = [
    "<div>" * 5_000 + "The end.",
    "<a><b><i>" * 8_000 + "The end.",
    "<p " + "a=1 " * 5_000 + ">The end.",
    "<title>" * 4_000,
    '<a ="' * 5_000,
    "<!--" * 5_000,
    "![" * 5_000,
    "[a](" * 5_000,
    "&amp" * 5_000,
    "**a" * 5_000,
    "." * 20_000,
    "“" * 10_000,
    "a\n" * 5_000,
    "• b\n" * 5_000 + "The body has words enough to be compared with many bullets.\n" * 2_000,
    "— A (@b) " * 5_000,
    "By A B " * 4_000,
    "A » " * 4_000,
    "\u202e\u200b" * 5_000,
    "â€" * 5_000,
    "e\u0301" * 5_000,
    "February 9, 2025 " * 5_000,
    "told the " * 4_000,
]


@pytest.mark.parametrize("media", ["text/plain", "text/html"])
@pytest.mark.parametrize("body", HOSTILE, ids=lambda b: b[:12])
def test_hostile_pages_are_read_like_any_other(body: str, media: str) -> None:
    assert_sound(clean_text(body.encode(), media))


def test_a_declared_language_counts_where_the_words_tell_none() -> None:
    assert normalise("Talks collapse", declared_language="fr")[0].language == "fr"
    assert normalise("Talks collapse")[0].language == "und"
    english = "The talks collapsed on Friday after the minister said that he would not sign it."
    assert normalise(english, declared_language="fr")[0].language == "en"
