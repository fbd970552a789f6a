"""The conditions a bot works under: faults, limits, and its settings with BotFather."""

from dataclasses import asdict

from tests.support.botapi.client.connection import Connection
from tests.support.botapi.client.rooms import Room
from tests.support.botapi.faults import Fault, Limits, fault_to_json


class Trouble:
    """A fault in force."""

    def __init__(self, connection: Connection, number: int) -> None:
        """The fault with this number."""
        self._connection = connection
        self._number = number

    def met(self) -> int:
        """How many calls have met it."""
        return int(self._connection.call("met", number=self._number))

    def end(self) -> None:
        """Let calls through again."""
        self._connection.call("heal", number=self._number)


class Conditions:
    """What can be changed about a running server."""

    def __init__(self, connection: Connection) -> None:
        """Change the server at the other end of `connection`."""
        self._connection = connection

    def fail(
        self,
        method: str,
        fault: Fault,
        *,
        times: int | None = 1,
        skip: int = 0,
        room: Room | None = None,
    ) -> Trouble:
        """Let `times` calls of a method (`*`: any, `download`: files) meet a fault.

        `times=None` is for good, `skip` lets calls through first, `room` picks one chat.
        """
        made = self._connection.call(
            "fail",
            method=method,
            fault=fault_to_json(fault),
            times=times,
            skip=skip,
            chat_id=room.id if room else None,
        )
        return Trouble(self._connection, made["number"])

    def heal(self) -> None:
        """End every fault."""
        self._connection.call("heal")

    def limit(self, limits: Limits | None) -> None:
        """Enforce Telegram's limits on sending, or none."""
        self._connection.call("limit", limits=asdict(limits) if limits else None)

    def set_query_lifetime(self, seconds: float) -> None:
        """Change how long the bot may take to answer a press or an inline query."""
        self._connection.call("settings", query_lifetime=seconds)

    def set_privacy(self, *, on: bool) -> None:
        """Switch group privacy, which is on at first, as with BotFather."""
        self._connection.call("change_bot", reads_all_group_messages=not on)

    def set_inline(self, *, on: bool) -> None:
        """Switch inline mode, which is on at first, as with BotFather."""
        self._connection.call("change_bot", supports_inline=on)

    def set_inline_feedback(self, *, on: bool) -> None:
        """Switch updates about chosen inline results."""
        self._connection.call("change_bot", inline_feedback=on)

    def route_webhook(self, public: str, local: str) -> None:
        """Put a reverse proxy before the bot: addresses below `public` lead to `local`."""
        self._connection.call("route_webhook", public=public, local=local)
