"""Two readers of a page: what the second leaves out is left out, where it is a witness at all."""

from summit_pipeline.normalise.pipeline import CleanText, clean_text

STORY = [
    "The deficit rose to $68.5 billion in 2024, the statistics office said on Friday morning.",
    "Exports grew by four per cent over the year while imports fell for the third time running.",
    "Ministers will meet in Geneva next week to talk about what the figures mean for the budget.",
]
PITCH = "Our morning letter brings you the best of the day before anyone else has had a coffee."
LONE = "A paragraph that stands by itself at the foot of the page and belongs to another subject."


def clean(blocks: list[str], second: str | None, head: str = "<html><body>") -> CleanText:
    page = f"{head}<article><h1>Deficit grows</h1>{''.join(blocks)}</article>"
    return clean_text(page.encode(), "text/html", second_reader=lambda source: second)


def paragraphs(*texts: str) -> list[str]:
    return [f"<p>{text}</p>" for text in texts]


def kinds(done: CleanText) -> set[tuple[str, str]]:
    return {(f.kind, f.rule) for f in done.findings}


def test_prose_that_the_second_reader_leaves_out_is_left_out_and_told() -> None:
    done = clean([*paragraphs(*STORY), f"<div>{PITCH}</div>"], " ".join(STORY))
    assert PITCH not in done.layer.text
    assert all(text in done.layer.text for text in STORY)
    (told,) = (f for f in done.findings if f.rule == "second_reader")
    assert (told.kind, done.raw[told.start : told.end]) == ("boilerplate", PITCH)
    assert "Deficit grows" in done.layer.text


def test_a_paragraph_among_voted_ones_stays() -> None:
    done = clean(paragraphs(*STORY, LONE), " ".join(STORY))
    assert LONE in done.layer.text


def test_other_marks_and_spaces_do_not_matter() -> None:
    second = "\n".join(STORY).replace(",", " ,").replace("$68.5", "$ 68.5")
    done = clean([*paragraphs(*STORY), f"<div>{PITCH}</div>"], second)
    assert all(text in done.layer.text for text in STORY)
    assert PITCH not in done.layer.text


def test_a_reader_that_finds_another_article_is_no_witness() -> None:
    done = clean([*paragraphs(*STORY), f"<div>{PITCH}</div>"], LONE)
    assert PITCH in done.layer.text
    assert ("low_yield", "low_yield") in kinds(done)


def test_a_reader_that_finds_nothing_changes_nothing() -> None:
    for nothing in (None, "", "  "):
        done = clean([*paragraphs(*STORY), f"<div>{PITCH}</div>"], nothing)
        assert PITCH in done.layer.text
        assert not kinds(done) & {("low_yield", "low_yield"), ("boilerplate", "second_reader")}


def test_lines_that_are_no_prose_are_not_voted_on() -> None:
    done = clean([*paragraphs(*STORY), "<div>By Ann Lee</div>"], " ".join(STORY))
    assert "By Ann Lee" in {done.raw[f.start : f.end] for f in done.findings if f.kind == "byline"}


def test_the_markup_of_a_feed_entry_is_not_shown_to_the_second_reader() -> None:
    asked: list[str] = []
    text = "".join(paragraphs(*STORY))
    clean_text(text.encode(), "text/html", second_reader=asked.append)
    assert asked == []


def test_where_next_to_nothing_was_kept_the_other_article_is_taken() -> None:
    parts = [
        "".join(f"<p>{n} {text}</p>" for n in numbers for text in STORY)
        for numbers in (range(6), range(6, 12))
    ]
    comments = "".join(f"<div class='comments'>{part}</div>" for part in parts)
    page = f"<html><body><article><p>{PITCH}</p></article>{comments}</body></html>"
    alone = clean_text(page.encode(), "text/html")
    assert STORY[0] not in alone.layer.text
    second = " ".join(f"{n} {text}" for n in range(12) for text in STORY)
    both = clean_text(page.encode(), "text/html", second_reader=lambda source: second)
    assert f"11 {STORY[2]}" in both.layer.text
    assert ("low_yield", "low_yield") in kinds(both)
    told = clean_text(page.encode(), "text/html", second_reader=lambda source: None)
    assert ("low_yield", "low_yield") in kinds(told)


def test_offsets_stay_exact() -> None:
    done = clean([*paragraphs(*STORY), f"<div>{PITCH}</div>"], " ".join(STORY))
    for sentence in done.sentences:
        span = done.layer.to_raw(sentence.clean_start, sentence.clean_end)
        words = done.layer.text[sentence.clean_start : sentence.clean_end]
        assert done.raw[span.start : span.end] == words
