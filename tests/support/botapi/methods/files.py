"""Documents and photos: sent, stored, fetched again."""

import mimetypes
import struct
from pathlib import PurePosixPath

from tests.support.botapi.engine.destination import find_destination
from tests.support.botapi.engine.keyboards import read_reply_markup
from tests.support.botapi.engine.posting import post_from_bot
from tests.support.botapi.engine.records import StoredFile
from tests.support.botapi.engine.refusal import Refusal, bad_request
from tests.support.botapi.engine.rendering import render_message
from tests.support.botapi.engine.text import read_caption
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World

# https://core.telegram.org/bots/api#getfile and #sending-files
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
_TOO_LARGE = 413


def send_document(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#senddocument."""
    destination = find_destination(world, parameters, what="documents")
    stored = _read_file(world, parameters)
    caption = read_caption(parameters, world.find_user)
    markup = read_reply_markup(parameters.json_object("reply_markup"))
    content: JsonObject = {"document": stored.api()}
    if caption.text:
        content |= caption.api("caption")
    return render_message(world, post_from_bot(world, destination, content, markup))


def send_photo(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#sendphoto: pictures that are uploaded, in PNG."""
    destination = find_destination(world, parameters, what="photos")
    stored = _read_file(world, parameters, "photo")
    width, height = _measures(stored)
    caption = read_caption(parameters, world.find_user)
    markup = read_reply_markup(parameters.json_object("reply_markup"))
    size = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "width": width,
        "height": height,
    }
    content: JsonObject = {"photo": [size]}
    if caption.text:
        content |= caption.api("caption")
    return render_message(world, post_from_bot(world, destination, content, markup))


def _measures(stored: StoredFile) -> tuple[int, int]:
    """The width and height of a picture; refused as Telegram does where it takes it for none."""
    if stored.size > LARGEST_PHOTO:
        raise bad_request("too big for a photo")
    if not stored.content.startswith(b"\x89PNG\r\n\x1a\n") or len(stored.content) < 24:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", stored.content[16:24])
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _read_file(world: World, parameters: Parameters, kind: str = "document") -> StoredFile:
    upload = parameters.upload(kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > LARGEST_UPLOAD:
            raise Refusal(_TOO_LARGE, "Request Entity Too Large")
        name = PurePosixPath(upload.name).name or "file"
        mime_type = mimetypes.guess_type(name)[0] or upload.mime_type
        return world.new_file(name, upload.content, mime_type)
    reference = parameters.text(kind)
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return find_file(world, reference)


def find_file(world: World, file_id: str) -> StoredFile:
    """The file with this identifier; refused if there is none."""
    found = world.files.get(file_id)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return found


def get_file(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getfile."""
    file_id = parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    suffix = PurePosixPath(stored.name).suffix
    stored.path = stored.path or f"documents/file_{list(world.files).index(file_id)}{suffix}"
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }
