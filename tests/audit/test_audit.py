from __future__ import annotations

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.audit.audit import Advisory, Installed, load_advisories, needed, problems, unmet


def installed(name: str, licence: str = "MIT", version: str = "1.0", *needs: str) -> Installed:
    return Installed(name, version, licence, tuple(map(Requirement, needs)))


def found(
    *core: Installed, extra: tuple[Installed, ...] = (), known: tuple[Advisory, ...] = ()
) -> str:
    of = {one.name: one for one in core}
    return "\n".join(problems(of, of | {one.name: one for one in extra}, known))


def test_the_core_that_is_installed_here_passes() -> None:
    core = needed()
    assert {"pyyaml", "onnxruntime", "python-telegram-bot"} <= set(core)
    assert list(problems(core, core, load_advisories())) == []


def test_a_copyleft_licence_is_refused_in_the_core_only() -> None:
    for licence in ("AGPL-3.0", "GNU General Public License v3 (GPLv3)", "GPL-2.0-only"):
        assert licence in found(installed("a", licence))
        assert found(extra=(installed("a", licence),)) == ""
    for licence in ("LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)", "MIT"):
        assert found(installed("a", licence)) == ""


def test_an_unstated_licence_is_refused_wherever_it_is() -> None:
    assert "no licence" in found(extra=(installed("a", ""),))


def test_torch_has_no_place_in_the_core() -> None:
    assert "torch" in found(installed("torch"))


def test_a_version_with_an_advisory_is_named_and_a_mended_one_is_not() -> None:
    known = (Advisory("a", SpecifierSet("<2"), "CVE-1"),)
    assert "CVE-1" in found(installed("a"), known=known)
    assert found(installed("a", version="2.0"), known=known) == ""


def test_requirements_that_are_not_met_are_named() -> None:
    a, b = installed("a", "MIT", "1.0", "b>=2", "c"), installed("b")
    lines = list(unmet(a, {"a": a, "b": b}))
    assert lines == ["a needs b>=2, 1.0 is installed", "a needs c, which is not installed"]


def test_every_advisory_is_complete() -> None:
    for advisory in load_advisories():
        assert advisory.package
        assert str(advisory.affected)
        assert advisory.id.startswith(("CVE-", "GHSA-"))
