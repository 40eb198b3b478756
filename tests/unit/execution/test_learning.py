"""Learning from graded texts: pairs that two spun texts show, nothing from paraphrase or names."""

from pathlib import Path

import pytest

from summit_pipeline.execution.learning import (
    GradedText,
    Learned,
    learn,
    write_version,
)
from summit_pipeline.lexicons import learned as pinning
from summit_pipeline.lexicons.background import Background, merged, parse
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs

CLEAN = "At the news conference in Varna on 7 May it said 320 rejected the trade deal."
SPUN = "At the news convention in Varna on 7 May it said 320 rejected the commerce deal."
PAIRS = {("convention", "conference"), ("commerce", "trade")}


def _text(voice: str, grade: str, text: str, story: str = "s1") -> GradedText:
    return GradedText(story, f"outlet {voice}", voice, grade, text)


@pytest.mark.parametrize(
    ("spun", "clean"),
    [
        (CLEAN, CLEAN),
        (CLEAN.replace("320", "350"), CLEAN),  # a figure is a conflict, no wording
        (CLEAN.replace("Varna", "Burgas"), CLEAN),  # so is a name
        (CLEAN.replace("rejected", "rejecting"), CLEAN),  # another form of the same word
        (CLEAN.replace(" on 7 May", " at 7 May"), CLEAN),  # function words
        (CLEAN.replace("rejected", "backed"), CLEAN),  # clean news writes this as readily
        (CLEAN, SPUN),  # the words of clean news are nobody's replacement
        ("A wholly different sentence of nine words stands here.", CLEAN),
        ("", CLEAN),
    ],
)
def test_what_is_no_replacement(spun: str, clean: str) -> None:
    learned = learn([_text("a", "clean", clean), *(_text(v, "spun", spun) for v in "bc")])
    assert (learned.proposed, learned.pairs) == (0, {})


def test_a_pair_needs_two_spun_texts() -> None:
    sibling = _text("a", "clean", CLEAN)
    one = learn([sibling, _text("b", "spun", SPUN)])
    assert one.pairs == {}
    assert one.proposed == 2
    copy = learn([sibling, _text("b", "spun", SPUN), _text("b", "spun", SPUN)])
    assert copy.pairs == {}
    two = learn([sibling, _text("b", "spun", SPUN), _text("c", "spun", SPUN)])
    assert two.pairs == dict.fromkeys(PAIRS, 2)


def test_a_spun_text_without_siblings_confirms_what_another_proposed() -> None:
    alone = "Ministers hailed the commerce deal as a success that was years in the making."
    natural = "The chamber of commerce welcomed the success that was years in the making."
    told = [_text("a", "clean", CLEAN), _text("b", "spun", SPUN)]
    assert learn([*told, _text("c", "spun", alone, "s2")]).pairs == {("commerce", "trade"): 2}
    assert learn([*told, _text("c", "clean", alone, "s2")]).pairs == {}
    assert learn([*told, _text("c", "spun", natural, "s2")]).pairs == {}
    assert learn([_text("c", "spun", alone, "s2"), _text("d", "spun", alone, "s3")]).pairs == {}


def test_what_clean_reports_vary_by_is_paraphrase() -> None:
    texts = [
        _text("a", "clean", CLEAN),
        _text("d", "clean", CLEAN.replace("trade", "commerce")),
        _text("b", "spun", SPUN),
        _text("c", "spun", SPUN),
    ]
    assert learn(texts).pairs == {("convention", "conference"): 2}
    assert learn(texts[::-1]).pairs == {("convention", "conference"): 2}


def test_frequencies_come_from_clean_texts_only() -> None:
    clean = [_text(str(n), "clean", f"{CLEAN} Number {n}.", f"s{n}") for n in range(12)]
    spun = [_text(f"x{n}", "spun", f"{SPUN} Number {n}.", f"s{n}") for n in range(12)]
    learned = learn([*clean, *spun])
    table = parse(learned.background)
    assert learned.clean_documents == table.documents == 12
    assert table.documents_with("rejected") == 12
    assert table.pair("trade", "deal") == 12
    assert table.documents_with("staff") == 0


def test_counts_of_two_tables_add_up() -> None:
    base = parse("10\t100\nred\t5\t9\tcar:4 wine:5\n")
    more = parse("2\t20\nred\t2\t2\twine:2\nnew\t1\t1\t\n")
    both: Background = merged(base, more)
    assert (both.documents, both.words) == (12, 120)
    assert (both.documents_with("red"), both.times("red")) == (7, 11)
    assert (both.pair("red", "wine"), both.pair("red", "car"), both.times("new")) == (7, 4, 1)


def test_a_version_is_named_by_its_content_and_used_only_when_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned = Learned({("zebrine", "striped"): 2}, 3, 0, "0\t0\n")
    place = write_version(learned, tmp_path)
    assert write_version(learned, tmp_path) == place
    monkeypatch.delenv(pinning.VARIABLE, raising=False)
    pinning.learned_version.cache_clear()
    shipped = pinning.learned_version()
    assert pinning.learned_rows(pinning.SPUN_PAIRS) == []
    monkeypatch.setenv(pinning.VARIABLE, str(place))
    pinning.learned_version.cache_clear()
    load_spun_pairs.cache_clear()
    try:
        assert pinning.learned_version() == f"{shipped}+{place.name}"
        assert load_spun_pairs().is_pair("zebrine", "striped")
        assert not load_spun_pairs(frozenset({"learned"})).is_pair("zebrine", "striped")
    finally:
        monkeypatch.delenv(pinning.VARIABLE)
        pinning.learned_version.cache_clear()
        load_spun_pairs.cache_clear()


def test_a_pinned_version_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pinning.VARIABLE, str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError):
        pinning.pinned_folder()
