"""Tests of the handlers of uploads: each state of a job, from the file to the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import messages_in
from bot.telegram.jobs.jobs import Job, JobKind, JobState
from bot.telegram.rendering.callback_data import JobAction, JobButton
from tests.corpus.formats.docx_files import packed
from tests.support.handlers import ADMIN, NO_CONTEXT, TEACHER, HandlerBench
from tests.support.reports import report

T = messages_in("zh").telegram


async def the_job(bench: HandlerBench) -> Job:
    (row,) = bench.context.database._connection.execute("SELECT id FROM job").fetchall()
    found = await bench.runner.jobs.find(row[0])
    assert found is not None
    return found


async def previewed(bench: HandlerBench, name: str = "青禾2019.txt") -> Job:
    await bench.handlers.uploads.file(bench.file(name, report(2019)), NO_CONTEXT)
    await bench.background()
    job = await the_job(bench)
    assert job.state is JobState.PREVIEW, bench.sent
    return job


async def test_a_file_is_recorded_fetched_and_previewed(bench: HandlerBench) -> None:
    job = await previewed(bench)
    assert (job.file_name, job.admin) == ("青禾2019.txt", ADMIN)
    assert bench.runner.content(job) == report(2019)
    assert "标题：青禾中学2019年度工作总结" in bench.sent[-1]
    assert T.button_go_live in bench.of("sendMessage")[-1].labels


async def test_a_file_that_is_delivered_twice_is_one_job(bench: HandlerBench) -> None:
    for _ in range(2):
        update = bench.file("青禾2019.txt", report(2019), number=50)
        await bench.handlers.uploads.file(update, NO_CONTEXT)
        await bench.background()
    await the_job(bench)
    assert len(bench.sent) == 1


async def test_files_of_others_than_admins_are_not_fetched(bench: HandlerBench) -> None:
    update = bench.file("青禾2019.txt", report(2019), by=TEACHER)
    await bench.handlers.uploads.file(update, NO_CONTEXT)
    assert bench.sent == [T.files_admins_only]
    assert bench.of("getFile") == []


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("大.txt", 21 * 1024**2, "20 MB"),
        ("..", 10, "无法读取"),
        ("长" * 300 + ".txt", 10, "无法读取"),
    ],
)
async def test_what_cannot_be_taken_is_refused_before_it_is_fetched(
    bench: HandlerBench, name: str, size: int, words: str
) -> None:
    document = {"file_id": "f", "file_unique_id": "f", "file_name": name, "file_size": size}
    update = bench.message(None, ADMIN, document=document)
    await bench.handlers.uploads.file(update, NO_CONTEXT)
    assert words in bench.sent[0]
    assert bench.of("getFile") == []


async def test_a_file_that_cannot_be_read_ends_its_job_and_leaves_nothing(
    bench: HandlerBench,
) -> None:
    await bench.handlers.uploads.file(bench.file("空.txt", b""), NO_CONTEXT)
    await bench.background()
    assert (await the_job(bench)).state is JobState.FAILED
    assert list(bench.runner.staging.glob("*")) == []
    assert "没有文字" in bench.sent[0]


@pytest.mark.parametrize(
    ("action", "written", "line"),
    [
        (JobAction.YEAR, "2020年", "年份：2020年"),
        (JobAction.YEAR, "二〇二〇", "年份：2020年"),
        (JobAction.TITLE, "青禾 总结", "标题：青禾 总结"),
        (JobAction.ORGANISATION, "青禾中学", "单位：青禾中学"),
    ],
)
async def test_a_correction_is_asked_for_and_shown_in_a_new_preview(
    bench: HandlerBench, action: JobAction, written: str, line: str
) -> None:
    job = await previewed(bench)
    assert await bench.press(JobButton(job.id, action), by=ADMIN) == ""
    update = bench.message(written, ADMIN)
    assert update.message is not None
    assert bench.handlers.uploads.corrects.filter(update.message)
    await bench.handlers.uploads.correction(update, NO_CONTEXT)
    assert line in bench.sent[-1].splitlines()
    assert T.preview_superseded in bench.edits
    assert not bench.handlers.uploads.corrects.filter(update.message)


async def test_a_correction_that_makes_no_sense_is_asked_for_again(bench: HandlerBench) -> None:
    job = await previewed(bench)
    await bench.press(JobButton(job.id, JobAction.YEAR), by=ADMIN)
    update = bench.message("去年", ADMIN)
    await bench.handlers.uploads.correction(update, NO_CONTEXT)
    assert bench.sent[-1] == T.bad_year
    assert update.message is not None
    assert bench.handlers.uploads.corrects.filter(update.message)


async def test_a_cancelled_upload_is_gone_and_its_buttons_say_so(bench: HandlerBench) -> None:
    job = await previewed(bench)
    await bench.press(JobButton(job.id, JobAction.CANCEL), by=ADMIN)
    assert (await the_job(bench)).state is JobState.CANCELLED
    assert not bench.runner.staged(job).exists()
    assert await bench.press(JobButton(job.id, JobAction.GO_LIVE), by=ADMIN) == T.job_over


async def test_it_goes_live_once_however_often_the_button_is_pressed(bench: HandlerBench) -> None:
    job = await previewed(bench)
    assert await bench.press(JobButton(job.id, JobAction.GO_LIVE), by=ADMIN) == ""
    assert await bench.press(JobButton(job.id, JobAction.GO_LIVE), by=ADMIN) == T.job_over
    await bench.background()
    assert (await the_job(bench)).state is JobState.DONE
    assert bench.context.service.library.has("青禾2019.txt")


@pytest.mark.parametrize("action", JobAction)
async def test_the_buttons_of_another_chat_or_of_no_job_do_nothing(
    bench: HandlerBench, action: JobAction
) -> None:
    job = await previewed(bench)
    await bench.runner.jobs.save(replace(job, chat_id=ADMIN + 1))
    for name in (job.id, "none", ""):
        assert await bench.press(JobButton(name, action), by=ADMIN) == T.button_unknown
    assert (await the_job(bench)).state is JobState.PREVIEW


RESUMED = {
    JobState.RECEIVED: JobState.PREVIEW,
    JobState.STAGED: JobState.PREVIEW,
    JobState.PREVIEW: JobState.PREVIEW,
    JobState.CONFIRMED: JobState.DONE,
    JobState.CANCELLED: JobState.CANCELLED,
}


@pytest.mark.parametrize(("state", "then"), RESUMED.items())
async def test_a_job_continues_where_it_was_when_the_bot_ended(
    bench: HandlerBench, state: JobState, then: JobState
) -> None:
    job = await previewed(bench)
    await bench.runner.jobs.save(replace(job, state=state, report="青禾2019"))
    (bench.runner.staging / "left").write_bytes(b"of a job that is over")
    await bench.handlers.uploads.resume()
    await bench.background()
    assert (await the_job(bench)).state is then
    assert not (bench.runner.staging / "left").exists()


async def test_a_job_of_one_who_is_no_admin_any_more_is_cancelled(bench: HandlerBench) -> None:
    job = await previewed(bench)
    await bench.runner.jobs.save(replace(job, admin=TEACHER))
    await bench.handlers.uploads.resume()
    assert (await the_job(bench)).state is JobState.CANCELLED
    assert not bench.runner.staged(job).exists()


async def test_every_kind_of_job_is_resumed_as_what_it_is(bench: HandlerBench) -> None:
    for number, kind in enumerate((JobKind.REINDEX, JobKind.REMOVE)):
        job = Job(kind, JobState.CONFIRMED, ADMIN, number, "zh", id=kind, report="不存在")
        await bench.runner.jobs.save(job)
    await bench.handlers.uploads.resume()
    await bench.background()
    assert await bench.runner.jobs.unfinished() == []


async def test_an_archive_is_one_upload_with_one_preview(bench: HandlerBench) -> None:
    data = packed({"a.txt": report(2019), "b.txt": report(2018), "c.pptx": b"x"})
    await bench.handlers.uploads.file(bench.file("往年.zip", data), NO_CONTEXT)
    await bench.background()
    job = await the_job(bench)
    assert job.state is JobState.PREVIEW, bench.sent
    assert len(bench.sent) == 1
    assert T.archive_holds.format(count=2) in bench.sent[0]
    assert "c.pptx——不支持" in bench.sent[0]
    assert await bench.press(JobButton(job.id, JobAction.GO_LIVE), by=ADMIN) == ""
    await bench.background()
    assert (await the_job(bench)).state is JobState.DONE
    assert {"a", "b"} <= set(bench.context.service.library.files())


@pytest.mark.parametrize("data", [b"PK\x03\x04", packed({"c.pptx": b"x"})])
async def test_an_archive_without_a_report_ends_its_job(bench: HandlerBench, data: bytes) -> None:
    await bench.handlers.uploads.file(bench.file("往年.zip", data), NO_CONTEXT)
    await bench.background()
    assert (await the_job(bench)).state is JobState.FAILED
    assert list(bench.runner.staging.glob("*")) == []
