"""Rules on what the sources say: new findings that nobody has looked at.

Belongs here: which findings are worth a warning. Does not belong here: how they are found
(`reconcile`), contracts of tables (`suites`).

On real feeds sources always disagree, so a rule counts what is *new in this run and unreviewed*;
totals are metadata. Nothing here blocks: a finding makes no table unusable. SQL marks the rows,
Great Expectations states the rule on the mark, so the offending rows show what to look at.
"""

from summit_pipeline.expectations.rules import Expectation, Suite

IN_WORDS = "in_words"
"""Column of a finding's frame that tells the row in one sentence."""

_LATEST_RUN = "(SELECT last(run_id ORDER BY started_at, run_id) FROM ops.runs)"

_DISAGREEMENTS = f"""
WITH voices AS (
    SELECT value_id, string_agg(DISTINCT outlet, ', ' ORDER BY outlet) AS outlets
    FROM marts.claims
    WHERE value_id IS NOT NULL
    GROUP BY value_id
)

SELECT
    d.disagreement_id,
    format('{{}}: {{}} ({{}}) against {{}} ({{}})', d.subject, d.value_a, coalesce(va.outlets, '?'),
           d.value_b, coalesce(vb.outlets, '?')) AS in_words,
    d.subject,
    d.value_a,
    va.outlets AS outlets_a,
    d.value_b,
    vb.outlets AS outlets_b,
    d.reason,
    d.relation,
    d.review IS NULL AND d.first_run_id = {_LATEST_RUN} AND d.relation = 'contradiction'
        AS is_new_contradiction,
    d.review IS NULL AND d.first_run_id = {_LATEST_RUN} AND d.relation = 'quote_corrupted'
        AS is_new_corrupted_quotation,
    d.review IS NULL AND d.first_run_id = {_LATEST_RUN}
        AND d.relation IN ('undecided', 'attributed_dispute') AS is_new_open_question
FROM marts.disagreements AS d
LEFT JOIN marts.claims AS a ON d.shown_claim_a = a.claim_id
LEFT JOIN marts.claims AS b ON d.shown_claim_b = b.claim_id
LEFT JOIN voices AS va ON a.value_id = va.value_id
LEFT JOIN voices AS vb ON b.value_id = vb.value_id
ORDER BY d.disagreement_id
"""

_DOCUMENTS = f"""
SELECT
    d.document_id,
    format('{{}}: {{}}', d.locator, d.text_grade_reason) AS in_words,
    d.outlet,
    d.title,
    d.text_grade,
    d.text_grade_reason,
    d.text_grade IN ('spun', 'rewritten')
        AND v.first_run_id = {_LATEST_RUN}
        AND NOT EXISTS (
            SELECT 1 FROM ops.reviews AS r WHERE r.subject_id IN (d.document_id, d.version_id)
        ) AS is_new_damaged_text
FROM marts.documents AS d
INNER JOIN marts.document_versions AS v ON d.version_id = v.version_id
ORDER BY d.document_id
"""

_TEXT_ISSUES = f"""
SELECT
    i.issue_id,
    format('{{}} writes "{{}}"{{}}', d.locator, i.text,
           coalesce(' for "' || i.suggestion || '"', '')) AS in_words,
    d.outlet,
    i.text,
    i.suggestion,
    i.evidence,
    i.kind = 'name_damage'
        AND v.is_current
        AND v.first_run_id = {_LATEST_RUN}
        AND NOT EXISTS (
            SELECT 1 FROM ops.reviews AS r
            WHERE r.subject_id IN (i.issue_id, i.document_id, i.version_id)
        ) AS is_new_damaged_name
FROM marts.text_issues AS i
INNER JOIN marts.document_versions AS v ON i.version_id = v.version_id
INNER JOIN marts.documents AS d ON i.document_id = d.document_id
WHERE i.kind = 'name_damage'
ORDER BY i.issue_id
"""


def finding_suites() -> tuple[Suite, ...]:
    """The suites on findings: disagreements, damaged texts, damaged names."""
    return (
        Suite(
            name="disagreements_findings",
            table="marts.disagreements",
            query=_DISAGREEMENTS,
            blocking=False,
            expectations=(
                _none_marked(
                    "no_new_contradiction",
                    "is_new_contradiction",
                    "No contradiction between sources came up in this run without a review.",
                ),
                _none_marked(
                    "no_new_corrupted_quotation",
                    "is_new_corrupted_quotation",
                    "No quotation altered by a rewriter came up in this run without a review.",
                ),
                _none_marked(
                    "no_new_open_question",
                    "is_new_open_question",
                    "No undecided pair or dispute among speakers came up in this run unreviewed.",
                ),
            ),
        ),
        Suite(
            name="documents_findings",
            table="marts.documents",
            query=_DOCUMENTS,
            blocking=False,
            expectations=(
                _none_marked(
                    "no_new_damaged_text",
                    "is_new_damaged_text",
                    "No text graded spun or rewritten came in with this run without a review.",
                ),
            ),
        ),
        Suite(
            name="text_issues_findings",
            table="marts.text_issues",
            query=_TEXT_ISSUES,
            blocking=False,
            expectations=(
                _none_marked(
                    "no_new_damaged_name",
                    "is_new_damaged_name",
                    "No name altered by a rewriter came in with this run without a review.",
                ),
            ),
        ),
    )


def _none_marked(name: str, column: str, description: str) -> Expectation:
    return Expectation(
        name=name,
        kind="ExpectColumnValuesToBeInSet",
        description=description,
        severity="warn",
        arguments={"column": column, "value_set": [False]},
    )
