"""Which of the coming calls meet which fault."""

from dataclasses import dataclass

from tests.support.botapi.engine.wire import Parameters
from tests.support.botapi.faults import Fault

ANY_METHOD = "*"
DOWNLOAD = "download"


@dataclass(slots=True)
class Rule:
    """A fault for calls of `method`, `times` of them (None: all) after `skip` were let through."""

    number: int
    method: str
    fault: Fault
    times: int | None
    skip: int = 0
    chat_id: int | None = None
    met: int = 0

    def concerns(self, method: str, chat_id: str) -> bool:
        """Whether the rule is about such a call and not used up."""
        return (
            self.method.lower() in {ANY_METHOD, method.lower()}
            and (self.chat_id is None or str(self.chat_id) == chat_id)
            and (self.times is None or self.met < self.times)
        )


class FaultPlan:
    """The rules in force, in the order they were given."""

    def __init__(self) -> None:
        """Start with fair weather."""
        self._rules: list[Rule] = []
        self._last = 0

    def add(
        self,
        method: str,
        fault: Fault,
        *,
        times: int | None,
        skip: int = 0,
        chat_id: int | None = None,
    ) -> int:
        """Add a rule and return its number."""
        self._last += 1
        self._rules.append(Rule(self._last, method, fault, times, skip, chat_id))
        return self._last

    def remove(self, number: int | None) -> None:
        """Remove one rule, or all for None."""
        self._rules = [rule for rule in self._rules if number not in {None, rule.number}]

    def met(self, number: int) -> int:
        """How many calls have met the rule."""
        return next((rule.met for rule in self._rules if rule.number == number), 0)

    def take(self, method: str, parameters: Parameters) -> Fault | None:
        """The fault that this call meets, if any."""
        chat_id = parameters.text("chat_id")
        for rule in self._rules:
            if not rule.concerns(method, chat_id):
                continue
            if rule.skip > 0:
                rule.skip -= 1
                continue
            rule.met += 1
            return rule.fault
        return None
