"""Reads what a Bot API call carries: text, JSON inside text, and uploaded files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.support.botapi.engine.refusal import bad_request

JsonObject: TypeAlias = dict[str, Any]

_FREE_TEXT = frozenset({"text", "caption", "url", "description", "short_description", "name"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a multipart call."""

    name: str
    content: bytes
    mime_type: str


class Parameters:
    """The parameters of one call, read as Telegram reads them.

    Every value may come as text, whatever its type: `"5"` is an integer, `"true"` a flag, and
    lists and objects are JSON inside text. A JSON body may carry them as they are.
    """

    def __init__(self, values: Mapping[str, object], uploads: Mapping[str, Upload]) -> None:
        """Keep `values` by parameter name and `uploads` by multipart field name."""
        self._values = dict(values)
        self._uploads = dict(uploads)

    def has(self, name: str) -> bool:
        """Whether the call carries `name` at all."""
        return name in self._values or name in self._uploads

    def text(self, name: str) -> str:
        """The value as text, `""` where there is none; refused if it is not valid Unicode."""
        value = self._values.get(name, "")
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            text.encode()
        except UnicodeEncodeError as exc:
            raise bad_request("strings must be encoded in UTF-8") from exc
        return text

    def integer(self, name: str) -> int | None:
        """The value as an integer; None where there is none, refused where it is not one."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            return int(text)
        except ValueError as exc:
            raise bad_request(f"{name} must be an integer") from exc

    def required_integer(self, name: str) -> int:
        """As `integer`, and refused where there is none."""
        value = self.integer(name)
        if value is None:
            raise bad_request(f"{name} isn't specified")
        return value

    def flag(self, name: str) -> bool:
        """Whether the value is true, yes or 1."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """The JSON value of `name`, None where there is none."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as exc:
            raise bad_request(f"can't parse {name} JSON object") from exc

    def json_object(self, name: str) -> JsonObject | None:
        """As `json`, and refused unless it is an object."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name}")
        return value

    def json_list(self, name: str) -> list[Any] | None:
        """As `json`, and refused unless it is a list."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"array expected as {name}")
        return value

    def upload(self, name: str) -> Upload | None:
        """The file sent as `name`, directly or through `attach://field`."""
        if name in self._uploads:
            return self._uploads[name]
        reference = self.text(name)
        if not reference.startswith("attach://"):
            return None
        found = self._uploads.get(reference.removeprefix("attach://"))
        if found is None:
            raise bad_request("file part of the multipart request isn't found")
        return found

    def recorded(self) -> JsonObject:
        """The call as tests see it: JSON decoded, files as name and size."""
        decoded = {name: self._decoded(name, value) for name, value in self._values.items()}
        files = {
            name: {"name": upload.name, "size": len(upload.content)}
            for name, upload in self._uploads.items()
        }
        return decoded | files

    @staticmethod
    def _decoded(name: str, value: object) -> object:
        if name in _FREE_TEXT or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value
