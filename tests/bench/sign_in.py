"""T-34: does refusing a sign-in take as long for a name that nobody has? Run it with python.

Known and unknown names take turns; the Mann-Whitney test then tells how often chance alone would
set them apart as far. Nothing fails on time: below 0.01, look closer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from math import erfc, sqrt
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

TRIES = 400
WARM = 20


def main() -> None:
    known, unknown = measure()
    for what, times in (("known", known), ("unknown", unknown)):
        print(f"{what:<8} median {median(times) * 1e3:.2f} ms of {len(times)}")
    print(f"Mann-Whitney p = {mann_whitney(known, unknown):.3f}")


def measure() -> tuple[list[float], list[float]]:
    from build import NOW
    from databases import make_app
    from people import OTHER_PASSWORD, make_user

    from quizgame import database
    from quizgame.domain.errors import InputError
    from quizgame.models.base import db
    from quizgame.services import sessions

    times: dict[str, list[float]] = {"marie": [], "nobody": []}
    with tempfile.TemporaryDirectory(prefix="quizgame-bench-") as folder:
        app = make_app(Path(folder))
        with app.app_context():
            database.upgrade(db.engine)
            make_user("marie")
            for number in range(TRIES + WARM):
                for name in sorted(times, reverse=bool(number % 2)):
                    begun = perf_counter()
                    try:  # far apart, so that no try has to wait
                        sessions.sign_in(name, OTHER_PASSWORD, now=NOW + number * timedelta(days=2))
                    except InputError:
                        times[name].append(perf_counter() - begun)
                    db.session.remove()
            db.engine.dispose()
    return times["marie"][WARM:], times["nobody"][WARM:]


def mann_whitney(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return the two-sided p of the rank-sum test, by its normal approximation."""
    ranked = sorted((time, which) for which, times in enumerate((ones, others)) for time in times)
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, start=1) if which == 0)
    n, m = len(ones), len(others)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return erfc(abs(z) / sqrt(2))


if __name__ == "__main__":
    main()
