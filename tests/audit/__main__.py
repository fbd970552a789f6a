"""`python -m tests.audit`: exit status 1 and a line a problem, or what was looked at."""

from __future__ import annotations

import sys

from tests.audit.audit import load_advisories, needed, problems, project, unmet


def main() -> int:
    """Audit what is installed here."""
    extras = sorted(distribution_extras())
    core, every = needed(), needed(extras)
    advisories = load_advisories()
    found = [*problems(core, every, advisories), *unmet(project(), core)]
    for problem in found:
        sys.stderr.write(f"audit: {problem}\n")
    if not found:
        sys.stdout.write(
            f"audit: {len(core)} packages in the core, {len(every)} with every extra,"
            f" {len(advisories)} advisories: nothing to object to\n"
        )
    return 1 if found else 0


def distribution_extras() -> set[str]:
    """Return the extras of the project."""
    from importlib.metadata import distribution

    return set(distribution("baogao").metadata.get_all("Provides-Extra") or [])


if __name__ == "__main__":
    sys.exit(main())
