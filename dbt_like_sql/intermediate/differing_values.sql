-- Pairs of values that differ: all but those whose claims, on the whole, could be one value.
select
    disagreement_id, -- the disagreement: hash of the two values
    story_id, -- their story
    value_a, -- first value: the smaller id
    value_b, -- second value
    relation, -- how they differ: what most pairs of their claims were judged to be
    claim_a, -- claim that shows the first value best
    claim_b, -- claim that shows the second value best
    rule, -- the rule that decided on these two
    reason -- its verdict in words
from intermediate.compared_values
where relation not in ('agree', 'rounding', 'less_specific')
