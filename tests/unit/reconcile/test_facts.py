from typing import Any

from made_claims import claim, source
from told_facts import Told, told

from summit_pipeline.vocabulary import Claim

DEFICIT = "The trade deficit with Norland stood at {} in {}, the ministry's figures show."


def deficit(version: str, words: str, value: float, half: float, **given: Any) -> Claim:
    year = given.pop("year", "2024")
    period = (
        {"period_start": f"{year}-01-01", "period_end": f"{int(year) + 1}-01-01"}
        if given.pop("stated", True)
        else {}
    )
    return claim(
        version, words, DEFICIT.format(words, year), value=value, interval_low=value - half,
        interval_high=value + half, measure="trade deficit with Norland", measure_head="deficit",
        parties=["Norland"], **period, **given,
    )  # fmt: skip


def relate(*claims: Claim, **sources: dict[str, Any]) -> Told:
    versions = sorted({c.version_id for c in claims})
    return told(claims, {v: source(v, **sources.get(v, {})) for v in versions})


def test_rounded_values_support_the_most_precise_one_and_origins_are_counted() -> None:
    found = relate(
        deficit("a", "$68.5 billion", 68.5e9, 0.05e9),
        deficit("b", "$68 billion", 68e9, 0.5e9),
        deficit("c", "$68 billion", 68e9, 0.5e9, stated=False),
        b={"origin": "Agency"},
        c={"origin": "Agency"},
    )
    (fact,) = found.facts
    assert (fact.value_text, fact.value_safe, fact.status) == (
        "$68.5 billion", "$68 billion", "settled",
    )  # fmt: skip
    assert (fact.document_count, fact.origin_count, fact.scope) == (3, 2, "2024")
    assert sorted(r.relation_to_fact for r in found.slotted) == [
        "supports", "supports_rounded", "supports_rounded",
    ]  # fmt: skip
    assert {r.scope_basis for r in found.slotted} == {"stated", "inferred"}
    assert not found.disagreements


def test_rivals_make_a_fact_disputed_and_the_better_supported_one_is_chosen() -> None:
    found = relate(
        deficit("a", "$14.1 billion", 14.1e9, 0.05e9),
        deficit("b", "$14.9 billion", 14.9e9, 0.05e9),
        deficit("c", "$14.1 billion", 14.1e9, 0.05e9),
        b={"grade": "spun"},
    )
    (fact,) = found.facts
    assert (fact.value_text, fact.status, fact.origin_count) == ("$14.1 billion", "disputed", 2)
    assert [(v.value_text, v.stance, v.rank) for v in found.values] == [
        ("$14.1 billion", "chosen", 1),
        ("$14.9 billion", "rival", 2),
    ]
    (row,) = found.disagreements
    assert (row.relation, row.severity) == ("contradiction", "error")
    assert {row.document_count_a, row.document_count_b} == {1, 2}
    relations = [r for r in found.relations if r.relation == "contradiction"]
    assert {r.disagreement_id for r in relations} == {row.disagreement_id}


def test_another_year_is_another_fact_of_the_slot() -> None:
    found = relate(
        deficit("a", "$68.5 billion", 68.5e9, 0.05e9),
        deficit("b", "$71.6 billion", 71.6e9, 0.05e9, year="2023"),
    )
    assert {f.scope for f in found.facts} == {"2023", "2024"}
    assert len({f.slot_id for f in found.facts}) == 1
    assert {d.relation for d in found.disagreements} == {"scope_differs"}


def test_fact_ids_do_not_hold_values() -> None:
    one = relate(deficit("a", "$68 billion", 68e9, 0.5e9))
    other = relate(deficit("a", "$99 billion", 99e9, 0.5e9))
    assert one.facts[0].fact_id == other.facts[0].fact_id
    assert one.values[0].value_id != other.values[0].value_id


def test_a_repeat_in_the_same_document_adds_no_support() -> None:
    found = relate(
        deficit("a", "$68 billion", 68e9, 0.5e9),
        deficit("a", "$68 billion", 68e9, 0.5e9, start=500, is_repeat=True),
        deficit("b", "$68 billion", 68e9, 0.5e9),
    )
    votes = {r.claim_id: r.relation_to_fact for r in found.slotted}
    assert sorted(votes.values()).count("no_vote") == 1
    assert max(f.document_count for f in found.facts) == 2


def bid(version: str, words: str, state: str, **given: Any) -> Claim:
    return claim(
        version, words, f"Harbour Steel's bid for Lake Iron: it {words}.", kind="status",
        canonical=state, measure="bid for Lake Iron", measure_head="bid",
        parties=["Harbour Steel", "Lake Iron"], **given,
    )  # fmt: skip


def test_an_earlier_state_is_superseded() -> None:
    found = relate(
        bid("a", "was blocked", "blocked", as_of="2025-01-03"),
        bid("b", "was dropped", "dropped", as_of="2025-02-07"),
    )
    (fact,) = found.facts
    assert (fact.value_text, fact.status) == ("was dropped", "single_origin")
    first, second = found.values
    assert (first.stance, second.stance) == ("chosen", "superseded")
    assert second.state_to == first.state_from
    assert [d.relation for d in found.disagreements] == ["update"]


def remark(version: str, text: str) -> Claim:
    return claim(version, text, f"“{text}” she said.", kind="quotation", speaker="Ann Roe")


def test_the_longest_undamaged_wording_with_most_origins_is_the_best() -> None:
    full = "We will never surrender this harbour to anybody in the world"
    found = relate(
        remark("a", full),
        remark("b", "never surrender this harbour to anybody"),
        remark("c", "We will never surrender this port to anybody in the world, friends"),
        c={"grade": "spun"},
    )
    (fact,) = found.facts
    assert (fact.value_text, fact.subject, fact.origin_count) == (full, "remark by Ann Roe", 2)
    damaged = [w for w in found.wordings if w.is_damaged]
    assert len(found.wordings) == 3
    assert [w.document_id for w in damaged] == ["c"]
    assert "-harbour- +port+" in damaged[0].diff
    assert [w.wording for w in found.wordings if w.is_best] == [full]


def test_a_withdrawn_document_is_seen_but_not_heard() -> None:
    claims = [
        deficit("a", "$14.1 billion", 14.1e9, 0.05e9),
        deficit("b", "$14.9 billion", 14.9e9, 0.05e9),
        deficit("c", "$14.9 billion", 14.9e9, 0.05e9),
    ]
    gone = {"is_withdrawn": True}
    (fact,) = relate(*claims).facts
    assert (fact.value, fact.status, fact.origin_count) == (14.9e9, "disputed", 2)
    found = relate(*claims, b=gone, c=gone)
    (fact,) = found.facts
    assert (fact.value, fact.status) == (14.1e9, "single_origin")
    assert (fact.document_count, fact.outlet_count, fact.origin_count) == (1, 1, 1)
    votes = {claims[i].claim_id: vote for i, vote in enumerate(["supports", "no_vote", "no_vote"])}
    assert {r.claim_id: r.relation_to_fact for r in found.slotted} == votes
    assert [(v.stance, v.origin_count) for v in found.values] == [("chosen", 1), ("undecided", 0)]
    (row,) = found.disagreements
    assert (row.relation, row.rule, row.severity) == ("undecided", "withdrawn", "warn")
    assert "was withdrawn; else: contradiction" in row.reason


def test_what_only_withdrawn_documents_state_has_no_support() -> None:
    gone = {"is_withdrawn": True}
    money = relate(deficit("a", "$14.1 billion", 14.1e9, 0.05e9), a=gone)
    words = relate(remark("a", "We will never surrender this harbour"), a=gone)
    for found in (money, words):
        (fact,) = found.facts
        assert (fact.status, fact.document_count, fact.origin_count) == ("undecided", 0, 0)
        assert [r.relation_to_fact for r in found.slotted] == ["no_vote"]


def test_the_wording_of_a_withdrawn_document_is_the_best_of_none_but_its_own() -> None:
    full = "We will never surrender this harbour to anybody in the world"
    short = "never surrender this harbour to anybody"
    gone = {"is_withdrawn": True}
    found = relate(remark("a", full), remark("b", short), a=gone)
    (fact,) = found.facts
    assert (fact.value_text, fact.status, fact.origin_count) == (short, "single_origin", 1)


def test_two_figures_of_one_sentence_are_no_contradiction() -> None:
    sentence = "Its memory doubled from 2 to 4 gigabytes, the maker of the laptop said."

    def memory(version: str, words: str, value: float) -> Claim:
        return claim(
            version, words, sentence, kind="measure", unit="byte", value=value,
            interval_low=value, interval_high=value, measure="memory", measure_head="memory",
        )  # fmt: skip

    found = relate(memory("a", "2", 2e9), memory("a", "4 gigabytes", 4e9), memory("b", "2", 2e9))
    assert {r.relation for r in found.relations} <= {"agree"}
