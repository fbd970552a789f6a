"""How Telegram says no: a status code, a description, and sometimes parameters."""

from http import HTTPStatus

MIGRATED = "group chat was upgraded to a supergroup chat"


class Refusal(Exception):
    """A call that Telegram would have refused.

    `blame` is true when the bot broke a rule it could have kept, false when the world was
    against it: a user who blocked it, a group that moved, a query that grew old.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        parameters: dict[str, int] | None = None,
        blame: bool = True,
    ) -> None:
        """Keep what the response will carry."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters
        self.blame = blame


def bad_request(reason: str, *, blame: bool = True) -> Refusal:
    """400 with Telegram's prefix."""
    return Refusal(HTTPStatus.BAD_REQUEST, f"Bad Request: {reason}", blame=blame)


def forbidden(reason: str) -> Refusal:
    """403, never the bot's own fault."""
    return Refusal(HTTPStatus.FORBIDDEN, f"Forbidden: {reason}", blame=False)


def conflict(reason: str) -> Refusal:
    """409, another poller or a webhook."""
    return Refusal(HTTPStatus.CONFLICT, f"Conflict: {reason}", blame=False)


def too_many_requests(retry_after: int) -> Refusal:
    """429 with the seconds to wait."""
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"Too Many Requests: retry after {retry_after}",
        parameters={"retry_after": retry_after},
        blame=False,
    )


def migrated(new_chat_id: int) -> Refusal:
    """400 with the identifier of the supergroup that the group became."""
    return Refusal(
        HTTPStatus.BAD_REQUEST,
        f"Bad Request: {MIGRATED}",
        parameters={"migrate_to_chat_id": new_chat_id},
        blame=False,
    )
