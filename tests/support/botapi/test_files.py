"""Tests of documents, sent both ways."""

import struct

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError

from tests.support.botapi import BotApiServer, DropRequest, User
from tests.support.botapi.expectations import Fetch, RawCall, refused


@pytest.fixture
def alice(botapi: BotApiServer) -> User:
    person = botapi.user("Alice")
    person.start()
    return person


async def test_a_file_from_a_person_is_fetched(
    bot: Bot, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    fetch()
    alice.private.upload("2021年工作总结.txt", "一、思政课".encode(), caption="/add 新")
    message = fetch()[0]["message"]
    document = message["document"]
    assert (document["file_name"], document["file_size"]) == ("2021年工作总结.txt", 15)
    assert document["mime_type"] == "text/plain"
    assert [entity["type"] for entity in message["caption_entities"]] == ["bot_command"]
    file = await bot.get_file(document["file_id"])
    assert bytes(await file.download_as_bytearray()).decode() == "一、思政课"


async def test_files_over_20_mb_are_not_given_out(
    bot: Bot, alice: User, botapi: BotApiServer
) -> None:
    fits = alice.private.upload("a.pdf", b"x", size=20 * 1024 * 1024)
    big = alice.private.upload("b.pdf", b"x", size=20 * 1024 * 1024 + 1)
    assert fits.document is not None
    assert big.document is not None
    assert (await bot.get_file(fits.document.file_id)).file_path
    with refused("file is too big"):
        await bot.get_file(big.document.file_id)
    with refused("invalid file_id"):
        await bot.get_file("nonsense")


async def test_a_document_is_stored_and_sent_again_by_its_identifier(
    bot: Bot, alice: User, botapi: BotApiServer
) -> None:
    sent = await bot.send_document(
        alice.id, b"\x00\xffreport", filename="报告.docx", caption="<b>报告</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    again = await bot.send_document(alice.id, sent.document.file_id)
    first, second = alice.private.bot_messages()
    assert first.document == second.document
    assert first.document is not None
    assert (first.document.name, first.marked("bold")) == ("报告.docx", ("报告",))
    assert botapi.content(first.document.file_id) == b"\x00\xffreport"
    assert again.caption is None


async def test_captions_and_contents_have_limits(bot: Bot, alice: User, raw: RawCall) -> None:
    await bot.send_document(alice.id, b"x", caption="字" * 1024)
    with refused("message caption is too long"):
        await bot.send_document(alice.id, b"x", caption="字" * 1025)
    with refused("file must be non-empty"):
        await bot.send_document(alice.id, b"")
    with refused("wrong file identifier"):
        await bot.send_document(alice.id, "nonsense")
    assert raw("sendDocument", chat_id=alice.id).status_code == 400


async def test_uploads_over_50_mb_are_refused(bot: Bot, alice: User) -> None:
    with refused("Request Entity Too Large", NetworkError):
        await bot.send_document(alice.id, bytes(50 * 1024 * 1024 + 1))


async def test_downloads_need_a_path_that_was_given_out(
    bot: Bot, alice: User, botapi: BotApiServer
) -> None:
    uploaded = alice.private.upload("a.txt", b"x")
    assert uploaded.document is not None
    url = f"{botapi.base_file_url}{botapi.token}/documents/file_0.txt"
    assert httpx.get(url).status_code == 404
    file = await bot.get_file(uploaded.document.file_id)
    assert httpx.get(str(file.file_path)).content == b"x"
    botapi.fail("download", DropRequest())
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()


def picture(width: int, height: int) -> bytes:
    """The beginning of a PNG file."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height)


async def test_a_photo_is_taken_with_its_caption(bot: Bot, alice: User) -> None:
    sent = await bot.send_photo(alice.id, picture(960, 600), caption="图")
    assert (sent.photo[0].width, sent.photo[0].height, sent.caption) == (960, 600, "图")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_telegram_takes_for_no_photo_is_refused(
    bot: Bot, alice: User, content: bytes, reason: str
) -> None:
    with refused(reason):
        await bot.send_photo(alice.id, content)
