"""The HTTP side: tokens, methods, faults, limits, file downloads."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from tests.support.botapi.engine.delivery import LongPoll, WebhookSender, clamp_limit
from tests.support.botapi.engine.fault_plan import DOWNLOAD
from tests.support.botapi.engine.records import Call
from tests.support.botapi.engine.refusal import Refusal, too_many_requests
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World
from tests.support.botapi.faults import (
    DropRequest,
    Fault,
    InvalidJson,
    LoseResponse,
    Refused,
    ServerError,
    Slow,
    TooManyRequests,
)
from tests.support.botapi.methods import METHODS
from tests.support.botapi.request_body import read_parameters

_LARGEST_BODY = 80 * 1024 * 1024
_GLANCE = 0.05


@dataclass(frozen=True, slots=True)
class _Reply:
    code: int
    body: JsonObject


class Gateway:
    """Serves one world over HTTP under `/bot<token>/` and `/file/bot<token>/`."""

    def __init__(self, world: World) -> None:
        """Serve `world`."""
        self._world = world
        self._poll = LongPoll(world)
        self._webhook = WebhookSender(world)

    def application(self) -> web.Application:
        """A fresh application; the world outlives it."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._serve_method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.on_startup.append(self._start)
        app.on_shutdown.append(self._stop)
        return app

    async def _start(self, app: web.Application) -> None:
        del app
        self._world.changes.notify()
        self._webhook.start()

    async def _stop(self, app: web.Application) -> None:
        del app
        await self._webhook.stop()

    async def _serve_method(self, request: web.Request) -> web.StreamResponse:
        refusal = self._token_refusal(request)
        if refusal is not None:
            return _json(refusal)
        method = request.match_info["method"]
        try:
            parameters = await read_parameters(request)
        except Refusal as unreadable:
            return _json(_refused(unreadable))
        call = Call(method, parameters.recorded(), self._world.now())
        self._world.calls.append(call)
        fault = self._world.faults.take(method, parameters)
        call.fault = type(fault).__name__ if fault else None
        try:
            return await self._meet(fault, request, call, parameters)
        finally:
            call.finished_at = self._world.now()
            self._world.changes.notify()

    async def _meet(
        self, fault: Fault | None, request: web.Request, call: Call, parameters: Parameters
    ) -> web.StreamResponse:
        """Handle the call as far as the fault lets it be handled."""
        refusal = _instead(fault)
        if refusal is not None:
            return _record(call, _refused(refusal))
        if isinstance(fault, InvalidJson):
            call.code = fault.code
            return web.Response(status=fault.code, text=fault.body, content_type="text/html")
        if isinstance(fault, DropRequest):
            return await _drop(request, fault.hang)
        reply = await self._answer(call, parameters)
        if isinstance(fault, LoseResponse):
            return await _drop(request, fault.hang)
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds)
        return _record(call, reply)

    async def _answer(self, call: Call, parameters: Parameters) -> _Reply:
        try:
            result = await self._execute(call.method, parameters)
        except Refusal as refusal:
            call.blame = refusal.blame
            return _refused(refusal)
        finally:
            self._world.changes.notify()
        return _Reply(HTTPStatus.OK, {"ok": True, "result": result})

    async def _execute(self, method: str, parameters: Parameters) -> object:
        if method.lower() == "getupdates":
            return await self._get_updates(parameters)
        handler = METHODS.get(method.lower())
        if handler is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "Not Found: method not found")
        chat_id = _numeric(parameters.text("chat_id"))
        self._world.flood.check(method, chat_id)
        result = handler(self._world, parameters)
        if isinstance(result, Awaitable):
            result = await result
        self._world.flood.count(method, chat_id)
        return result

    async def _get_updates(self, parameters: Parameters) -> list[JsonObject]:
        self._world.updates.allow(parameters.json_list("allowed_updates"))
        return await self._poll.poll(
            offset=parameters.integer("offset") or 0,
            limit=clamp_limit(parameters.integer("limit")),
            timeout=parameters.integer("timeout") or 0,
        )

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        wrong_token = self._token_refusal(request)
        if wrong_token is not None:
            return _json(wrong_token)
        path = request.match_info["path"]
        call = Call(DOWNLOAD, {"path": path}, self._world.now())
        self._world.calls.append(call)
        fault = self._world.faults.take(DOWNLOAD, Parameters({}, {}))
        call.fault = type(fault).__name__ if fault else None
        try:
            return await self._send_file(fault, request, call, path)
        finally:
            call.finished_at = self._world.now()
            self._world.changes.notify()

    async def _send_file(
        self, fault: Fault | None, request: web.Request, call: Call, path: str
    ) -> web.StreamResponse:
        if isinstance(fault, DropRequest | LoseResponse):
            return await _drop(request, fault.hang)
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds)
        refusal = _instead(fault)
        if refusal is not None:
            return _record(call, _refused(refusal))
        files = self._world.files.values()
        found = next((stored for stored in files if stored.path == path), None)
        if found is None:
            return _record(call, _refused(Refusal(HTTPStatus.NOT_FOUND, "Not Found")))
        call.code = HTTPStatus.OK
        return web.Response(body=found.content, content_type="application/octet-stream")

    def _token_refusal(self, request: web.Request) -> _Reply | None:
        token = request.match_info["token"]
        if token == self._world.token:
            return None
        identifier, colon, secret = token.partition(":")
        if not colon or not identifier.isdigit() or not secret:
            return _Reply(HTTPStatus.NOT_FOUND, _no(HTTPStatus.NOT_FOUND, "Not Found"))
        return _Reply(HTTPStatus.UNAUTHORIZED, _no(HTTPStatus.UNAUTHORIZED, "Unauthorized"))


def _instead(fault: Fault | None) -> Refusal | None:
    """The refusal that takes the place of the call, if the fault is one."""
    match fault:
        case Refused(code, description) | ServerError(code, description):
            return Refusal(code, description, blame=False)
        case TooManyRequests(retry_after):
            return too_many_requests(retry_after)
    return None


async def _drop(request: web.Request, hang: float) -> web.StreamResponse:
    """Break the connection after `hang` seconds, or when the client gives up before that."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + hang
    while loop.time() < deadline and request.transport and not request.transport.is_closing():
        await asyncio.sleep(_GLANCE)
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _record(call: Call, reply: _Reply) -> web.Response:
    call.code = reply.code
    call.description = reply.body.get("description")
    return _json(reply)


def _json(reply: _Reply) -> web.Response:
    return web.json_response(reply.body, status=reply.code)


def _refused(refusal: Refusal) -> _Reply:
    body = _no(refusal.code, refusal.description)
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return _Reply(refusal.code, body)


def _no(code: int, description: str) -> JsonObject:
    return {"ok": False, "error_code": int(code), "description": description}


def _numeric(chat_id: str) -> int | None:
    try:
        return int(chat_id)
    except ValueError:
        return None
