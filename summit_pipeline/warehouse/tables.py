"""The registry of the tables that stages write: place, name, row class, what they hold.

Belongs here: one line a table. Does not belong here: columns (the row classes), the tables that SQL
models make (`public_tables`, `dbt_like_sql/`).
"""

from summit_pipeline import vocabulary
from summit_pipeline.ingest import tables as ingest
from summit_pipeline.ingest.page_states import PageState
from summit_pipeline.reconcile import tables as reconcile
from summit_pipeline.warehouse import ops_tables as ops
from summit_pipeline.warehouse.table import Table

# In the order of the flow. The tables of these stages can always be made again from those of
# ingest, so a change of their columns needs no migration (see `migrations`).
DERIVED_STAGES = ("normalise", "extract", "reconcile")

STAGE_TABLES: tuple[Table, ...] = (
    Table("ingest", "documents", ingest.SourceDocument, "Articles that sources have held."),
    Table(
        "ingest",
        "document_versions",
        vocabulary.DocumentVersion,
        "Every state of every article, with the bytes as delivered.",
    ),
    Table("ingest", "document_names", ingest.DocumentName, "Names that documents are known by."),
    Table("ingest", "deliveries", ingest.Delivery, "Bytes in which versions were delivered."),
    Table("ingest", "tombstones", ingest.Tombstone, "Withdrawals of documents."),
    Table("ingest", "raw_blobs", ingest.RawBlob, "Bytes fetched in vain, or cut."),
    Table("ingest", "observations", ingest.Observation, "Which run saw which version."),
    Table(
        "normalise",
        "texts",
        vocabulary.NormalisedText,
        "Decoded and clean text of a version, with the map between them.",
    ),
    Table(
        "normalise",
        "text_issues",
        vocabulary.TextIssue,
        "Stretches that are damaged or not the article's, as the text alone shows them.",
    ),
    Table("extract", "claims", vocabulary.Claim, "Stretches of words that state a value."),
    Table("extract", "names", vocabulary.NameMention, "Names where they stand."),
    Table("reconcile", "story_members", reconcile.StoryMember, "Which version tells which story."),
    Table(
        "reconcile", "story_articles", reconcile.StoryArticle, "Versions as grouping compares them."
    ),
    Table("reconcile", "likenesses", reconcile.Likeness, "Pairs of versions that are alike."),
    Table("reconcile", "story_joins", reconcile.StoryJoin, "What was joined to stories, and when."),
    Table("reconcile", "judgements", reconcile.Judgement, "What siblings tell about a version."),
    Table(
        "reconcile",
        "sibling_issues",
        vocabulary.TextIssue,
        "Damage that only a comparison with siblings shows.",
    ),
    Table("reconcile", "origin_evidence", reconcile.OriginEvidence, "Signs of a text's origin."),
    Table("reconcile", "slotted_claims", reconcile.SlottedClaim, "A claim's slot, fact and vote."),
    Table("reconcile", "relations", reconcile.ClaimRelation, "Verdicts on pairs of claims."),
    Table("reconcile", "facts", reconcile.Fact, "Slots under a scope."),
    Table("reconcile", "fact_values", reconcile.FactValue, "All values of a fact."),
    Table("reconcile", "quotation_wordings", reconcile.QuotationWording, "Wordings of one remark."),
    Table("reconcile", "outlet_accuracies", reconcile.OutletAccuracy, "Learned accuracies in use."),
    Table("reconcile", "fact_confidences", reconcile.FactConfidence, "How often facts are right."),
)

OPS_TABLES: tuple[Table, ...] = (
    Table("ops", "runs", ops.RunRecord, "Runs of the pipeline and what came in."),
    Table("ops", "quarantine", ops.QuarantineItem, "What could not be used, and why."),
    Table("ops", "fetch_states", ingest.FetchState, "Fetched sources: when, how, when again."),
    Table("ops", "source_places", ingest.SourcePlace, "Where each source was last read."),
    Table("ops", "page_states", PageState, "Pages behind links: when looked at, when again."),
    Table("ops", "source_reads", ingest.SourceRead, "What each source gave, run by run."),
    Table("ops", "check_results", ops.CheckResult, "What the checks found, run by run."),
    Table("ops", "reviews", ops.Review, "Verdicts that people gave on findings."),
    Table("ops", "id_changes", ops.IdChange, "Ids that changed, old and new."),
    Table("ops", "processed", ops.Processed, "Versions that a stage has worked off."),
    Table("ops", "reconciled", ops.ReconciledStory, "What each story was last made from."),
)

# Book-keeping of the working file alone.
UNPUBLISHED = (
    "ops.processed",
    "ops.reconciled",
    "reconcile.story_articles",
    "reconcile.likenesses",
    "reconcile.story_joins",
)

ALL_TABLES: tuple[Table, ...] = STAGE_TABLES + OPS_TABLES

_BY_NAME = {table.full_name: table for table in ALL_TABLES}


def table(full_name: str) -> Table:
    """The table of that name (`"extract.claims"`).

    Raises:
        LookupError: if stages write no such table.
    """
    try:
        return _BY_NAME[full_name]
    except KeyError:
        raise LookupError(
            f"no stage table {full_name!r}; there are: {', '.join(_BY_NAME)}"
        ) from None
