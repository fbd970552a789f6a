"""Faults that a test can inject into the calls of a bot, and the limits Telegram enforces."""

from dataclasses import asdict, dataclass
from typing import Any, TypeAlias, get_args


@dataclass(frozen=True, slots=True)
class Refused:
    """The call is refused with this code and description, and nothing happens."""

    code: int
    description: str


@dataclass(frozen=True, slots=True)
class TooManyRequests:
    """429; the bot must wait `retry_after` seconds."""

    retry_after: int


@dataclass(frozen=True, slots=True)
class ServerError:
    """A failure of Telegram's own, as JSON; nothing happens."""

    code: int = 500
    description: str = "Internal Server Error"


@dataclass(frozen=True, slots=True)
class InvalidJson:
    """A gateway answers in Telegram's place with something that is no JSON; nothing happens."""

    code: int = 502
    body: str = "<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class DropRequest:
    """The connection breaks, after `hang` seconds, before the call is handled."""

    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class LoseResponse:
    """The call is handled, then the connection breaks after `hang` seconds.

    With a `hang` longer than the client's read timeout the client sees a time-out of a call
    that did arrive; with none it sees a broken connection.
    """

    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class Slow:
    """The call is handled at once and answered `seconds` later."""

    seconds: float


Fault: TypeAlias = (
    Refused | TooManyRequests | ServerError | InvalidJson | DropRequest | LoseResponse | Slow
)
_KINDS: dict[str, type[Fault]] = {kind.__name__: kind for kind in get_args(Fault)}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send: Telegram's published limits by default.

    `per_second` counts over all chats, `per_group` within `group_window` seconds in one group,
    `per_private` a second in one private chat (None: not enforced). Sends and edits count.
    https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    per_second: int = 30
    per_group: int = 20
    group_window: float = 60.0
    per_private: int | None = None


def fault_to_json(fault: Fault) -> dict[str, Any]:
    """The fault as a JSON object."""
    return {"kind": type(fault).__name__, **asdict(fault)}


def fault_from_json(item: dict[str, Any]) -> Fault:
    """The fault that `fault_to_json` wrote; LookupError for an unknown kind."""
    values = dict(item)
    return _KINDS[values.pop("kind")](**values)
