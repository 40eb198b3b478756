"""How often facts of a state, with so many origins, have the value that most articles state.

Belongs here: the measured shares as rows. Does not belong here: measuring them
(`benchmarks.learn_fact_confidence`), or which fact gets which (SQL: `marts.facts`).
"""

from summit_pipeline.lexicons import load_toml
from summit_pipeline.reconcile.tables import FactConfidence


def fact_confidences() -> tuple[FactConfidence, ...]:
    """All measured shares; states of which too few facts were judged have none."""
    return tuple(
        FactConfidence(
            status=cell["state"],
            origins=cell["origins"],
            share=cell["share"],
            judged_facts=cell["facts"],
        )
        for cell in load_toml("fact_confidence.toml")["shares"]
    )
