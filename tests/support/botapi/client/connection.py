"""Speaks to the control side of a server."""

import http.client
import json
from typing import Any

_PATIENCE = 30.0


class ControlError(Exception):
    """The server could not do what the test asked; the message says why."""


class Connection:
    """One request a connection, so that many threads may use it at once."""

    def __init__(self, host: str, port: int) -> None:
        """Reach the server at `host` and `port`."""
        self._host = host
        self._port = port

    def call(self, operation: str, **arguments: object) -> Any:
        """The result of an operation; ControlError if it failed.

        An argument named `timeout` is a number of seconds that the server waits.
        """
        waits = arguments.get("timeout")
        patience = _PATIENCE + (waits if isinstance(waits, int | float) else 0.0)
        connection = http.client.HTTPConnection(self._host, self._port, timeout=patience)
        try:
            body = json.dumps(arguments)
            connection.request("POST", f"/control/{operation}", body=body)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if not answer["ok"]:
            raise ControlError(f"{operation}: {answer['error']}")
        return answer["result"]
