"""Whose voice a document is: credits, copies, pictures, and what stays undetermined."""

import random

import pytest
from made_claims import document

from summit_pipeline.reconcile.provenance.agency_credits import find_credits
from summit_pipeline.reconcile.provenance.copies import find_copies
from summit_pipeline.reconcile.provenance.origins import Origins, find_origins
from summit_pipeline.reconcile.provenance.picture_hosts import domain_of, pictures
from summit_pipeline.reconcile.provenance.retellings import anchors, shared_order
from summit_pipeline.reconcile.provenance.shingles import longest_shared, overlaps, shingle
from summit_pipeline.reconcile.tables import StoryDocument

SENTENCES = [
    "The port of Aarhus will close two of its four container terminals by the end of the year.",
    "Managers told staff on Monday that cargo had fallen by a third since the spring of last year.",
    "Unions called a meeting for the evening and asked the city council to step in at once.",
    "The mayor promised to look for a buyer but warned that the quay needed costly repairs.",
    "A Dutch firm that runs docks in nine countries looked at the site twice in the autumn.",
    "Its offer lapsed when the harbour board refused to pay for dredging the western basin.",
    "About three hundred people work at the two terminals, many of them since the nineties.",
]
REPORT = "\n".join(SENTENCES)
OWN_WORDS = (
    "Three hundred dockers face the sack in Aarhus, where half the container berths are to shut. "
    "Freight through the harbour is down sharply, and a Dutch bidder walked away over dredging "
    "bills. City hall says it still hopes that somebody will take the quays on."
)

NAMED = (
    "Yesterday Anna Berg of Skagen Lines told Carlo Ruiz in Malmö that 14 ferries would stop. "
    "In 2019 the firm sold Oresund Bridge shares to Nils Holm for 820 million kronor. "
    "Later Petra Lund and Omar Said asked Copenhagen for 35 slots. "
    "Now Helga Krona at Nordea fears that Gotland loses 1,200 jobs by 2026"
)
NAMED_AGAIN = (
    "On Tuesday Anna Berg at Skagen Lines informed Carlo Ruiz from Malmö how 14 boats might halt. "
    "During 2019 it offloaded Oresund Bridge stock onto Nils Holm at 820 thousand crowns. "
    "Afterwards Petra Lund plus Omar Said begged Copenhagen about 35 berths. "
    "Currently Helga Krona from Nordea worries whether Gotland sheds 1,200 posts until 2026"
)


def origins(*documents: StoryDocument) -> dict[str, str]:
    return {v: origin for v, (origin, _) in find_origins(documents).by_version.items()}


def basis(found: Origins, version: str) -> str:
    return found.by_version[version][1]


def words(found: Origins, *documents: StoryDocument) -> list[tuple[str, str]]:
    raw = {d.document_id: d.raw_text for d in documents}
    return [(e.kind, raw[e.document_id][e.start_char : e.end_char]) for e in found.evidence]


def test_without_evidence_each_outlet_speaks_for_itself_and_says_so() -> None:
    found = find_origins([document("a", REPORT), document("b", OWN_WORDS)])
    assert {v: o for v, (o, _) in found.by_version.items()} == {"a": "Outlet a", "b": "Outlet b"}
    assert basis(found, "a") == "undetermined: no agency named and no copy found"
    assert found.evidence == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AARHUS (Reuters) - The port will close.", "dateline"),
        ("AARHUS, Denmark (Reuters) — The port will close.", "dateline"),
        ("The port will close.\n(Reuters)", "credit_line"),
        ("By Ann Lee, Reuters\nThe port will close.", "credit_line"),
        ("The port will close.\nReporting by Ann Lee for Reuters; editing by Bo Ek", "credit_line"),
        ("The port will close.\nReuters contributed to this report.", "contribution"),
        ("The port will close, a manager told Reuters on Monday.", "told"),
        ("The port will close, officials informed Reuters.", "told"),
        ("ALEXANDRIA, Va. (Reuters) - The port will close.", "dateline"),
        ("ST. LOUIS/CAYCE, S.C., June 3 (Reuters) - The port will close.", "dateline"),
        ("The port will close.\n—Reuters", "credit_line"),
        ("The port will close. It is old. (Reuters)", "credit_line"),
        ("The port will close.\nAdditional reporting by Reuters", "contribution"),
        ("The port will close.\nWith files from Reuters", "contribution"),
        ("The port will close.\nMaterial from Reuters was used in this report.", "contribution"),
        ("The port will close. Contributing: Ann Lee; Reuters", "contribution"),
        ("The port will close.\nReuters business writers Ann Lee contributed.", "contribution"),
        ("It closes.\n© 2019 Thomson/Reuters. All rights reserved.", "copyright"),
        ("It closes.\n(Copyright 2018 Reuters. All rights reserved.)", "copyright"),
        ("It closes.\nCopyright Reuters. All rights reserved.", "copyright"),
    ],
)
def test_kinds_of_credit(text: str, kind: str) -> None:
    (credit,) = find_credits(text)
    assert (credit.agency, credit.kind) == ("Reuters", kind)
    assert "Reuters" in text[credit.span.start : credit.span.end]


def test_a_line_of_a_name_alone_is_a_credit_where_the_layout_says_so() -> None:
    text = "Reuters\nThe port will close."
    assert find_credits(text) == []
    assert [c.kind for c in find_credits(text, ("Reuters",))] == ["credit_line"]


@pytest.mark.parametrize(
    "text",
    [
        "The port will close, Reuters reported.",
        "Reuters is a news agency in London that employs many people.",
        "Shares of Thomson Reuterson fell.",
        "Photo: Reuters\nThe port will close.",
        "By Reuters photographer Bo Ek\nThe port will close.",
        "The quay at dawn. (Bo Ek/Reuters)\nThe port will close.",
        "Image copyright Reuters Image caption The quay\nThe port will close.",
        "© Reuters\nThe port will close.",
        "The port will close, according to reporting by Reuters.",
        "The port will close. The news was first published by Reuters.",
        "The mayor wrote to the Spanish Press Association (SPA).",
        "From left: Ann Lee, Bo Ek, Carl Roe (AP Photo/Reuters)",
        "He told AA meetings about it.",
        "Mike Bloomberg contributed $10 million to the campaign.",
        "Write to @Reuters or https://www.reuters.com/Reuters",
    ],
)
def test_no_credit(text: str) -> None:
    assert find_credits(text) == []


def test_a_dateline_makes_the_agency_the_origin() -> None:
    made = document("a", f"AARHUS (AFP) - {REPORT}", agencies=("Agence France-Presse",))
    found = find_origins([made])
    assert origins(made) == {"a": "Agence France-Presse"}
    assert words(found, made) == [("agency_dateline", "AFP")]


def test_what_was_told_to_an_agency_is_the_origin_of_a_spun_text_only() -> None:
    text = f"{REPORT} Officials informed Reuters of it."
    spun = document("a", text, agencies=("Reuters",), text_grade="spun")
    clean = document("b", OWN_WORDS + " Officials told Reuters of it.", agencies=("Reuters",))
    found = find_origins([spun, clean])
    assert found.by_version["a"][0] == "Reuters"
    assert found.by_version["b"][0] == "Outlet b"
    assert basis(found, "b").startswith("undetermined")


def test_the_agency_as_an_outlet_is_its_own_origin() -> None:
    assert origins(document("a", REPORT, outlet="AP")) == {"a": "Associated Press"}


def test_copies_share_the_origin_of_the_earliest() -> None:
    early = document("z", REPORT, published="2024-05-01T08:00")
    late = document("a", REPORT + "\nMore soon.", published="2024-05-01T09:00")
    found = find_origins([late, early])
    assert origins(late, early) == {"a": "Outlet z", "z": "Outlet z"}
    assert basis(found, "a").startswith("near-copy")
    assert basis(found, "z").startswith("undetermined")


def test_an_abridged_copy_without_dates_follows_the_most_complete() -> None:
    abridged = document("a", "\n".join(SENTENCES[:3]))
    whole = document("b", REPORT + "\n" + OWN_WORDS)
    assert origins(abridged, whole) == {"a": "Outlet b", "b": "Outlet b"}


def test_copies_share_the_agency_that_one_of_them_credits() -> None:
    plain = document("a", REPORT)
    credited = document("b", f"{REPORT}\n(Reuters)", agencies=("Reuters",))
    assert origins(plain, credited) == {"a": "Reuters", "b": "Reuters"}


def test_a_text_that_another_copy_credits_is_not_undetermined() -> None:
    plain = document("a", REPORT + "\n" + OWN_WORDS)
    credited = document("b", f"{REPORT}\n(Reuters)", agencies=("Reuters",))
    found = find_origins([plain, credited])
    assert found.by_version["a"] == ("Reuters", "copy: another text of these words credits Reuters")


def test_a_copy_in_other_words_is_known_by_its_names_and_numbers_in_order() -> None:
    original = document("a", NAMED, published="2024-05-02")
    spun = document("b", NAMED_AGAIN, text_grade="spun", published="2024-05-01")
    found = find_origins([original, spun])
    assert origins(original, spun) == {"a": "Outlet a", "b": "Outlet a"}
    assert basis(found, "b").startswith("rewritten copy")
    assert {e.kind for e in found.evidence} == {"rewritten_copy"}
    assert all("Anna Berg" in span[:20] for _, span in words(found, original, spun))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The same people with their titles, in the order of rank: long names count no more.
        (
            "a trial that saw Superior Court Judge Rowland Barnes, reporter Julie Ann Brandau, "
            "Sgt. Hoyt Teasley and agent David Wilhelm of Fulton County killed on March 11, 2005.",
            "he shot Judge Rowland Barnes, then Julie Ann Brandau, Deputy Sgt. Hoyt Teasley, and "
            "later David Wilhelm in Fulton County, all of them on March 11, 2005, in Atlanta.",
        ),
        # The same names at first, but told about in another order afterwards.
        (
            "for Berg, Ruiz, Holm, Lund, Said and Krona it ended: Holm wept, Said left, Berg sang, "
            "Krona slept, Ruiz wrote, Lund read, Holm ate, Said drove.",
            "there Berg, Ruiz, Holm, Lund, Said and Krona stood; then Lund went, Krona came, Ruiz "
            "sat, Berg lay, Krona drank, Said ran, Holm fell, Lund rose.",
        ),
        # One name over and over.
        ("and Berg came. Then Berg saw Oslo. Here Berg won. " * 8, "for Berg in Oslo " * 20),
        ("", ""),
    ],
)
def test_names_in_the_order_that_events_give_are_no_retelling(one: str, other: str) -> None:
    assert find_copies([one, other], [shingle(one), shingle(other)]) == []


def test_one_name_that_comes_all_the_time_costs_no_more_than_a_bound() -> None:
    text = "then Berg, " * 20_000
    order = shared_order(anchors(text), anchors(text + "Holm"))
    assert order is not None
    assert order.in_order == 400


def test_the_same_names_in_another_order_are_another_report() -> None:
    other = document("b", ". ".join(NAMED_AGAIN.split(". ")[::-1]))
    assert origins(document("a", NAMED), other) == {"a": "Outlet a", "b": "Outlet b"}


def test_copies_of_copies_form_one_group() -> None:
    first = document("a", "\n".join(SENTENCES[:5]), published="2024-05-01")
    second = document("b", "\n".join(SENTENCES[1:6]), published="2024-05-02")
    third = document("c", "\n".join(SENTENCES[2:7]), published="2024-05-03")
    assert set(origins(first, second, third).values()) == {"Outlet a"}


def test_a_report_that_everybody_prints_is_one_origin() -> None:
    made = [document(f"{n:03}", f"{REPORT}\nSeen by reader {n}.") for n in range(90)]
    assert set(origins(*made).values()) == {"Outlet 000"}


def test_shared_quotations_are_no_copy() -> None:
    quoted = f"The minister read out a statement: “{' '.join(SENTENCES)}”"
    one = document("a", f"{OWN_WORDS} {quoted}")
    two = document("b", f"Nobody in the harbour was surprised by the news, said a docker. {quoted}")
    assert origins(one, two) == {"a": "Outlet a", "b": "Outlet b"}


def test_evidence_of_a_copy_shows_shared_words_in_the_raw_text() -> None:
    raw = f"![x](http://x.org/p.jpg)\n{REPORT}"
    one = document("a", raw, clean_text=REPORT)
    two = document("b", REPORT)
    shown = words(find_origins([one, two]), one, two)
    assert len(shown) == 2
    assert all(kind == "near_copy" and text in REPORT and len(text) > 80 for kind, text in shown)


def test_a_borrowed_picture_is_evidence_for_a_spun_text() -> None:
    picture = "![Trump](https://i2.wp.com/images.paper.co.uk/2025/02/a.jpg?w=1200)"
    raw = f"{picture}\n{OWN_WORDS}"
    spun = document("a", raw, text_grade="spun", outlet="blog.example")
    found = find_origins([spun])
    assert words(found, spun) == [
        ("borrowed_image", "https://i2.wp.com/images.paper.co.uk/2025/02/a.jpg")
    ]
    assert found.by_version["a"][0] == "paper.co.uk"
    assert origins(document("a", raw, outlet="blog.example")) == {"a": "blog.example"}


def test_a_quotation_in_a_spinners_words_is_evidence_for_a_spun_text_only() -> None:
    said = (
        "Asked about it, the mayor replied: “I think we want fairness also, and we told them so.”"
    )
    spun_words = "“I assume we need equity too, and we informed them so,” said the mayor of Aarhus."
    sound = document("a", f"{said} {OWN_WORDS}")
    spun = document("b", f"{REPORT}\n{spun_words}", text_grade="spun")
    found = find_origins([sound, spun])
    assert words(found, sound, spun) == [
        ("quotation_image", "I assume we need equity too, and we informed them so")
    ]
    assert (found.evidence[0].other_document_id, found.evidence[0].origin) == ("a", "Outlet a")
    assert found.by_version["b"][0] == "Outlet b", "many texts have the words of a remark"
    assert find_origins([sound, document("b", f"{REPORT}\n{spun_words}")]).evidence == []
    other = document("b", f"{REPORT}\n“We will buy the port and keep it.”", text_grade="spun")
    assert find_origins([sound, other]).evidence == []


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.news.example.co.uk/a", "example.co.uk"),
        ("http://example.com:80", "example.com"),
        ("http://192.168.0.1/a.jpg", None),
        ("no address", None),
        ("http://[bad", None),
        (None, None),
    ],
)
def test_registered_domains(address: str | None, domain: str | None) -> None:
    assert domain_of(address) == domain


def test_pictures_on_shared_hosts_tell_no_publisher() -> None:
    assert pictures("https://pbs.twimg.com/media/a.jpg https://i0.wp.com/") == []


def test_overlap_is_counted_in_five_word_runs() -> None:
    one, two = shingle("a b c d e f g"), shingle("x b c d e f g")
    overlap = overlaps([one, two])[0, 1]
    assert (overlap.shared, overlap.jaccard) == (2, 0.5)
    span = longest_shared(one, two)
    assert (span.start, span.end) == (2, 13)


@pytest.mark.parametrize(
    "text", ["", "a b", "“" * 5000, "a " * 5000, "http://" * 2000, "Reuters " * 9000]
)
def test_hostile_texts_give_no_origin_and_no_error(text: str) -> None:
    made = [document("a", text, text_grade="spun"), document("b", text)]
    assert set(origins(*made)) == {"a", "b"}


def test_the_order_of_documents_plays_no_part() -> None:
    made = [
        document("a", REPORT),
        document("b", "\n".join(SENTENCES[:5])),
        document("c", OWN_WORDS),
        document("d", f"{REPORT}\n(AFP)", agencies=("Agence France-Presse",)),
    ]
    expected = find_origins(made)
    for seed in range(4):
        assert find_origins(random.Random(seed).sample(made, len(made))) == expected
