-- How many stand behind each value: documents, outlets and independent origins of its witnesses.
select
    value_id, -- the value
    fact_id, -- its fact
    bool_or(is_heard) as is_heard, -- whether anybody states it who may speak for it
    count(distinct document_id) filter (where is_witness)
        as document_count, -- documents that state it
    count(distinct outlet) filter (where is_witness) as outlet_count, -- outlets that state it
    count(distinct origin) filter (where is_witness)
        as origin_count, -- independent origins that state it
    list_sort(coalesce(list(distinct origin) filter (where is_witness), []))
        as origins -- their names
from intermediate.value_claims
group by value_id, fact_id
