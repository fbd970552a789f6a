"""The audit: every distribution that baogao needs, as it is installed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ADVISORIES = Path(__file__).with_name("advisories.yaml")
PROJECT = "baogao"

_COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\b(?:A?GPL|(?:Affero )?General Public License)", re.I)
_LESSER = re.compile(r"LGPL|Lesser General Public", re.I)
_HEAVY = ("torch", "transformers", "sentence-transformers", "tensorflow")
_UNSTATED = {"faiss-cpu": "MIT", "cuda-toolkit": "LicenseRef-NVIDIA-Proprietary"}
"""Licences of distributions whose metadata do not say. PyTorch brings the latter, which names the
libraries of CUDA and holds nothing, where it is not built for processors alone."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """A known vulnerability of some versions of a package."""

    package: str
    affected: SpecifierSet
    id: str


@dataclass(frozen=True, slots=True)
class Installed:
    """A distribution, the licence that it states, and what it requires of others."""

    name: str
    version: str
    licence: str
    requires: tuple[Requirement, ...]


def load_advisories(path: Path = ADVISORIES) -> list[Advisory]:
    """Return the advisories of a file."""
    return [
        Advisory(canonicalize_name(raw["package"]), SpecifierSet(raw["affected"]), raw["id"])
        for raw in yaml.safe_load(path.read_text("utf-8"))
    ]


def needed(extras: Iterable[str] = (), root: str = PROJECT) -> dict[str, Installed]:
    """Return what `root` with `extras` needs and is installed, by name, itself left out."""
    found: dict[str, Installed] = {}
    done: set[tuple[str, str]] = set()
    waiting = [(root, extra) for extra in ("", *extras)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in done:
            continue
        done.add((name, extra))
        try:
            one = _installed(distribution(name))
        except PackageNotFoundError:
            continue  # `unmet` names it, where it is needed
        if name != root:
            found[name] = one
        for requirement in _wanted(one, extra):
            to = canonicalize_name(requirement.name)
            waiting += [(to, inner) for inner in ("", *requirement.extras)]
    return found


def problems(
    core: Mapping[str, Installed], every: Mapping[str, Installed], advisories: Iterable[Advisory]
) -> Iterator[str]:
    """Yield what is wrong: with `core`, what everybody installs, and with `every` extra."""
    for name in _HEAVY:
        if name in core:
            yield f"{name}: the core must do without it"
    for one in every.values():
        licence = _UNSTATED.get(one.name, one.licence)
        if not licence:
            yield f"{one.name}: states no licence"
        elif one.name in core and _COPYLEFT.search(_LESSER.sub("", licence)):
            yield f"{one.name}: {licence} cannot be in the core of a program under MIT"
    for advisory in advisories:
        hit = every.get(advisory.package)
        if hit is not None and advisory.affected.contains(hit.version, prereleases=True):
            yield f"{hit.name} {hit.version}: {advisory.id} ({advisory.affected})"
    for one in every.values():
        yield from unmet(one, every)


def unmet(one: Installed, every: Mapping[str, Installed]) -> Iterator[str]:
    """Yield the requirements of a distribution that what is installed does not meet."""
    for requirement in _wanted(one, ""):
        other = every.get(canonicalize_name(requirement.name))
        if other is None:
            yield f"{one.name} needs {requirement}, which is not installed"
        elif not requirement.specifier.contains(other.version, prereleases=True):
            yield f"{one.name} needs {requirement}, {other.version} is installed"


def project() -> Installed:
    """Return the project itself, as it is installed."""
    return _installed(distribution(PROJECT))


def _wanted(one: Installed, extra: str) -> Iterator[Requirement]:
    for requirement in one.requires:
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def _installed(found: Distribution) -> Installed:
    metadata = found.metadata
    classifiers = metadata.get_all("Classifier") or []
    stated = [metadata.get("License-Expression") or "", metadata.get("License") or ""]
    stated += [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License :: ")]
    licence = next((text for text in (stated[0], *stated[2:], stated[1]) if text), "")
    return Installed(
        name=canonicalize_name(metadata["Name"]),
        version=found.version,
        licence=licence.splitlines()[0][:120] if licence else "",
        requires=tuple(Requirement(text) for text in found.requires or ()),
    )
