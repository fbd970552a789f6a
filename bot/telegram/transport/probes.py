"""A local port for whoever watches the bot: `/healthz`, and `/metrics` for Prometheus.

It is off unless `monitoring.port` is set. What it tells is read when it is asked for: nothing is
counted beside the work. No question, name or secret is in it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_log = logging.getLogger(__name__)
_ALIVE = 60.0
"""Seconds after the last heartbeat from which the bot counts as stuck."""

_INSTALL = "pip install 'baogao[metrics]'\n"

Gauges = Callable[[], Mapping[str, float]]
"""Gives the figures by their names."""


@contextmanager
def served(listen: str, port: int, heartbeat: Path, gauges: Gauges) -> Iterator[int]:
    """Answer probes at `listen`:`port` while the block runs; yield the port.

    Raises:
        OSError: the port cannot be had.
    """

    class Probe(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._answer(*health(heartbeat))
            elif self.path == "/metrics":
                self._answer(*metrics(heartbeat, gauges))
            else:
                self._answer(HTTPStatus.NOT_FOUND, "")

        def _answer(self, status: HTTPStatus, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write nothing: probes come every few seconds."""

    server = ThreadingHTTPServer((listen, port), Probe)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="probes", daemon=True)
    thread.start()
    _log.info("probes listen=%s port=%d", listen, server.server_port)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def age(heartbeat: Path) -> float:
    """Return the seconds since the event loop last ran; infinite where it never did."""
    try:
        return max(time.time() - heartbeat.stat().st_mtime, 0.0)
    except OSError:
        return float("inf")


def health(heartbeat: Path) -> tuple[HTTPStatus, str]:
    """Return whether the event loop runs."""
    if age(heartbeat) > _ALIVE:
        return HTTPStatus.SERVICE_UNAVAILABLE, "stuck\n"
    return HTTPStatus.OK, "ok\n"


def metrics(heartbeat: Path, gauges: Gauges) -> tuple[HTTPStatus, str]:
    """Return the figures as Prometheus reads them."""
    try:
        from prometheus_client import CollectorRegistry, Gauge, generate_latest
    except ImportError:
        return HTTPStatus.NOT_IMPLEMENTED, _INSTALL
    registry = CollectorRegistry()
    for name, value in {"heartbeat_age_seconds": age(heartbeat), **gauges()}.items():
        Gauge(f"baogao_{name}", name.replace("_", " "), registry=registry).set(value)
    return HTTPStatus.OK, generate_latest(registry).decode()
