"""Skill and suspicion, told apart by signal detection."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from quizgame.domain.items import Tally

LEAST_UNITS = 20
STEADY, SHARP = 0.7, 1.5
LEANING = 0.3

_normal = NormalDist()


@dataclass(frozen=True, slots=True)
class Detection:
    """How a reader decides.

    `d_prime` tells how well wrong is told from right (0 is guessing), `criterion` how bold the
    hand is: below 0 quick to accuse, above 0 quick to excuse. `error` is the standard error of
    `d_prime`. Units: standard deviations.
    """

    d_prime: float
    criterion: float
    error: float

    @property
    def eye(self) -> str:
        """Name the band of `d_prime`: sharp, steady or learning."""
        if self.d_prime >= SHARP:
            return "sharp"
        return "steady" if self.d_prime >= STEADY else "learning"

    @property
    def hand(self) -> str:
        """Name the band of `criterion`: quick, balanced or lenient."""
        if self.criterion < -LEANING:
            return "quick"
        return "lenient" if self.criterion > LEANING else "balanced"


def detect(tally: Tally) -> Detection:
    """Return skill and boldness from counts of decisions about segments.

    Source: Green & Swets (1966); a half added to every count keeps the rates off 0 and 1
    (log-linear correction, Hautus 1995); error after Gourevitch & Galanter (1967).
    """
    hit_rate = (tally.hits + 0.5) / (tally.problems + 1)
    charge_rate = (tally.accused + 0.5) / (tally.clean + 1)
    z_hit, z_charge = _normal.inv_cdf(hit_rate), _normal.inv_cdf(charge_rate)
    variance = _variance(hit_rate, tally.problems) + _variance(charge_rate, tally.clean)
    return Detection(z_hit - z_charge, -0.5 * (z_hit + z_charge), sqrt(variance))


def is_enough(tally: Tally) -> bool:
    """Tell whether there were enough decisions to say anything about a person."""
    return min(tally.problems, tally.clean) >= LEAST_UNITS


def is_cynicism(before: Tally, after: Tally) -> bool:
    """Tell whether finds rose only because everything is accused more.

    So it is when boldness grew by more than a quarter while the gain in skill stays inside its
    95 % interval.
    """
    then, now = detect(before), detect(after)
    gain = now.d_prime - then.d_prime
    interval = 1.96 * sqrt(then.error**2 + now.error**2)
    return then.criterion - now.criterion > 0.25 and gain <= interval


def _variance(rate: float, count: int) -> float:
    density = _normal.pdf(_normal.inv_cdf(rate))
    return rate * (1 - rate) / (max(1, count) * density**2)
