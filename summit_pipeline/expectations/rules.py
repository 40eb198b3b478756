"""What a rule and a suite of rules are, as plain values.

Belongs here: the shapes. Does not belong here: any rule (`suites`, `findings`), running them
(`adapter`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summit_pipeline.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Expectation:
    """One rule on the frame of a suite.

    `kind` is the name of the Great Expectations class (`ExpectColumnValuesToBeUnique`), `arguments`
    its arguments, `description` the sentence that must hold.
    """

    name: str
    kind: str
    description: str
    severity: Severity
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suite:
    """Rules on one table.

    `query` fetches the frame that they run on: just the columns that the rules or a reader of the
    offending rows need. `blocking` tells whether a broken rule of severity error makes the table
    unusable.
    """

    name: str
    table: str
    query: str
    blocking: bool
    expectations: tuple[Expectation, ...]
