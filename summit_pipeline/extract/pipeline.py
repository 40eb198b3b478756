"""The extract stage: clean documents in, claims and names out.

Belongs here: the order in which the readers run, and how their findings become rows. Does not
belong here: any rule of reading.

How the columns of a claim are filled, by kind ("None" where the text doesn't tell):

Amounts (money, percent, count, rate, measure, score, ordinal, age, duration)
    value_text         the amount as the quantity readers cut it (hedge outside, counted noun inside)
    value, unit, interval_low, interval_high, approximator   from the quantity reader
    canonical          None
    measure            noun phrase measured ("trade deficit between the U.S. and Japan"), for counts the
                       counted noun phrase; None where no rule finds one
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
    parties            names of the undertaking (whose, of what, with whom) and the one it is done to
    actor              who puts it into that state (blocker, dropper), None in agentless passives
    qualifiers         aspect=state | stance (somebody's view) and, where told, undertaking class
Names and places (a name in a stated role)
    value_text         the name; canonical = its full form in the document
    measure_head       the role: suspect, victim, winner, venue, judge ...; measure = its words
    parties            other names of the role's phrase

All kinds
    speaker, cue, utterance_id   from the innermost attribution whose content holds the claim's words;
                       None: the outlet itself says it
    in_quotation       inside quotation marks
    polarity, modality of the governing clause; a value inside a definite noun phrase ("the proposed
                       $14.1 billion acquisition") is asserted
    as_of, as_of_text, as_of_expression   a day-sized date or an ordering word (later, now, so far) in
                       the clause; as_of is set only where the text or its own reference date tells
    is_repeat          same value and frame, or the same sentence, stated elsewhere in the document:
                       body sentences count as the first saying, then title, bullets, captions
"""
