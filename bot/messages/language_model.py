"""The words about a language model, where a school has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.errors import LanguageModelFault


@dataclass(frozen=True, slots=True)
class LanguageModelMessages:
    """Everything people read about a language model, in one language."""

    # Composed answers
    composed: str
    source: str

    # Privacy
    leaves: str

    # Errors and doctor
    error: str
    faults: Mapping[LanguageModelFault, str]
    doctor_good: str
    doctor_bad: str
    doctor_leaves: str

    # /stats
    stats_pointing: str
    stats_writing: str
    stats_reason: str
    reasons: Mapping[str, str]
