"""setWebhook and what belongs to it. getUpdates is in `gateway`, where the poll waits."""

import re
from urllib.parse import urlsplit

from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import Webhook, World

_PORTS = frozenset({80, 88, 443, 8443})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MOST_CONNECTIONS = 100
_DEFAULT_CONNECTIONS = 40


def set_webhook(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#setwebhook."""
    url = parameters.text("url")
    secret = parameters.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.integer("max_connections") or _DEFAULT_CONNECTIONS
    if not 1 <= connections <= _MOST_CONNECTIONS:
        raise bad_request("invalid max_connections specified")
    _check_url(url)
    world.updates.allow(parameters.json_list("allowed_updates"))
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    address = parameters.text("ip_address") or None
    world.webhook = Webhook(url, secret, connections, address) if url else Webhook()
    world.changes.notify()
    return True


def _check_url(url: str) -> None:
    """Telegram wants HTTPS on one of four ports; here loopback may be anything."""
    if not url:
        return
    parts = urlsplit(url)
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port is not None and parts.port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not parts.hostname:
        raise bad_request("bad webhook: URL host is empty")


def delete_webhook(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook."""
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = Webhook()
    world.changes.notify()
    return True


def get_webhook_info(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getwebhookinfo."""
    del parameters
    webhook = world.webhook
    info: JsonObject = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    if webhook.url:
        info["max_connections"] = webhook.max_connections
        info |= {"ip_address": webhook.ip_address} if webhook.ip_address else {}
    if webhook.last_error_at is not None:
        info["last_error_date"] = int(webhook.last_error_at)
        info["last_error_message"] = webhook.last_error
    return info
