"""SIGKILL of the bot at random moments: what is lost.

    python -m tests.bench.telegram_kills [--kills 20] [--seed 1] [--moment indexing …]

A real bot against the strict Bot API server is killed while it fetches an upload, while it asks
what to correct in a preview, while it builds an index and while it answers; started again, it
has to finish what was begun. Afterwards every report must be in the library and in the index,
every job over, every button alive, the group that was allowed by a button allowed still, and no
question answered twice. With --moment it is killed in the moments that are named only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.telegram.kills import Campaign, Losses, Moment
from tests.support.school import running_school


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, and print what was lost; 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--moment", action="append", choices=[moment.name.lower() for moment in Moment]
    )
    parser.add_argument("--paragraphs", type=int, default=60)
    options = parser.parse_args(arguments)
    limits = {"person": 1000, "chat": 1000}
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_school(Path(folder) / "home", limits=limits) as at,
    ):
        campaign = Campaign(at, options.seed, options.paragraphs)
        moments = [m for m in Moment if not options.moment or m.name.lower() in options.moment]
        for number in range(options.kills):
            moment = moments[number % len(moments)]
            delay = campaign.kill(moment)
            words = f"killed {delay:.2f} s into"
            print(f"{number + 1:3} {words} {moment.name.lower():9}", flush=True)
        campaign.look_at_the_library()
        broken = [f"{call.method}: {call.description}" for call in at.server.violations]
    print(f"reports not yet live when the bot was killed while indexing: {campaign.in_time}")
    report(campaign.losses, broken, time.monotonic() - started)
    return 0 if campaign.losses.none and not broken else 1


def report(losses: Losses, broken: Sequence[str], seconds: float) -> None:
    """Print what was lost."""
    for name, lost in (
        ("reports lost", losses.reports),
        ("jobs lost", losses.jobs),
        ("buttons lost", losses.buttons),
        ("allowed groups lost", losses.groups),
        ("answered twice", losses.doubled),
    ):
        print(f"{name:22} {len(lost)} {'; '.join(lost)}".rstrip())
    print(f"{'rules of Telegram broken':22} {len(broken)} {'; '.join(broken)}".rstrip())
    print(f"answers interrupted in the moment of the kill, and not repeated: {losses.unanswered}")
    print(f"{seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
