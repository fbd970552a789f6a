"""Corrections of what was read from reports: the file reports.yaml beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.durable.atomic_files import write_file
from corpus.durable.strict_yaml import NotPlainYaml, parse
from corpus.errors import BadCorrections

FILE_NAME = "reports.yaml"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Correction:
    """What an admin knows better about one report; None leaves what was read."""

    title: str | None = None
    year: int | None = None
    organisation: str | None = None


def load_corrections(path: Path) -> dict[str, Correction]:
    """Return the corrections by report name; none where there is no file.

    Raises:
        BadCorrections: not YAML, unknown keys or wrong types, all named at once.
    """
    try:
        raw = parse(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as exc:
        raise BadCorrections(path, [f"cannot be opened ({exc.strerror})"]) from exc
    except NotPlainYaml as exc:
        raise BadCorrections(path, [str(exc)]) from exc
    except UnicodeDecodeError as exc:
        raise BadCorrections(path, ["is not text in UTF-8"]) from exc
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise BadCorrections(path, ["must map report names to title, year and organisation"])
    problems = [problem for name, value in raw.items() for problem in _problems(name, value)]
    if problems:
        raise BadCorrections(path, problems)
    return {str(name): Correction(**value) for name, value in raw.items()}


def save_corrections(path: Path, corrections: Mapping[str, Correction]) -> None:
    """Write the corrections file, whole or not at all."""
    import yaml

    data = {
        name: {key: value for key, value in asdict(correction).items() if value is not None}
        for name, correction in sorted(corrections.items())
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if data else ""
    write_file(path, text.encode("utf-8"))


def _problems(name: object, value: object) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{name}: must hold title, year or organisation"]
    problems = []
    for key, entry in value.items():
        match key:
            case "title" | "organisation" if not isinstance(entry, str) or not entry.strip():
                problems.append(f"{name}.{key}: must be text")
            case "year" if (
                not isinstance(entry, int)
                or isinstance(entry, bool)
                or not _FIRST_YEAR <= entry <= _LAST_YEAR
            ):
                problems.append(f"{name}.year: must be a year such as 2021")
            case "title" | "organisation" | "year":
                pass
            case _:
                problems.append(f"{name}.{key}: unknown key (title, year, organisation)")
    return problems
