"""Faults, limits and settings of the server itself."""

from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World
from tests.support.botapi.faults import Limits, fault_from_json


def fail(world: World, arguments: JsonObject) -> JsonObject:
    """Let coming calls meet a fault."""
    number = world.faults.add(
        arguments["method"],
        fault_from_json(arguments["fault"]),
        times=arguments["times"],
        skip=arguments["skip"],
        chat_id=arguments["chat_id"],
    )
    return {"number": number}


def heal(world: World, arguments: JsonObject) -> None:
    """Remove one fault, or all."""
    world.faults.remove(arguments.get("number"))


def met(world: World, arguments: JsonObject) -> int:
    """How many calls have met a fault."""
    return world.faults.met(arguments["number"])


def limit(world: World, arguments: JsonObject) -> None:
    """Enforce limits, or with null none."""
    limits = arguments.get("limits")
    world.flood.limits = Limits(**limits) if limits else None


def settings(world: World, arguments: JsonObject) -> None:
    """How many seconds queries may wait for an answer."""
    lifetime = arguments["query_lifetime"]
    world.callbacks.lifetime = world.inline.lifetime = lifetime


def route_webhook(world: World, arguments: JsonObject) -> None:
    """Put a reverse proxy before the bot: `public` addresses are delivered to `local`."""
    world.webhook_routes[arguments["public"]] = arguments["local"]
