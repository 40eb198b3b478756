"""The reconcile stage: documents, claims and names of stories in, what they say together out.

Belongs here: the order of the steps, and frames. Does not belong here: any rule. Everything is
worked out story by story, from that story's rows alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import polars as pl

from summit_pipeline import rows
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.reconcile.damage.siblings import sibling_issues
from summit_pipeline.reconcile.grouping.articles import reading_order
from summit_pipeline.reconcile.provenance.origins import find_origins
from summit_pipeline.reconcile.reference_dates import reference_dates
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Source, source_of
from summit_pipeline.reconcile.story_pass import relate_story
from summit_pipeline.reconcile.tables import (
    ClaimRelation,
    Fact,
    FactValue,
    Judgement,
    OriginEvidence,
    QuotationWording,
    SlottedClaim,
    StoryDocument,
)
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import Claim, NameMention, TextIssue


@dataclass(frozen=True, slots=True)
class ReconciledStory:
    """All rows of one story."""

    judgements: list[Judgement]
    sibling_issues: list[TextIssue]
    origin_evidence: list[OriginEvidence]
    slotted_claims: list[SlottedClaim]
    relations: list[ClaimRelation]
    facts: list[Fact]
    fact_values: list[FactValue]
    quotation_wordings: list[QuotationWording]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The rows of a batch of stories, one frame a table (`ReconciledStory` names the rows)."""

    judgements: pl.DataFrame
    sibling_issues: pl.DataFrame
    origin_evidence: pl.DataFrame
    slotted_claims: pl.DataFrame
    relations: pl.DataFrame
    facts: pl.DataFrame
    fact_values: pl.DataFrame
    quotation_wordings: pl.DataFrame


_ROWS: dict[str, type[rows.Row]] = {
    "judgements": Judgement,
    "sibling_issues": TextIssue,
    "origin_evidence": OriginEvidence,
    "slotted_claims": SlottedClaim,
    "relations": ClaimRelation,
    "facts": Fact,
    "fact_values": FactValue,
    "quotation_wordings": QuotationWording,
}


def reconcile_story(
    documents: Sequence[StoryDocument],
    claims: Sequence[Claim],
    names: Sequence[NameMention],
    story_id: str | None = None,
) -> ReconciledStory:
    """Everything that one story's documents say together, in any order of the arguments.

    `story_id` is that of the grouping; without it the id is made as the grouping makes it.
    """
    ordered = sorted(documents, key=reading_order)
    if story_id is None:
        first = ordered[0]
        story_id = stable_id(first.published_at, first.document_id)
    siblings = sibling_issues(ordered, rows.frame(NameMention, names))
    origins = find_origins(ordered)
    references = reference_dates(ordered, claims)
    sources: dict[str, Source] = {}
    judgements: list[Judgement] = []
    for document in ordered:
        version = document.version_id
        grade, score, reason = siblings.grades[version]
        sources[version] = source_of(
            document, origins.by_version[version], grade, references[version]
        )
        judgements.append(
            Judgement(
                version_id=version,
                text_grade=grade,
                text_grade_score=score,
                text_grade_reason=reason,
                reference_date=references[version][0],
                reference_basis=references[version][1],
                origin=origins.by_version[version][0],
                origin_basis=origins.by_version[version][1],
            )
        )
    related = relate_story(
        story_id, claims, sources, StoryNames(names, siblings.aliases), _is_spun_for
    )
    return ReconciledStory(
        judgements=judgements,
        sibling_issues=siblings.issues,
        origin_evidence=origins.evidence,
        slotted_claims=related.slotted,
        relations=related.relations,
        facts=related.facts,
        fact_values=related.values,
        quotation_wordings=related.wordings,
    )


def _is_spun_for(one: str, other: str) -> bool:
    """Whether a synonym spinner writes one of the two words for the other."""
    pairs = load_spun_pairs()
    return pairs.is_pair(one, other) or pairs.is_pair(other, one)


def reconcile_batch(
    documents: pl.DataFrame, claims: pl.DataFrame, names: pl.DataFrame
) -> Reconciled:
    """Reconcile whole stories.

    Args:
        documents: rows of `StoryDocument` with a column `story_id` besides.
        claims: rows of `Claim` of these documents.
        names: rows of `NameMention` of these documents.
    """
    collected: dict[str, list[rows.Row]] = {name: [] for name in _ROWS}
    for story_id in sorted(documents.get_column("story_id").unique().to_list()):
        of_story = documents.filter(pl.col("story_id") == story_id)
        story = reconcile_story(
            rows.read(StoryDocument, of_story),
            rows.read(Claim, _of_versions(claims, of_story)),
            rows.read(NameMention, _of_versions(names, of_story)),
            story_id,
        )
        for name in _ROWS:
            collected[name].extend(getattr(story, name))
    frames = {name: rows.frame(row, collected[name]) for name, row in _ROWS.items()}
    return Reconciled(**{field.name: frames[field.name] for field in fields(Reconciled)})


def _of_versions(table: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    return table.join(documents.select("version_id"), on="version_id", how="semi")
