"""Reads the parameters of a request: from its query, a form, or JSON."""

import json

from aiohttp import web

from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import Parameters, Upload


async def read_parameters(request: web.Request) -> Parameters:
    """What the call carries; refused where it is malformed."""
    values: dict[str, object] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _json_body(await request.read())
    elif request.can_read_body:
        form = await request.post()
        for name, value in form.items():
            if isinstance(value, web.FileField):
                content = value.file.read()
                uploads[name] = Upload(value.filename, content, value.content_type)
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Parameters(values, uploads)


def _json_body(body: bytes) -> dict[str, object]:
    try:
        values = json.loads(body or b"{}")
    except ValueError as exc:
        raise bad_request("can't parse JSON object") from exc
    if not isinstance(values, dict):
        raise bad_request("expected a JSON object")
    return values
