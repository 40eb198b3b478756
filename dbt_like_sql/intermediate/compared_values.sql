-- How two values stand to each other. Where their claims got several verdicts, the most frequent
-- one stands for the values; ties go to the graver one. The pair of claims that shows it best is one
-- of that verdict: nothing repeated, from undamaged texts, from the body.
with counted as (
    select
        value_a,
        value_b,
        relation,
        count(*) as pair_count
    from intermediate.compared_claims
    group by value_a, value_b, relation
),

standing as (
    select
        *,
        list_sort(list(relation) over (partition by value_a, value_b)) as relations,
        sum(pair_count) over (partition by value_a, value_b) as compared_pairs
    from counted
    qualify row_number() over (
        partition by value_a, value_b
        order by
            pair_count desc,
            list_position(
                [
                    'contradiction', 'attributed_dispute', 'quote_corrupted', 'undecided',
                    'correction', 'update', 'scope_differs', 'quote_variant', 'quote_elided',
                    'less_specific', 'rounding', 'agree'
                ],
                relation
            )
    ) = 1
)

select
    c.value_a, -- first value: the smaller id
    c.value_b, -- second value
    c.story_id, -- their story
    c.relation, -- the verdict that stands for the two
    s.pair_count, -- pairs of claims with that verdict
    s.compared_pairs::bigint as compared_pairs, -- pairs that were compared
    s.relations, -- all verdicts that pairs got
    c.claim_a, -- claim that shows the first value best
    c.claim_b, -- claim that shows the second value best
    c.rule, -- the rule that decided on these two
    c.reason, -- its verdict in words
    c.disagreement_id -- what the two are together; NULL where they join
from intermediate.compared_claims as c
inner join standing as s
    on c.value_a = s.value_a and c.value_b = s.value_b and c.relation = s.relation
qualify row_number() over (
    partition by c.value_a, c.value_b
    order by c.drawbacks, least(c.claim_a, c.claim_b), greatest(c.claim_a, c.claim_b)
) = 1
