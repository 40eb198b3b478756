"""The extract stage: clean documents in, claims and names out.

Belongs here: the order in which the readers run, and how their findings become rows. Does not
belong here: any rule of reading.

How the columns of a claim are filled, by kind ("None" where the text doesn't tell):

Amounts (money, percent, count, rate, measure, score, ordinal, age, duration)
    value_text         the amount as the quantity readers cut it (hedge outside)
    value, unit, interval_low, interval_high, approximator   from the quantity reader
    canonical          None
    measure            noun phrase measured ("trade deficit between the U.S. and Japan"), for
                       counts the counted noun phrase; None where no rule finds one
    measure_head       lemma of its head (deficit, bid); for counts the event where one is told
                       (killed, injured, arrested: `measure_nouns.toml`, [events]), else the counted
                       noun; for "pledged $1 million" the verb's noun (pledge); for ages "age"
    parties            names in the measure phrase and its complements, capitals and metonyms turned
                       into their governments, "the two nations" into the last two countries; where
                       the phrase has none, the subject's name
    actor              the possessor in the measure phrase ("Japan's surplus": Japan), else the
                       subject of the governing verb where it is a name; for ages the person
    qualifiers         base=<noun> ("2% of GDP": base=gdp), per=<noun>, part=goods|services|...,
                       reading=change|level|forecast|estimate, stat=average|median|total,
                       over=<words of a duration: "over four years">
    period_*           year, month, quarter or relative stretch the value is of; a day is no period
                       but an as_of
Dates
    value_text, date_start, date_end, date_expression        from the date reader; canonical = None
    measure, measure_head   what happened on that date: verb or noun of the event and its lemma
    parties, actor     names of the clause; the event's subject
Quotations (one claim a quoted sentence)
    value_text         the quoted sentence without its marks
    canonical          its words folded (`text.tokens.folded_words`, joined by one blank)
    measure, value ... None; parties: names within the quotation
    speaker, speaker_basis, cue, utterance_id                from the attribution
Statuses
    value_text         the words of the state ("blocked", "is dropping")
    canonical          class of the state, a name of `status_lattice.toml` where that has it
    measure            the undertaking as written ("its bid to purchase U.S. Steel")
    measure_head       lemma of the undertaking's noun (bid, tariff, talks); for people "person"
    parties            names of the undertaking: whose, of what, with whom
    actor              who puts it into that state (blocker, dropper), None in agentless passives
    qualifiers         aspect=state, or aspect=stance (somebody's view: supported, opposed)
Names and places (a name in a stated role)
    value_text         the name; canonical = its full form in the document
    measure_head       the role: suspect, victim, winner, venue, judge ...; measure = its words
    parties            other names of the role's phrase

All kinds
    speaker, cue, utterance_id   from the innermost attribution whose content holds the claim's
                       words; None: the outlet itself says it
    in_quotation       inside quotation marks
    polarity, modality of the governing clause; a value inside a definite noun phrase ("the proposed
                       $14.1 billion acquisition") is asserted
    as_of, as_of_text, as_of_expression   a day-sized date or an ordering word (later, so far)
                       in the clause; as_of is set where the text or its reference date tells
    is_repeat          same value and frame, or the same sentence, stated elsewhere in the document:
                       body sentences count as the first saying, then title, bullets, captions
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

import polars as pl

from summit_pipeline.extract.amounts.quantities import Quantity, find_quantities
from summit_pipeline.extract.claim_rows import (
    ClaimColumns,
    ClaimParts,
    Said,
    claim_of_date,
    claim_of_quantity,
    claim_of_quotation,
    claim_of_role,
    claim_of_status,
    name_rows,
)
from summit_pipeline.extract.dating.date_spans import spans_by_sentence
from summit_pipeline.extract.dating.dates import DateMention, find_dates
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.frames import FrameReader
from summit_pipeline.extract.naming.names import NameBook, find_names
from summit_pipeline.extract.repeats import repeats
from summit_pipeline.extract.saying.attributions import find_attributions
from summit_pipeline.extract.states.roles import find_roles
from summit_pipeline.extract.states.statuses import find_statuses
from summit_pipeline.rows import frame, read
from summit_pipeline.text.layers import from_runs
from summit_pipeline.vocabulary import Claim, NameMention, NormalisedText

# Languages whose documents are read for claims.
READ_LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What the stage gives: frames with the schemas of `Claim` and `NameMention`."""

    claims: pl.DataFrame
    names: pl.DataFrame


def extract_batch(texts: pl.DataFrame) -> Extracted:
    """Read claims and names from normalised texts.

    Each document is read by itself, so the rows don't depend on how documents are batched.

    Args:
        texts: rows of `NormalisedText` with a further column `reference_date` (Date, may be null):
            the day that the document's own date words count from.

    Raises:
        polars.exceptions.ColumnNotFoundError: if a column is missing.
    """
    claims: list[Claim] = []
    names: list[NameMention] = []
    references = texts.get_column("reference_date").to_list()
    for row, reference in zip(read(NormalisedText, texts), references, strict=True):
        found, mentions = extract_document(row, reference)
        claims.extend(found)
        names.extend(mentions)
    return Extracted(frame(Claim, claims), frame(NameMention, names))


def extract_document(
    row: NormalisedText, reference: date | None
) -> tuple[list[Claim], list[NameMention]]:
    """Claims and names of one document, in the order of the text."""
    doc = CleanDocument(
        row.version_id, from_runs(row.clean_text, row.runs), row.sentences, reference, row.language
    )
    book = find_names(doc)
    names = name_rows(doc, row.raw_text, book)
    if row.language not in READ_LANGUAGES:
        return [], names
    claims = _claims(doc, row.raw_text, book)
    marks = repeats(claims)
    return [Claim(**c, is_repeat=r) for c, r in zip(claims, marks, strict=True)], names


def _claims(doc: CleanDocument, raw: str, book: NameBook) -> list[ClaimColumns]:
    said = Said(doc, find_attributions(doc, book))
    spans = spans_by_sentence(doc.text, doc.sentences, doc.word_places)
    dates = find_dates(doc, spans)
    quantities = _apart(find_quantities(doc, spans), dates)
    frames = FrameReader(doc, book, dates, [(q.start, q.end, q.kind) for q in quantities])
    parts = ClaimParts(doc, raw, said)
    found: list[ClaimColumns | None] = [
        claim_of_quotation(parts, book, q) for q in said.quoted_sentences()
    ]
    found.extend(
        claim_of_quantity(parts, q, frames.frame(q.start, q.end, q.kind)) for q in quantities
    )
    found.extend(claim_of_date(parts, d, frames.frame(d.start, d.end, "date")) for d in dates)
    found.extend(
        claim_of_status(parts, s) for s in find_statuses(doc, book, dates, frames.view_of_index)
    )
    found.extend(claim_of_role(parts, r) for r in find_roles(doc, book, frames.view_of_index))
    return _unique(c for c in found if c is not None)


def _apart(quantities: Sequence[Quantity], dates: Sequence[DateMention]) -> list[Quantity]:
    """Quantities that are no part of a date ("two years ago" is a date, not a duration)."""
    kept, at = [], 0
    for quantity in sorted(quantities):
        while at < len(dates) and dates[at].end <= quantity.start:
            at += 1
        if at < len(dates) and dates[at].start < quantity.end and quantity.kind in (
            "duration", "count", "ordinal",
        ):  # fmt: skip
            continue
        kept.append(quantity)
    return kept


def _unique(claims: Iterable[ClaimColumns]) -> list[ClaimColumns]:
    """Claims in the order of the text, one for each id; the surer one stays."""
    by_id: dict[str, ClaimColumns] = {}
    for claim in claims:
        before = by_id.get(claim["claim_id"])
        if before is None or claim["confidence"] > before["confidence"]:
            by_id[claim["claim_id"]] = claim
    return sorted(by_id.values(), key=itemgetter("start_char", "end_char", "kind"))
