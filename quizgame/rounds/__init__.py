"""First floor, drawer: one file per round kind. Domain and WTForms only.

A kind is found by its file: the module's name is its id in the database, in URLs and as template.
"""

from collections import defaultdict
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from quizgame.domain.items import Prices, Round
from quizgame.rounds._kind import AnswerForm, RoundKind, WordStates

KINDS: dict[str, RoundKind] = {
    module.name: import_module(f"{__name__}.{module.name}").KIND
    for module in iter_modules(__path__)
    if not module.name.startswith("_")
}

__all__ = ["KINDS", "AnswerForm", "RoundKind", "WordStates", "price"]


def price(rounds: Iterable[Round]) -> dict[str, Prices]:
    """Price the rounds of a set: each pool for itself, by the name of the pool."""
    keys = defaultdict(list)
    pools = {}
    for round_ in rounds:
        kind = KINDS[round_.kind]
        pools[kind.pool.name] = kind.pool
        keys[kind.pool.name].append(kind.key(round_.item))
    return {name: pools[name].price(keys[name]) for name in sorted(pools)}
