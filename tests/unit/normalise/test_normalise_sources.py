"""What a text tells of where it comes from: encoding, language, agencies."""

import pytest

from summit_pipeline.normalise.about.agencies import find_agencies
from summit_pipeline.normalise.about.language import find_language
from summit_pipeline.normalise.mojibake import repair
from summit_pipeline.text.decoding import decode
from summit_pipeline.text.layers import apply_edits

TEXT = "Die Café-Gäste sagten: „Wir zahlen 5 € – nicht mehr“, und gingen. " * 5


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
def test_bodies_are_decoded_without_being_told_how(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), None).text == TEXT


def test_declared_latin_1_is_read_as_browsers_do() -> None:
    assert decode("“x”".encode("cp1252"), "iso-8859-1").text == "“x”"


def test_a_wrong_declaration_does_not_count() -> None:
    assert decode("café".encode("cp1252"), "utf-8").text == "café"
    assert decode("café".encode(), "ascii").text == "café"


def test_utf_7_is_refused() -> None:
    assert decode(b"+ADw-script+AD4-", "utf-7").text == "+ADw-script+AD4-"


def test_unpaired_surrogates_become_replacement_characters() -> None:
    assert decode("a\ud800b".encode("utf-8", "surrogatepass"), None).text == "a\ufffdb"


def test_a_page_may_state_its_charset() -> None:
    page = '<meta charset="windows-1251"><p>Привет</p>'
    assert "Привет" in decode(page.encode("cp1251"), None, "text/html").text


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("itâ€™s “over”", "it’s “over”"),
        ("cafÃ© and na\xefve", "café and naïve"),
        ("“Fine” – café, naïve, €5, 30°", "“Fine” – café, naïve, €5, 30°"),
        ("AÑO NUEVO, ÀÉÎ", "AÑO NUEVO, ÀÉÎ"),
    ],
)
def test_encoding_damage_is_undone_and_nothing_else(damaged: str, repaired: str) -> None:
    edits, findings = repair(damaged)
    assert apply_edits(damaged, edits).text == repaired
    assert bool(findings) == (damaged != repaired)
    assert all(len(e.after) <= 2 for e in edits)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met on Tuesday and it agreed on nothing at all.", "en"),
        ("Le conseil s'est réuni mardi et il n'est pas d'accord avec la ville.", "fr"),
        ("El consejo se reunió el martes y no llegó a un acuerdo con la ciudad.", "es"),
        ("Il consiglio si è riunito martedì e non ha trovato un accordo con la città.", "it"),
        ("De raad kwam dinsdag bijeen en was het niet eens met de stad.", "nl"),
        ("Совет собрался во вторник и ни о чём не договорился.", "ru"),
        ("市议会周二开会，没有达成任何协议。", "zh"),
        ("Acme Foo Bar Baz Qux Corge Grault Garply", "und"),
        ("Two words", "und"),
        ("", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert find_language(text)[0] == language


@pytest.mark.parametrize(
    ("body", "lines", "dateline", "agencies"),
    [
        ("Prices fell.", [], "LONDON (Reuters) -", ("Reuters",)),
        ("Prices fell, officials told Reuters.", [], None, ("Reuters",)),
        ("He told The Associated Press that prices fell.", [], None, ("Associated Press",)),
        ("Prices fell.\nThe AP contributed to this report.", [], None, ("Associated Press",)),
        ("Prices fell.\n— AFP", [], None, ("Agence France-Presse",)),
        ("Prices fell.", ["By Jane Doe, Associated Press"], None, ("Associated Press",)),
        ("(Reuters) - Prices fell.", [], None, ("Reuters",)),
        ("Reuters said it would cut 100 jobs.", [], None, ()),
        ("Shares of Thomson Reuters rose; Bloomberg reported it first.", [], None, ()),
        ("The Islamic group (IPS) met.", [], None, ()),
        ("Image copyright AFP Image caption The quay\nPrices fell.", [], None, ()),
        ("He told AA meetings about it. The CP train was late.", [], None, ()),
    ],
)
def test_agencies_are_credited_only_where_the_text_credits_them(
    body: str, lines: list[str], dateline: str | None, agencies: tuple[str, ...]
) -> None:
    assert find_agencies(body, lines, dateline) == agencies
