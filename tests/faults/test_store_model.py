"""A few hundred steps of the model; `python -m tests.bench.faults` does thousands."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.model import StoreModel


def test_the_store_does_what_a_dictionary_would() -> None:
    run_state_machine_as_test(
        StoreModel,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert StoreModel.steps > 100
