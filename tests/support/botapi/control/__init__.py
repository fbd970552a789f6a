"""The other side of the server: what people do, and what a test looks at.

`POST /control/<operation>` with a JSON object answers `{"ok": true, "result": …}` or, with
status 400, `{"ok": false, "error": …}`.
"""

import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from tests.support.botapi.control import acts, buttons, observe, stage, weather
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World

Operation: TypeAlias = Callable[[World, JsonObject], object | Awaitable[object]]

OPERATIONS: dict[str, Operation] = {
    "create_user": stage.create_user,
    "create_chat": stage.create_chat,
    "create_topic": stage.create_topic,
    "change_topic": stage.change_topic,
    "change_member": stage.set_member,
    "change_user": stage.change_user,
    "change_bot": stage.change_bot,
    "migrate": stage.migrate,
    "send": acts.send,
    "upload": acts.upload,
    "photo": acts.photo,
    "edit": acts.edit,
    "delete": acts.delete,
    "service": acts.service,
    "press": buttons.press,
    "callback_answer": buttons.callback_answer,
    "inline_query": buttons.inline_query,
    "inline_answer": buttons.inline_answer,
    "choose": buttons.choose,
    "messages": observe.messages,
    "message": observe.message,
    "calls": observe.calls,
    "commands": observe.commands,
    "chat": observe.chat,
    "file": observe.file,
    "updates": observe.updates,
    "wait_message": observe.wait_message,
    "wait_version": observe.wait_version,
    "wait_deleted": observe.wait_deleted,
    "wait_calls": observe.wait_calls,
    "wait_drained": observe.wait_drained,
    "fail": weather.fail,
    "heal": weather.heal,
    "met": weather.met,
    "limit": weather.limit,
    "settings": weather.settings,
    "route_webhook": weather.route_webhook,
}


def add_control(app: web.Application, world: World) -> None:
    """Serve the operations on `world` under `/control/`."""

    async def serve(request: web.Request) -> web.Response:
        operation = OPERATIONS.get(request.match_info["operation"])
        arguments = json.loads(await request.read() or b"{}")
        if operation is None:
            return _failure("no such operation")
        try:
            result = operation(world, arguments)
            if isinstance(result, Awaitable):
                result = await result
        except (LookupError, ValueError) as exc:
            return _failure(f"{type(exc).__name__}: {exc}")
        return web.json_response({"ok": True, "result": result})

    app.router.add_post("/control/{operation}", serve)


def _failure(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=400)
