"""The registry of the public tables: what users query, in schema `marts` of the published file.

Belongs here: one line a table. Does not belong here: columns (`public_documents`, `public_facts`),
the SQL that fills them (`dbt_like_sql/marts/`).
"""

from summit_pipeline.warehouse import public_documents as documents
from summit_pipeline.warehouse import public_facts as facts
from summit_pipeline.warehouse.table import Table

PUBLIC_TABLES: tuple[Table, ...] = (
    Table(
        "marts",
        "stories",
        documents.PublicStory,
        "Stories, each told by one or more documents: one event, or some that are linked.",
    ),
    Table(
        "marts",
        "events",
        documents.PublicEvent,
        "Events, each told by one or more documents: parts of a story with terms of their own.",
    ),
    Table(
        "marts",
        "documents",
        documents.PublicDocument,
        "Articles in their current version, with origin, story and grade of the wording.",
    ),
    Table(
        "marts",
        "document_versions",
        documents.PublicDocumentVersion,
        "Every state of every article, older ones included.",
    ),
    Table(
        "marts",
        "claims",
        facts.PublicClaim,
        "Stretches of words that state a value: one row a stretch, one a quoted sentence.",
    ),
    Table(
        "marts",
        "facts",
        facts.PublicFact,
        "What documents speak of, with the best supported value; counts concern that value.",
    ),
    Table(
        "marts",
        "fact_values",
        facts.PublicFactValue,
        "All values of each fact: the chosen one, rivals and earlier states.",
    ),
    Table(
        "marts",
        "relations",
        facts.PublicRelation,
        "How two claims stand to each other, with the rule and the reason.",
    ),
    Table(
        "marts",
        "disagreements",
        facts.PublicDisagreement,
        "Pairs of values that differ: contradictions, and differences with an explanation.",
    ),
    Table(
        "marts",
        "disagreement_claims",
        facts.PublicDisagreementClaim,
        "Who says which side of a disagreement, in which words, at which characters.",
    ),
    Table(
        "marts", "quotations", facts.PublicQuotation, "Remarks, each in its most trusted wording."
    ),
    Table(
        "marts",
        "quotation_wordings",
        facts.PublicQuotationWording,
        "All wordings of each remark with the difference to the best one.",
    ),
    Table(
        "marts",
        "text_issues",
        documents.PublicTextIssue,
        "Stretches of text that are damaged or not the article's own.",
    ),
    Table(
        "marts",
        "origin_evidence",
        documents.PublicOriginEvidence,
        "What the origin of each document rests on.",
    ),
    Table(
        "marts",
        "timeline",
        facts.PublicTimelineEntry,
        "States of changing things and dated events in order.",
    ),
    Table("marts", "outlets", documents.PublicOutlet, "How outlets stand among each other."),
)

_BY_NAME = {table.full_name: table for table in PUBLIC_TABLES}


def public_table(full_name: str) -> Table | None:
    """The definition of a public table (`"marts.claims"`), None for other names."""
    return _BY_NAME.get(full_name)
