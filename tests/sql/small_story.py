"""One small made-up story in all stage tables: three outlets on a bridge, one of them rewritten.

The Harbour Post has an older version that names another cost; the Coast Daily gives $120 million
like the Post, the Valley Wire (spun) $130 million and garbles the mayor's words.
"""

from datetime import date, datetime, timedelta

import duckdb
import polars as pl

from summit_pipeline import rows
from summit_pipeline.ingest.tables import Observation, SourceDocument
from summit_pipeline.reconcile.tables import (
    ClaimRelation,
    Fact,
    FactValue,
    Judgement,
    OriginEvidence,
    QuotationWording,
    SlottedClaim,
    StoryMember,
)
from summit_pipeline.vocabulary import (
    Claim,
    DocumentVersion,
    NameMention,
    NormalisedText,
    Run,
    Sentence,
    TextIssue,
)
from summit_pipeline.warehouse import migrations, store
from summit_pipeline.warehouse.ops_tables import RunRecord

RUN, OLDER_RUN = "run-2", "run-1"
SEEN, SEEN_EARLIER = datetime(2024, 5, 4, 9, 0), datetime(2024, 5, 3, 9, 0)
STORY = "story-bridge"
EVENT = "storm-warning"

TEXTS = {
    "post-1": "Council backs bridge\n\nThe bridge will cost $110 million.",
    "post-2": (
        "Council backs bridge\n\nThe bridge will cost $120 million. The council approved it on "
        "Friday. “We will not wait,” said Ada Lind."
    ),
    "daily-1": (
        "Bridge approved\n\nThe $120 million bridge was approved on Friday. “We will not wait.”"
    ),
    "wire-1": (
        "Span endorsed\n\nThe $130 million span was endorsed. “We shall not linger,” Lind said."
    ),
}
DOCUMENT_OF = {"post-1": "post", "post-2": "post", "daily-1": "daily", "wire-1": "wire"}
OUTLETS = {"post": "Harbour Post", "daily": "Coast Daily", "wire": "Valley Wire"}
CURRENT = ("post-2", "daily-1", "wire-1")
PUBLISHED = {
    "post-1": None,
    "post-2": datetime(2024, 5, 4, 8, 0),
    "daily-1": datetime(2024, 5, 4, 7, 0),
    "wire-1": datetime(2024, 5, 4, 8, 30),
}


def _documents() -> list[SourceDocument]:
    return [
        SourceDocument(
            document_id=document,
            source="folder",
            locator=f"{document}.txt",
            identity_basis="path",
            first_seen_at=SEEN_EARLIER if document == "post" else SEEN,
            first_run_id=OLDER_RUN if document == "post" else RUN,
        )
        for document in OUTLETS
    ]


def _versions() -> list[DocumentVersion]:
    return [
        DocumentVersion(
            version_id=version,
            document_id=document,
            source="folder",
            locator=f"{document}.txt",
            outlet=OUTLETS[document],
            url=None,
            media_type="text/plain",
            declared_encoding=None,
            title_field=None,
            published_field=None,
            body=TEXTS[version].encode(),
            body_hash=f"hash-of-{version}",
            first_seen_at=SEEN_EARLIER if version == "post-1" else SEEN,
            first_run_id=OLDER_RUN if version == "post-1" else RUN,
        )
        for version, document in DOCUMENT_OF.items()
    ]


def _observations() -> list[Observation]:
    return [
        Observation(
            run_id=OLDER_RUN if version == "post-1" else RUN,
            source="folder",
            document_id=document,
            version_id=version,
            seen_at=SEEN_EARLIER if version == "post-1" else SEEN,
        )
        for version, document in DOCUMENT_OF.items()
    ]


def _text(version: str) -> NormalisedText:
    text = TEXTS[version]
    title = text.partition("\n")[0]
    return NormalisedText(
        version_id=version,
        raw_text=text,
        title_end_char=None,
        encoding="utf-8",
        encoding_basis="utf-8",
        title=title,
        title_start=0,
        title_end=len(title),
        clean_text=text,
        runs=(Run(0, len(text), 0, len(text)),),
        sentences=(Sentence(0, len(title), 0, "title"), Sentence(len(title), len(text), 1, "body")),
        language="en",
        language_basis="stop words",
        published_at=PUBLISHED[version],
        published_basis="field" if PUBLISHED[version] else "none",
        dateline_place=None,
        agencies=(),
        word_count=len(text.split()),
        text_grade="suspicious" if version == "wire-1" else "clean",
        text_grade_score=0.4 if version == "wire-1" else 0.0,
        text_grade_reason="two rare word choices" if version == "wire-1" else "nothing found",
    )


def _issue(version: str, words: str, kind: str, suggestion: str, rule: str) -> TextIssue:
    start = TEXTS[version].index(words)
    return TextIssue(
        issue_id=f"{version}:{kind}:{start}",
        version_id=version,
        kind=kind,  # type: ignore[arg-type]
        start_char=start,
        end_char=start + len(words),
        text=words,
        suggestion=suggestion,
        evidence=f"{rule}: others write {suggestion}",
        confidence=0.9,
        in_quotation=False,
        rule=rule,
    )


def claim(version: str, words: str, kind: str, **given: object) -> Claim:
    """A claim at the first place of the words in the version's text."""
    start = TEXTS[version].index(words)
    values: dict[str, object] = {
        "claim_id": f"{version}:{kind}:{words}",
        "version_id": version,
        "kind": kind,
        "value_text": words,
        "start_char": start,
        "end_char": start + len(words),
        "clean_start": start,
        "clean_end": start + len(words),
        "polarity": 1,
        "modality": "asserted",
        "parties": (),
        "qualifiers": (),
        "in_quotation": kind == "quotation",
        "part": "body",
        "is_repeat": False,
        "sentence": TEXTS[version].partition("\n\n")[2],
        "sentence_start": TEXTS[version].index("\n\n") + 2,
        "rule": f"{kind}_rule",
        "confidence": 0.9,
    }
    nothing = {column.name: None for column in rows.columns(Claim)}
    return Claim(**{**nothing, **values, **given})  # type: ignore[arg-type]


def _money(version: str, words: str, amount: float) -> Claim:
    return claim(
        version,
        words,
        "money",
        value=amount,
        unit="USD",
        interval_low=amount - 5e5,
        interval_high=amount + 5e5,
        subject_text="bridge",
    )


def _quote(version: str, words: str) -> Claim:
    return claim(
        version,
        words,
        "quotation",
        canonical=words.casefold(),
        speaker="Ada Lind",
        cue="said",
        utterance_id=f"{version}:u1",
    )


def _claims() -> list[Claim]:
    return [
        _money("post-1", "$110 million", 1.1e8),
        _money("post-2", "$120 million", 1.2e8),
        _money("daily-1", "$120 million", 1.2e8),
        _money("wire-1", "$130 million", 1.3e8),
        claim("post-2", "approved", "status", canonical="approved", as_of=date(2024, 5, 3)),
        claim("daily-1", "approved", "status", canonical="approved"),
        claim("post-2", "Friday", "date", date_expression="weekday:fri"),
        _quote("post-2", "We will not wait"),
        _quote("daily-1", "We will not wait"),
        _quote("wire-1", "We shall not linger"),
    ]


def _name(version: str, words: str) -> NameMention:
    start = TEXTS[version].index(words)
    return NameMention(
        version_id=version,
        start_char=start,
        end_char=start + len(words),
        clean_start=start,
        clean_end=start + len(words),
        text=words,
        canonical="Ada Lind",
        name_type="person",
        role="mayor",
        gender="f",
    )


def _judgement(version: str, origin: str, grade: str) -> Judgement:
    return Judgement(
        version_id=version,
        text_grade=grade,  # type: ignore[arg-type]
        text_grade_score=0.9 if grade == "spun" else 0.0,
        text_grade_reason="siblings use other words" if grade == "spun" else "nothing found",
        reference_date=date(2024, 5, 4),
        reference_basis="field",
        origin=origin,
        origin_basis=f"no sign of another origin than {origin}",
    )


_SLOTS = {  # kind: (fact, subject)
    "money": ("f-cost", "cost of the bridge"),
    "status": ("f-state", "state of the bridge"),
    "date": ("f-day", "day of the approval"),
    "quotation": ("f-remark", "Ada Lind on waiting"),
}


def _slotted(one: Claim) -> SlottedClaim:
    fact, subject = _SLOTS[one.kind]
    rival = one.version_id == "wire-1"
    day = date(2024, 5, 3) if one.kind == "date" else None
    return SlottedClaim(
        claim_id=one.claim_id,
        story_id=STORY,
        slot_id=f"slot-{one.kind}",
        slot=f"{one.kind} | bridge",
        subject=subject,
        scope=None,
        scope_basis=None,
        fact_id=fact,
        value_id=f"{fact}-rival" if rival else f"{fact}-chosen",
        date_start=day,
        date_end=day + timedelta(days=1) if day else None,
        as_of=one.as_of,
        as_of_basis="Friday, counted from 2024-05-04" if one.as_of else None,
        relation_to_fact="opposes" if rival else "supports",
        is_heard=not (rival and one.kind == "quotation"),
    )


def _fact(kind: str, value_safe: str | None) -> Fact:
    fact, subject = _SLOTS[kind]
    return Fact(
        fact_id=fact,
        slot_id=f"slot-{kind}",
        story_id=STORY,
        kind=kind,  # type: ignore[arg-type]
        subject=subject,
        scope=None,
        unit="USD" if kind == "money" else None,
        value_safe=value_safe,
    )


def _value(kind: str, value_text: str, *, chosen: bool = True) -> FactValue:
    fact, _ = _SLOTS[kind]
    number = float(value_text[1:4]) * 1e6 if kind == "money" else None
    return FactValue(
        value_id=f"{fact}-{'chosen' if chosen else 'rival'}",
        fact_id=fact,
        rank=1 if chosen else 2,
        value_text=value_text,
        value=number,
        interval_low=number - 5e5 if number else None,
        interval_high=number + 5e5 if number else None,
        state_from=date(2024, 5, 3) if kind == "status" else None,
        state_to=None,
        stance="chosen" if chosen else "rival",
    )


def _relation(kind: str, a: str, b: str, relation: str, disagreement: str | None) -> ClaimRelation:
    fact, _ = _SLOTS[kind]
    return ClaimRelation(
        story_id=STORY,
        fact_a=fact,
        fact_b=fact,
        claim_a=a,
        claim_b=b,
        kind=kind,  # type: ignore[arg-type]
        relation=relation,  # type: ignore[arg-type]
        rule=f"{kind}_{relation}",
        reason="as the words show",
        disagreement_id=disagreement,
    )


def _wording(version: str, wording: str, *, diff: str = "", best: bool = False) -> QuotationWording:
    return QuotationWording(
        remark_id="f-remark",
        claim_id=f"{version}:quotation:{wording}",
        document_id=DOCUMENT_OF[version],
        wording=wording,
        diff=diff,
        is_damaged=version == "wire-1",
        is_best=best,
    )


def _run(run: str, started: datetime) -> RunRecord:
    return RunRecord(
        run_id=run,
        started_at=started,
        finished_at=started + timedelta(seconds=5),
        seen=1 if run == OLDER_RUN else 3,
        new=1 if run == OLDER_RUN else 2,
        changed=0 if run == OLDER_RUN else 1,
        unchanged=0,
        quarantined=0,
        skipped=0,
        code_version="1",
        learned_version=None,
    )


def small_story() -> dict[str, pl.DataFrame]:
    """Frames of all stage tables (and the runs), by full name."""
    claims = _claims()
    cost = [c.claim_id for c in claims if c.kind == "money" and c.version_id in CURRENT]
    said = [c.claim_id for c in claims if c.kind == "quotation"]
    post, daily, wire = cost
    data: dict[str, tuple[type[rows.Row], list[rows.Row]]] = {
        "ingest.documents": (SourceDocument, [*_documents()]),
        "ingest.document_versions": (DocumentVersion, [*_versions()]),
        "ingest.observations": (Observation, [*_observations()]),
        "normalise.texts": (NormalisedText, [_text(version) for version in TEXTS]),
        "normalise.text_issues": (
            TextIssue,
            [_issue("wire-1", "endorsed", "spun_phrase", "approved", "pair")],
        ),
        "extract.claims": (Claim, [*claims]),
        "extract.names": (NameMention, [_name("post-2", "Ada Lind"), _name("wire-1", "Lind")]),
        "reconcile.story_members": (
            StoryMember,
            [
                StoryMember(
                    story_id=STORY,
                    event_id=EVENT,
                    document_id=DOCUMENT_OF[v],
                    version_id=v,
                    similarity=None,
                )
                for v in CURRENT
            ],
        ),
        "reconcile.judgements": (
            Judgement,
            [
                _judgement(v, OUTLETS[DOCUMENT_OF[v]], "spun" if v == "wire-1" else "clean")
                for v in CURRENT
            ],
        ),
        "reconcile.sibling_issues": (
            TextIssue,
            [
                _issue("wire-1", "endorsed", "spun_phrase", "approved", "sibling"),
                _issue("wire-1", "Span", "name_damage", "Bridge", "sibling"),
            ],
        ),
        "reconcile.origin_evidence": (
            OriginEvidence,
            [
                OriginEvidence(
                    document_id="daily",
                    other_document_id="post",
                    origin="Harbour Post",
                    kind="near_copy",
                    start_char=0,
                    end_char=6,
                    weight=0.2,
                )
            ],
        ),
        "reconcile.slotted_claims": (
            SlottedClaim,
            [_slotted(c) for c in claims if c.version_id in CURRENT],
        ),
        "reconcile.relations": (
            ClaimRelation,
            [
                _relation("money", daily, post, "agree", None),
                _relation("money", post, wire, "contradiction", "d-money"),
                _relation("money", daily, wire, "contradiction", "d-money"),
                _relation("quotation", said[1], said[0], "agree", None),
                _relation("quotation", said[0], said[2], "quote_corrupted", "d-quotation"),
            ],
        ),
        "reconcile.facts": (
            Fact,
            [
                _fact("money", "$120 million"),
                _fact("status", "approved"),
                _fact("date", None),
                _fact("quotation", "We will not wait"),
            ],
        ),
        "reconcile.fact_values": (
            FactValue,
            [
                _value("money", "$120 million"),
                _value("money", "$130 million", chosen=False),
                _value("status", "approved"),
                _value("date", "Friday"),
                _value("quotation", "We will not wait"),
                _value("quotation", "We shall not linger", chosen=False),
            ],
        ),
        "reconcile.quotation_wordings": (
            QuotationWording,
            [
                _wording("post-2", "We will not wait", best=True),
                _wording("daily-1", "We will not wait"),
                _wording("wire-1", "We shall not linger", diff="-will- +shall+"),
            ],
        ),
        "ops.runs": (RunRecord, [_run(OLDER_RUN, SEEN_EARLIER), _run(RUN, SEEN)]),
    }
    return {name: rows.frame(row_class, given) for name, (row_class, given) in data.items()}


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """Make all tables and store the story."""
    migrations.migrate(con)
    with store.transaction(con):
        for name, frame in small_story().items():
            store.replace_all(con, name, frame)
