"""HOSTILE_INPUTS, rows 34 and 35: guids and addresses that change, lie or are shared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs_in_memory import Runs, counted, item

from summit_pipeline.ingest.addresses import canonical_address, spellings, trusted_canonical
from summit_pipeline.ingest.identity import MOST_NAMES

BRIDGE = (
    "The council approved a bridge over the Elm on Tuesday. It will cost $12 million, officials "
    "said, and should open in four years. Residents had asked for one since the flood of 1998."
)
SCHOOL = (
    "Teachers at the harbour school began a strike on Monday over plans to close two classes. "
    "Parents brought soup. The board meets again next week, its chair told the radio."
)
URL = "https://news.example.com/2025/bridge"


# --- row 34: no guid, changing guids, shared guids ----------------------------------------------


def test_row_34_no_guid_is_identity_by_address_and_then_by_content() -> None:
    runs = Runs()
    things = (item(BRIDGE, url=URL), item(SCHOOL))
    assert counted(runs.run(*things)) == (2, 0, 0)
    assert [d.identity_basis for d in runs.last.documents] == ["url", "content"]
    assert counted(runs.run(*things)) == (0, 0, 2)
    edited = item(BRIDGE.replace("12", "14"), url=URL)
    assert counted(runs.run(edited, item(f"<p>{SCHOOL}</p>"))) == (0, 1, 1)


@pytest.mark.parametrize("edit", ["", "It was a close vote."])
def test_row_34_a_guid_that_changes_at_each_fetch_makes_no_new_document(edit: str) -> None:
    runs = Runs()
    for fetch in range(4):
        runs.run(item(f"{BRIDGE} {edit * fetch}", f"id-{fetch}", URL))
    assert runs.documents == 1
    assert runs.versions == (4 if edit else 1)


def test_row_34_names_that_change_for_ever_are_not_kept_for_ever() -> None:
    runs = Runs()
    for fetch in range(MOST_NAMES + 10):
        runs.run(item(f"<i id='{fetch}'>{BRIDGE}</i>", f"id-{fetch}", URL))
    assert runs.documents == 1
    assert sum(len(run.names) for run in runs.brought) == MOST_NAMES


@pytest.mark.parametrize(
    "guid",
    [
        "https://news.example.com/bridge;jsessionid={}",
        "https://news.example.com/bridge?PHPSESSID={}",
        "https://news.example.com/bridge?utm_campaign={}&id=7",
    ],
)
def test_row_34_a_session_in_a_guid_makes_no_new_document(guid: str) -> None:
    runs = Runs()
    runs.run(item(BRIDGE, guid.format("A1")))
    assert counted(runs.run(item(SCHOOL, guid.format("B2")))) == (0, 1, 0)


def test_row_34_two_items_with_one_guid_in_a_batch_are_both_counted_and_kept() -> None:
    runs = Runs()
    apart = (item(BRIDGE, "g", URL), item(SCHOOL, "g", "https://news.example.com/school"))
    assert counted(runs.run(*apart)) == (2, 0, 0)
    assert counted(runs.run(*reversed(apart))) == (0, 0, 2)
    together = Runs()
    assert counted(together.run(item(BRIDGE, "g"), item(SCHOOL, "g"), item(SCHOOL, "g"))) == (
        1, 1, 1,
    )  # fmt: skip
    assert together.versions == 2
    assert together.harvester.counts.twins == 1


def test_row_34_one_guid_in_two_feeds_is_two_documents() -> None:
    runs = Runs()
    things = (item(BRIDGE, "g", source="one"), item(BRIDGE, "g", source="two"))
    assert counted(runs.run(*things)) == (2, 0, 0)
    assert len({d.document_id for d in runs.last.documents}) == 2


def test_row_34_a_stable_guid_holds_whatever_becomes_of_the_address() -> None:
    runs = Runs()
    runs.run(item(BRIDGE, "g", URL))
    moved = item(BRIDGE.replace("12", "14"), "g", URL + "-costs-more")
    assert counted(runs.run(moved)) == (0, 1, 0)
    rewritten = item(SCHOOL, "g", URL + "-costs-more")
    assert counted(runs.run(rewritten)) == (0, 1, 0)
    assert runs.documents == 1


def test_row_34_posts_of_a_live_page_are_articles_of_their_own() -> None:
    runs = Runs()
    things = (item(BRIDGE, "p1", URL + "#p1"), item(SCHOOL, "p2", URL + "#p2"))
    assert counted(runs.run(*things)) == (2, 0, 0)
    nameless = (item(BRIDGE, url=URL + "#p1"), item(SCHOOL, url=URL + "#p2"))
    assert counted(Runs().run(*nameless)) == (2, 0, 0)


@given(st.permutations(range(6)), st.integers(1, 6))
def test_row_34_documents_are_the_same_in_any_order(order: list[int], batch: int) -> None:
    texts = [f"{BRIDGE if n % 2 else SCHOOL} {n * 'More. '}" for n in range(6)]
    things = [
        item(texts[0], "g", "https://a.example/0"),
        item(texts[1], "g", "https://a.example/1"),
        item(texts[2], "h", "https://a.example/2"),
        item(texts[3], url="https://a.example/3"),
        item(texts[4], url="https://a.example/4?ref=x"),
        item(texts[5]),
    ]
    expected, found = Runs(), Runs()
    expected.run(*things)
    shuffled = [things[n] for n in order]
    for start in range(0, 6, batch):
        found.run(*shuffled[start : start + batch])

    def ids(runs: Runs) -> set[tuple[str, str]]:
        return {(v.document_id, v.version_id) for run in runs.brought for v in run.versions}

    assert ids(found) == ids(expected)
    assert len(ids(expected)) == 6


# --- row 35: one article, many addresses --------------------------------------------------------

VARIANTS = [
    "http://news.example.com/2025/bridge",
    "https://news.example.com:443/2025/bridge/",
    "https://www.news.example.com/2025/bridge",
    "https://News.Example.com/2025/bridge?utm_source=rss&utm_medium=feed",
    "https://news.example.com/2025/bridge?fbclid=IwAR0&gclid=1&mc_cid=3",
    "https://news.example.com/2025/bridge#comments",
    "https://m.news.example.com/2025/bridge",
    "https://amp.news.example.com/2025/bridge",
    "https://news.example.com/2025/bridge/amp/",
    "https://news.example.com/2025/bridge?amp=1",
    "https://news.example.com/2025/bridge.amp",
    "https://news.example.com/2025/bridge?ref=homepage&src=x",
    "https://news.example.com/2025/bridge;jsessionid=0A1B",
]


@pytest.mark.parametrize("url", VARIANTS)
def test_row_35_one_document_when_the_text_agrees(url: str) -> None:
    runs = Runs()
    runs.run(item(BRIDGE, url=URL))
    assert counted(runs.run(item(BRIDGE, url=url))) == (0, 0, 1)
    assert counted(runs.run(item(BRIDGE.replace("12", "14"), url=url))) == (0, 1, 0)
    other_way = Runs()
    other_way.run(item(BRIDGE, url=url))
    assert counted(other_way.run(item(f"<p>{BRIDGE}</p>", url=URL))) == (0, 0, 1)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example.com/2025/bridge?ref=2",
        "https://news.example.com/2025/bridge#second",
        "https://m.news.example.com/2025/bridge",
    ],
)
def test_row_35_two_documents_when_only_the_address_seems_to_agree(url: str) -> None:
    runs = Runs()
    runs.run(item(BRIDGE, url=URL))
    assert counted(runs.run(item(SCHOOL, url=url))) == (1, 0, 0)
    assert counted(runs.run(item(BRIDGE, url=URL), item(SCHOOL, url=url))) == (0, 0, 2)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example.com/2025/bridge-two",
        "https://news.example.com/2025/bridge?id=2",
        "https://news.example.com/2025/bridge?page=2",
        "https://news.example.com:8443/2025/bridge",
        "https://example.com/2025/bridge",
        "https://news.example.com/#!/2025/bridge",
    ],
)
def test_row_35_other_addresses_are_other_documents(other: str) -> None:
    assert canonical_address(URL) != canonical_address(other)


def test_row_35_the_page_s_own_statement_joins_two_addresses() -> None:
    runs = Runs()
    runs.run(item(BRIDGE, url=URL))
    shared = item(BRIDGE, url="https://news.example.com/go?id=9", canonical=URL)
    assert counted(runs.run(shared)) == (0, 0, 1)


@pytest.mark.parametrize(
    "stated",
    [
        "https://news.example.com/", "https://news.example.com", "http://other.example.org/bridge",
        "/2025/bridge", "javascript:alert(1)", "", "https://co.uk/2025/bridge",
    ],
)  # fmt: skip
def test_row_35_a_wrong_statement_is_not_believed(stated: str) -> None:
    assert trusted_canonical(stated, URL) is None
    runs = Runs()
    things = (
        item(BRIDGE, url=URL, canonical=stated),
        item(SCHOOL, url="https://news.example.com/school", canonical=stated),
    )
    assert counted(runs.run(*things)) == (2, 0, 0)


def test_row_35_a_statement_within_the_registrable_domain_is_believed() -> None:
    stated = "https://www.example.co.uk/news/bridge"
    assert trusted_canonical(stated, "https://amp.example.co.uk/bridge") == stated
    assert trusted_canonical(stated, "https://example.com/bridge") is None


@given(st.text(max_size=200))
def test_any_text_has_spellings_or_none(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"https://{text}/x"):
        both = spellings(url)
        if both is not None:
            again = spellings(both.exact)
            assert again is not None
            assert again.exact == both.exact
            assert again.canonical == both.canonical
