"""What speaks for a number being a reported result."""

from dataclasses import dataclass

from kg.extract.linear import codes, extended
from kg.extract.numbers import Number
from kg.extract.reading import Reading, around, window
from kg.extract.words import fold

SIGNS = "+-−~≈$("


@dataclass(frozen=True, slots=True)
class Place:
    """A number of a paper, and the units ``[first, last)`` of its sentence that it covers."""

    number: Number
    sentence: int
    first: int
    last: int


def of_number(reading: Reading, place: Place) -> list[int]:
    """Features of a number as a reported result (and as a gain), as codes: its form, unit and surroundings."""
    units, first, last = reading.sentences[place.sentence], place.first, place.last
    unit, form = place.number.unit, fold(place.number.value.replace("\\", "").replace("$", ""))[:8]
    left, right = window(units, first, last)[2:4]
    sign = units[first].split("0")[0]
    found = codes((
        f"form {form}", f"unit {unit}", f"part {reading.part(place.sentence)}", *around(units, first, last),
        f"{left} _ unit {unit}", f"{left} _ form {form}", f"_ {right} unit {unit}", f"_ {right} form {form}",
        f"{left} _ {right} unit {unit}", f"numbers {min(4, count_numbers(units))}", f"sign {sign}",
        f"sign {sign} unit {unit}",
    ))  # fmt: skip
    before = codes(units[max(0, first - 8) : first], BEFORE)
    found += before + extended(before, f" unit {unit}")
    return found + codes(units[last : last + 6], AFTER) + codes(units, IN)


def count_numbers(units: list[str]) -> int:
    return sum(map(is_number, units))


def is_number(unit: str) -> bool:
    """Whether a folded word is a number, with a sign or without."""
    return unit.lstrip(SIGNS)[:1] == "0"


BEFORE, AFTER, IN = codes(("before ", "after ", "in "))
