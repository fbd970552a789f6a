"""Tests of the runner of jobs: one at a time, safe to repeat, and what is left after a failure."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from bot.messages import messages_in
from bot.telegram.jobs.jobs import Job, JobKind, JobState
from bot.telegram.jobs.runner import correction_of, place_of_job
from bot.telegram.transport.sender import ChatPlace
from corpus.corrections import Correction
from corpus.errors import UnreadableReport
from index.building.builder import Changes
from index.errors import IndexBusy
from tests.support.handlers import ADMIN, HandlerBench
from tests.support.reports import report

M = messages_in("zh")
PLACE = ChatPlace(ADMIN, None, 5)


def upload(bench: HandlerBench, content: bytes | None = None, **fields: object) -> Job:
    """An upload that its admin confirmed, its file staged."""
    text = report(2019) if content is None else content
    values = {"id": "one", "file_name": "青禾2019.txt", "report": "青禾2019", **fields}
    digest = hashlib.sha256(text).hexdigest()
    job = Job(JobKind.UPLOAD, JobState.CONFIRMED, ADMIN, 5, "zh", digest=digest, **values)  # type: ignore[arg-type]
    bench.runner.staging.mkdir(parents=True, exist_ok=True)
    bench.runner.staged(job).write_bytes(text)
    return job


async def state_of(bench: HandlerBench, job: Job) -> JobState:
    found = await bench.runner.jobs.find(job.id)
    assert found is not None
    return found.state


async def test_a_message_begins_one_job_however_often_it_is_delivered(bench: HandlerBench) -> None:
    for _ in range(2):
        await bench.runner.begin(JobKind.REINDEX, PLACE, M, ADMIN)
        await bench.background()
    assert bench.sent == [M.telegram.reindexing]
    assert await bench.runner.jobs.unfinished() == []


async def test_an_upload_goes_live_with_its_corrections_and_its_file_is_gone(
    bench: HandlerBench,
) -> None:
    job = upload(bench, year=2018, notice_id=77)
    await bench.runner.run(job)
    assert await state_of(bench, job) is JobState.DONE
    assert bench.edits[-1].startswith("已上线：")
    entry = next(
        e for e in bench.context.service.opened().engine.store.entries if e.name == "青禾2019"
    )
    assert entry.year == 2018
    assert not bench.runner.staged(job).exists()


async def test_an_upload_that_is_run_again_after_it_is_done_changes_nothing(
    bench: HandlerBench,
) -> None:
    job = upload(bench, notice_id=77)
    await bench.runner.run(job)
    before = bench.context.service.opened().generation.name
    await bench.runner.run(job)
    assert bench.context.service.opened().generation.name == before
    assert await state_of(bench, job) is JobState.DONE


async def test_an_upload_that_replaces_a_report_takes_its_place(bench: HandlerBench) -> None:
    library = bench.context.service.library
    library.add(report(2018), "旧.txt")
    await bench.runner.run(upload(bench, replaces="旧", notice_id=77))
    assert not library.has("旧.txt")
    assert library.has("青禾2019.txt")


async def test_a_failure_says_why_and_keeps_what_was_sent_for_another_try(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**_: object) -> None:
        raise IndexBusy(bench.context.service.index_folder)

    monkeypatch.setattr(bench.context.service, "bring_up_to_date", busy)
    job = upload(bench, notice_id=77)
    await bench.runner.run(job)
    assert await state_of(bench, job) is JobState.PREVIEW
    call = bench.of("editMessageText")[-1]
    assert call.text == M.telegram.reindex_failed.format(reason=M.index_busy)
    assert call.labels == [M.telegram.button_again, M.telegram.button_cancel]
    assert bench.runner.staged(job).exists()


async def test_what_cannot_be_tried_again_has_failed(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(bench.context.service, "bring_up_to_date", full)
    await bench.runner.begin(JobKind.REINDEX, PLACE, M, ADMIN)
    await bench.background()
    assert await bench.runner.jobs.unfinished() == []
    assert "磁盘已满" in bench.edits[-1]


async def test_jobs_run_one_after_another(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    runner, service = bench.runner, bench.context.service
    change, build = runner._change_library, service.bring_up_to_date

    def changed(job: Job) -> None:
        steps.append("change")
        change(job)

    def built(**options: Any) -> Changes:
        steps.append("build")
        return build(**options)

    monkeypatch.setattr(runner, "_change_library", changed)
    monkeypatch.setattr(service, "bring_up_to_date", built)
    for message in (5, 6, 7):
        await runner.begin(JobKind.REINDEX, ChatPlace(ADMIN, None, message), M, ADMIN)
    await bench.background()
    assert steps == ["change", "build"] * 3


async def test_a_removal_that_was_done_already_is_done(bench: HandlerBench) -> None:
    await bench.runner.begin(JobKind.REMOVE, PLACE, M, ADMIN, "不存在")
    await bench.background()
    assert await bench.runner.jobs.unfinished() == []


async def test_where_the_message_is_gone_a_new_one_says_it(bench: HandlerBench) -> None:
    job = upload(bench, notice_id=None)
    await bench.runner.run(job)
    assert bench.sent[0] == M.telegram.reindexing
    assert bench.edits[-1].startswith("已上线：")


async def test_content_that_is_not_what_was_sent_is_refused(bench: HandlerBench) -> None:
    job = upload(bench)
    bench.runner.staged(job).write_bytes(b"other")
    with pytest.raises(UnreadableReport):
        bench.runner.content(job)
    bench.runner.staged(job).unlink()
    with pytest.raises(UnreadableReport):
        bench.runner.content(job)


def test_what_is_corrected_now_comes_before_what_was_corrected_before() -> None:
    job = Job(JobKind.UPLOAD, JobState.PREVIEW, 1, 2, "zh", year=2020)
    before = Correction(title="旧", year=2019)
    assert correction_of(job, before) == Correction(title="旧", year=2020)
    assert correction_of(Job(JobKind.UPLOAD, JobState.PREVIEW, 1, 2, "zh"), None) is None


def test_the_messages_of_a_job_belong_to_its_topic_and_reply_to_what_began_it() -> None:
    job = Job(JobKind.REINDEX, JobState.CONFIRMED, -9, 5, "zh", topic=3)
    assert place_of_job(job) == ChatPlace(-9, 3, 5)
