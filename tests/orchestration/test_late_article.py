"""A late article that is earlier than all others: old ids lead on, and reviews with them."""

import json
from datetime import timedelta
from pathlib import Path

from test_any_order import START, run, warehouse

from summit_pipeline.report.subjects import find_subject
from summit_pipeline.warehouse.reviews import record_review

BODY = {
    "first": "The council of Hartwell approved the Elm river bridge on Saturday. The Elm river "
    "bridge will cost $120 million, the council of Hartwell said.",
    "second": "The Elm river bridge will cost $135 million, the council of Hartwell said after it "
    "approved the Elm river bridge on Saturday.",
    "late": "The council of Hartwell is to vote on the Elm river bridge on Saturday. The Elm river "
    "bridge will cost $120 million, the council of Hartwell said.",
}
DAY = {"first": "2024-05-04", "second": "2024-05-05", "late": "2024-05-03"}
DIFFERING = "SELECT disagreement_id FROM marts.disagreements WHERE kind = 'money'"


def test_a_late_article_changes_ids_and_old_ones_lead_on(tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.jsonl" for name in BODY}
    for name, path in files.items():
        article = {"guid": name, "title": "Hartwell council and the Elm river bridge"}
        path.write_text(
            json.dumps({**article, "text": BODY[name], "published_at": DAY[name]}) + "\n"
        )
    with warehouse(tmp_path / "data") as con:
        run(con, [files["first"], files["second"]], 0)
        stories = con.sql("SELECT story_id FROM marts.stories").fetchall()
        differing = con.sql(DIFFERING).fetchall()
        assert len(stories) == len(differing) == 1
        record_review(con, differing[0][0], "confirmed", "both", None, START + timedelta(minutes=5))

        run(con, [files["late"]], 1)

        [(story,)] = con.sql("SELECT story_id FROM marts.stories").fetchall()
        [(now,)] = con.sql(DIFFERING).fetchall()
        assert story != stories[0][0]
        assert now != differing[0][0]
        found = find_subject(con, differing[0][0], ("disagreement",))
        assert (found.subject_id, found.former_id) == (now, differing[0][0])
        changes = con.sql(
            "SELECT old_id, new_id, change, run_id FROM ops.id_changes WHERE kind = 'story'"
        ).fetchall()
        assert changes == [(stories[0][0], story, "renamed", "run1")]
        reviews = con.sql("SELECT review FROM marts.disagreements WHERE kind = 'money'").fetchall()
        assert reviews == [("confirmed",)]
        kinds = con.sql("SELECT DISTINCT kind FROM ops.id_changes ORDER BY 1").fetchall()
        assert kinds == [("disagreement",), ("event",), ("fact",), ("story",), ("value",)]
