"""Who said what: quotations with their speakers, and reported statements.

Belongs here: the reading of a whole document, from quote marks and cues to attributions. Does not
belong here: the single steps (`quote_marks`, `clauses`, `subjects`, `readings`, `speakers`,
`statements`, `pronouns`), or the comparison of remarks (`reconcile`).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.saying.clauses import QUOTE, WORD, Token, Unit, tokens_of, units_of
from summit_pipeline.extract.saying.cues import is_spun_variant
from summit_pipeline.extract.saying.pronouns import Resolver
from summit_pipeline.extract.saying.readings import Reading, read_cues
from summit_pipeline.extract.saying.speakers import (
    Source,
    is_scare,
    own_subject,
    source_in_unit,
    subject_of_unit,
)
from summit_pipeline.extract.saying.statements import Statement, statements_of
from summit_pipeline.lexicons import confidence_table
from summit_pipeline.text.quote_marks import QuotedStretch, quoted_stretches
from summit_pipeline.vocabulary import Sentence, Span

# Below this share of right speakers on dev data a rule's speaker is not given.
LEAST_CONFIDENCE = 0.6
# Tokens; the longest of 18,390 sentences of PolNeAR dev has 219. Rules look back over a unit, so
# this bounds the work on hostile text.
LONGEST_UNIT = 600


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation or statement with its speaker; offsets are clean, end exclusive.

    `content` has one span per quoted sentence, marks excluded; for a statement its pieces.
    `speaker` is the canonical name or a stable description, None where nobody is named or the rule
    is right in less than 60 % of the cases; `speaker_span` is the phrase in the text, also then.
    `speaker_basis` tells how the phrase was resolved: name, pronoun, role or description.
    Attributions with one `utterance` were said together: a quotation split by "he said", the
    quoted and the unquoted words of one statement. A `fragment` is a scare quote or a title.
    """

    content: tuple[Span, ...]
    quoted: bool
    speaker: str | None
    speaker_span: Span | None
    speaker_basis: str | None
    cue: str | None
    cue_span: Span | None
    utterance: int
    rule: str
    confidence: float
    fragment: bool = False
    spun_cue: bool = False


def find_attributions(doc: CleanDocument, names: NameBook) -> tuple[Attribution, ...]:
    """The quotations and reported statements of a document, in the order of the text."""
    if doc.language not in ("en", "und"):
        return ()
    return _Reader(doc, names).read()


class _Reader:
    """The state of one document's reading; made and used within one call."""

    def __init__(self, doc: CleanDocument, names: NameBook) -> None:
        self.text = doc.text
        self.stretches = quoted_stretches(doc.text)
        self.units = units_of(doc.text, doc.sentences, self.stretches)
        self.sentences = doc.sentences
        self.resolver = Resolver(doc.text, names)
        self.found: list[Attribution] = []
        self.utterance = 0
        self.paragraph = -1
        # The last source of this paragraph, whether a quotation's, and what its unit left behind.
        self.last: Source | None = None
        self.last_quoted: Source | None = None
        self.unit_before: tuple[Sequence[Token], Sequence[Reading]] | None = None
        self.paragraph_before: Source | None = None
        self.unit_before_has_quote = False
        self.before_ends_colon = False
        self.fresh = True
        self.before_had_quote = False

    def read(self) -> tuple[Attribution, ...]:
        for unit in self.units:
            if unit.paragraph != self.paragraph:
                self._enter(unit.paragraph)
            self._read_unit(unit)
        self.found.sort(key=lambda a: (a.content[0].start, not a.quoted, a.content[-1].end))
        return tuple(self.found)

    def _enter(self, paragraph: int) -> None:
        self.paragraph = paragraph
        self.paragraph_before = self.last_quoted
        self.last = None
        self.fresh = True
        self.before_had_quote = self.unit_before_has_quote
        self.unit_before_has_quote = False

    def _read_unit(self, unit: Unit) -> None:
        tokens = tokens_of(self.text, unit, self.stretches)
        if len(tokens) > LONGEST_UNIT:
            self._read_without_narration(unit)
            return
        readings = read_cues(tokens)
        self.resolver.tell(tokens, readings)
        statements = statements_of(tokens, readings)
        earlier: Source | None = None
        shared: dict[int, int] = {}
        for at, token in enumerate(tokens):
            if token.kind != QUOTE:
                continue
            q = self.stretches[token.quote]
            source = source_in_unit(self.text, tokens, at, readings, q, earlier)
            in_unit = source is not None
            if source is None:
                source = self._source_around(tokens, at, q)
            scare = is_scare(self.text, q, source if in_unit else None)
            if scare and not in_unit:
                source = None
            self._add_quotation(q, source, earlier, statements, shared, scare=scare)
            if source is not None and not scare:
                earlier = source
                self.last = self.last_quoted = source
        for number, statement in enumerate(statements):
            self._add_statement(tokens, statement, shared.get(number))
        self._leave(unit, tokens, readings, had_quote=bool(unit.quotes))

    def _read_without_narration(self, unit: Unit) -> None:
        """A "sentence" that long is a table or list: its quotations get no speaker."""
        for number in unit.quotes:
            self._add_quotation(self.stretches[number], None, None, (), {}, scare=False)
        self.unit_before = self.last = None

    def _leave(
        self, unit: Unit, tokens: Sequence[Token], readings: Sequence[Reading], *, had_quote: bool
    ) -> None:
        self.unit_before_has_quote = had_quote
        self.before_ends_colon = self.text[unit.end - 1] == ":"
        self.fresh = False
        self.unit_before = (tokens, readings)
        if readings and not had_quote and subject_of_unit(tokens, readings) is not None:
            self.last = None

    def _offered_before(self) -> Source | None:
        """The source that the unit before offers to the quotation after it."""
        return subject_of_unit(*self.unit_before) if self.unit_before is not None else None

    def _source_around(self, tokens: Sequence[Token], at: int, q: QuotedStretch) -> Source | None:
        """The source of a quotation whose own sentence names none."""
        starts = all(t.kind not in (QUOTE, WORD) for t in tokens[:at])
        if starts and self._is_reopened(q) and self.paragraph_before is not None:
            return self.paragraph_before._replace(rule="reopened")
        if self.last is not None and starts and self.unit_before_has_quote:
            return self.last._replace(rule="split")
        own = own_subject(tokens, at)
        if own is not None:
            return own
        if self.last is not None:
            return self.last._replace(rule="paragraph_carry")
        before = self._offered_before()
        if before is not None:
            if self.before_ends_colon:
                return before._replace(rule="colon_paragraph")
            if not self.fresh:
                return before
        alone = len(tokens) == 1
        if before is not None and alone and not self.before_had_quote:
            return before._replace(rule="paragraph_before_" + before.rule[:3])
        if self.paragraph_before is not None:
            rule = "paragraph_before_alone" if alone else "paragraph_before"
            return self.paragraph_before._replace(rule=rule)
        return None

    def _is_reopened(self, q: QuotedStretch) -> bool:
        """Whether the stretch before this one was left open at its paragraph's end."""
        number = self._number_of(q)
        if number == 0:
            return False
        before = self.stretches[number - 1]
        between = self.text[before.end : q.open_mark_start]
        return not before.closed and not between.strip()

    def _number_of(self, q: QuotedStretch) -> int:
        lo, hi = 0, len(self.stretches) - 1
        while lo < hi:
            mid = (lo + hi) // 2
            if self.stretches[mid].start < q.start:
                lo = mid + 1
            else:
                hi = mid
        return lo

    def _add_quotation(
        self,
        q: QuotedStretch,
        source: Source | None,
        earlier: Source | None,
        statements: Sequence[Statement],
        shared: dict[int, int],
        *,
        scare: bool,
    ) -> None:
        rule = source.rule if source else ("scare_quote" if scare else "no_source")
        held = next(
            (
                i
                for i, s in enumerate(statements)
                if any(
                    c.start <= q.open_mark_start and q.close_mark_end <= c.end + 1
                    for c in s.content
                )
            ),
            None,
        )
        joins = rule in {"split", "reopened", "same_sentence"}
        same = earlier is not None and source is not None and earlier.speaker == source.speaker
        if held is not None and held in shared:
            utterance = shared[held]
        elif (joins or same) and self.utterance and not scare:
            utterance = self.utterance
        else:
            utterance = self.utterance = self.utterance + 1
        if held is not None:
            shared.setdefault(held, utterance)
        self._append(self._quoted_sentences(q), True, source, rule, utterance, fragment=scare)

    def _quoted_sentences(self, q: QuotedStretch) -> tuple[Span, ...]:
        pieces = []
        lo = _first_sentence(self.sentences, q.start)
        for number in range(lo, len(self.sentences)):
            sentence = self.sentences[number]
            if sentence.clean_start >= q.end:
                break
            start, end = max(q.start, sentence.clean_start), min(q.end, sentence.clean_end)
            if start < end:
                pieces.append(Span(start, end))
        return tuple(pieces) or (Span(q.start, q.end),)

    def _add_statement(
        self, tokens: Sequence[Token], statement: Statement, utterance: int | None
    ) -> None:
        if utterance is None:
            utterance = self.utterance = self.utterance + 1
        first, last = statement.subject or (0, 0)
        cue = Span(tokens[statement.cue[0]].start, tokens[statement.cue[1]].end)
        speaker = Span(tokens[first].start, tokens[last].end)
        source = Source(speaker, cue, statement.rule)
        self._append(statement.content, False, source, statement.rule, utterance)

    def _append(
        self,
        content: tuple[Span, ...],
        quoted: bool,
        source: Source | None,
        rule: str,
        utterance: int,
        *,
        fragment: bool = False,
    ) -> None:
        confidence = _confidences().get(rule, 0.5)
        speaker = basis = None
        if source is not None:
            speaker, basis = self.resolver.resolve(source.speaker)
            if confidence < LEAST_CONFIDENCE or fragment:
                speaker = basis = None
        cue = source.cue if source else None
        cue_words = self.text[cue.start : cue.end] if cue else None
        self.found.append(
            Attribution(
                content=content,
                quoted=quoted,
                speaker=speaker,
                speaker_span=source.speaker if source else None,
                speaker_basis=basis,
                cue=cue_words,
                cue_span=cue,
                utterance=utterance,
                rule=rule,
                confidence=confidence,
                fragment=fragment,
                spun_cue=cue_words is not None and is_spun_variant(cue_words),
            )
        )


def _first_sentence(sentences: Sequence[Sentence], offset: int) -> int:
    lo, hi = 0, len(sentences)
    while lo < hi:
        mid = (lo + hi) // 2
        if sentences[mid].clean_end <= offset:
            lo = mid + 1
        else:
            hi = mid
    return lo


@functools.cache
def _confidences() -> dict[str, float]:
    return dict(confidence_table("rule_confidence_attributions.toml", "measured"))
