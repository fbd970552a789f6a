"""YAML as people write it into a configuration: no aliases, no tags, no key twice."""

from __future__ import annotations

from typing import Any


class NotPlainYaml(ValueError):
    """A text that is not YAML, or uses what is not allowed; `line` counts from 1, 0 if unknown."""

    def __init__(self, problem: str, line: int) -> None:
        self.problem = problem
        self.line = line
        super().__init__(f"{problem} (line {line})" if line else problem)


def parse(text: str) -> Any:
    """Return the value of a YAML text; None where it is empty.

    Aliases are refused, for a few lines of them can stand for more than any memory holds; a
    key that comes twice is refused, for one of the two would be lost without a word.

    Raises:
        NotPlainYaml: the text is malformed.
    """
    import yaml

    try:
        _check(yaml.compose(text, yaml.SafeLoader), text)
        return yaml.safe_load(text)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        raise NotPlainYaml("is not YAML", mark.line + 1 if mark is not None else 0) from exc
    except (ValueError, RecursionError, AttributeError, LookupError, TypeError) as exc:
        if isinstance(exc, NotPlainYaml):
            raise
        raise NotPlainYaml("is not YAML", 0) from exc  # PyYAML lets these out for odd tags


def _check(root: Any, text: str) -> None:
    """Refuse aliases and repeated keys, in the tree of nodes: nothing is built yet."""
    import yaml

    for token in yaml.scan(text, yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
            raise NotPlainYaml("aliases (& and *) are not allowed", token.start_mark.line + 1)
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode) and key.value in seen:
                    raise NotPlainYaml(f"{key.value} comes twice", key.start_mark.line + 1)
                seen.add(str(key.value))
                waiting += (key, value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
