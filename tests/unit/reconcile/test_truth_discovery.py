"""Truth discovery on small claim tables whose truth is known."""

import random
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.reconcile.truth_discovery.coded_claims import ClaimTableError, code_claims
from summit_pipeline.reconcile.truth_discovery.discovery import Discovery, discover
from summit_pipeline.reconcile.truth_discovery.value_kinds import value_kinds
from summit_pipeline.reconcile.truth_discovery.value_trees import (
    Hierarchy,
    HierarchyError,
    build_hierarchy,
)

Claim = tuple[str, str, str, str, float | None]
NAMES = ("source", "object", "attribute", "value", "value_num")


def table(claims: Sequence[Claim]) -> pl.DataFrame:
    return pl.DataFrame(
        claims, schema={name: pl.String for name in NAMES[:4]} | {"value_num": pl.Float64},
        orient="row",
    )  # fmt: skip


def chosen(found: Discovery) -> dict[str, str]:
    return dict(found.values.select("object", "value").iter_rows())


def tree(*paths: str) -> Hierarchy:
    """A hierarchy of paths "USA/New York/Brooklyn", below a root."""
    nodes = {"": (0, "Root", -1)}
    for path in paths:
        parts = path.split("/")
        for depth, name in enumerate(parts, 1):
            above = nodes["/".join(parts[: depth - 1])][0]
            nodes.setdefault("/".join(parts[:depth]), (len(nodes), name, above))
    return build_hierarchy(
        pl.DataFrame(list(nodes.values()), ("id", "name", "parent"), orient="row")
    )


PLACES = tree("USA/New York/Brooklyn", "USA/New York/Queens", "USA/Ohio/Dayton", "UK/Kent/Dayton")


def copied_errors() -> list[Claim]:
    """Two careful sources against four copies of a careless one, 240 objects."""
    dice = random.Random(5)
    claims: list[Claim] = []
    for number in range(240):
        item = f"o{number}"
        for source in ("careful 1", "careful 2"):
            false = f"slip of {source}" if dice.random() < 0.1 else "true"
            claims.append((source, item, "colour", false, None))
        told = dice.choice(("true", "true", "wrong"))
        claims += [(f"copy {c}", item, "colour", told, None) for c in range(4)]
    return claims


def test_copies_have_one_voice() -> None:
    found = discover(table(copied_errors()))
    families = dict(found.sources.select("source", "family").iter_rows())
    assert {families[f"copy {c}"] for c in range(4)} == {"copy 0"}
    assert families["careful 1"] == "careful 1"
    right = sum(value == "true" for value in chosen(found).values())
    apart = discover(table(copied_errors()), collapse_families=False)
    assert right > 220
    assert sum(value == "true" for value in chosen(apart).values()) < 180


def test_the_careful_are_known_by_their_votes() -> None:
    found = discover(table(copied_errors()))
    accuracy = dict(found.sources.select("source", "accuracy").iter_rows())
    assert accuracy["careful 1"] > accuracy["copy 0"] + 0.05
    assert accuracy["copy 0"] == accuracy["copy 3"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    claims = copied_errors()
    mixed = random.Random(seed).sample(claims, len(claims))
    one, other = discover(table(claims)), discover(table(mixed + mixed[:50]))
    assert one.values.equals(other.values)
    assert one.sources.equals(other.sources)


def test_numbers_within_a_hundredth_are_one_value() -> None:
    claims = [
        (f"s{n}", "a", "toll", text, float(text))
        for n, text in enumerate(("1000", "1001", "1002", "1500", "1500"))
    ]
    assert chosen(discover(table(claims))) == {"a": "1001"}


def test_of_two_lone_numbers_the_more_precise_one() -> None:
    claims = [("s", "a", "people", "46000", 46000.0), ("t", "a", "people", "51234", 51234.0)]
    assert chosen(discover(table(claims))) == {"a": "51234"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("New York", "Brooklyn"), "Brooklyn"),
        (("USA", "USA", "Queens"), "Queens"),
        # Two boroughs are two votes for the city against a town.
        (("Brooklyn", "Queens", "Ohio"), "Brooklyn"),
        # Which Dayton is told by the other claim.
        (("Dayton", "Kent", "Ohio", "Kent"), "Dayton"),
        (("UK",), "UK"),
    ],
)
def test_the_most_specific_value_of_the_best_branch(said: tuple[str, ...], expected: str) -> None:
    claims: list[Claim] = [(f"s{n}", "x", "born in", name, None) for n, name in enumerate(said)]
    assert chosen(discover(table(claims), PLACES)) == {"x": expected}


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([(1, "a", 7)], "unknown parent"),
        ([(0, "root", -1), (1, "a", 2), (2, "b", 1)], "loop"),
    ],
)
def test_a_broken_hierarchy_is_refused(nodes: list[tuple[int, str, int]], message: str) -> None:
    with pytest.raises(HierarchyError, match=message):
        build_hierarchy(pl.DataFrame(nodes, ("id", "name", "parent"), orient="row"))


def test_a_part_that_many_leave_out_still_belongs() -> None:
    books = [(f"b{n}", f"a{n}|b{n}") for n in range(30)]
    claims: list[Claim] = []
    for number, (book, authors) in enumerate(books):
        first = authors.split("|")[0]
        claims += [(f"full {k}", book, "authors", authors, None) for k in range(2)]
        claims += [(f"short {k}", book, "authors", first, None) for k in range(3)]
        if number % 10 == 0:
            claims.append(("odd", book, "authors", f"{authors}|stranger{number}", None))
    assert chosen(discover(table(claims))) == dict(books)
    alike = [(s, o, a, v.replace("|", " and "), n) for s, o, a, v, n in claims]
    assert chosen(discover(table(alike)))["b1"] == "a1"


@pytest.mark.parametrize(
    ("values", "numbers", "kind"),
    [
        (("a|b", "b|c", "a"), False, "set"),
        (("x|1", "y|2", "z"), False, "category"),
        (("1", "2", "3"), True, "number"),
        (("F12", "F13", "C4"), False, "category"),
        (("Ohio", "Dayton", "UK"), False, "tree"),
    ],
)
def test_kinds_are_told_from_the_values(values: tuple[str, ...], numbers: bool, kind: str) -> None:
    claims: list[Claim] = [
        (f"s{n}", "o", "a", value, float(value) if numbers else None)
        for n, value in enumerate(values)
    ]
    assert value_kinds(code_claims(table(claims)), PLACES.names) == [kind]


def test_a_table_without_values_is_refused() -> None:
    with pytest.raises(ClaimTableError, match="value"):
        discover(pl.DataFrame({"source": ["s"], "object": ["o"], "attribute": ["a"]}))


def test_no_claims_give_no_values() -> None:
    found = discover(table([]))
    assert found.values.is_empty()
    assert found.sources.is_empty()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("pqrs"), st.sampled_from("xyz"), st.sampled_from("ab"),
            st.sampled_from(["1", "1.005", "2000", "k|l", "l", "Ohio", "Dayton"]), st.none(),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_every_item_gets_a_value_that_somebody_claims(claims: list[Claim]) -> None:
    found = discover(table(claims), PLACES)
    said = {(o, a, v) for _, o, a, v, _ in claims}
    rows = found.values.select("object", "attribute", "value").rows()
    assert {(o, a) for o, a, _ in rows} == {(o, a) for o, a, _ in said}
    assert set(rows) <= said
    assert found.values.filter(~pl.col("probability").is_between(0, 1)).is_empty()
    assert found.sources.filter(~pl.col("accuracy").is_between(0, 1)).is_empty()
