"""What speaks for a number being a reported result, and for a name being its subject, dataset or metric."""

from dataclasses import dataclass

from kg.extract.linear import code, codes, extended
from kg.extract.numbers import Number
from kg.extract.reading import Mention, Name, Reading, around, name_words, window
from kg.extract.words import fold


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
    found = codes((
        f"form {form}", f"unit {unit}", f"part {reading.part(place.sentence)}", *around(units, first, last),
        f"{left} _ unit {unit}", f"{left} _ form {form}", f"_ {right} unit {unit}", f"_ {right} form {form}",
        f"{left} _ {right} unit {unit}", f"numbers {min(4, count_numbers(units))}",
    ))  # fmt: skip
    before = codes(units[max(0, first - 8) : first], BEFORE)
    found += before + extended(before, f" unit {unit}")
    return found + codes(units[last : last + 6], AFTER) + codes(units, IN)


def count_numbers(units: list[str]) -> int:
    return sum(unit[0] == "0" for unit in units)


def of_link(reading: Reading, name: Name, place: Place) -> list[int]:
    """Features of a name as a part of the result that a number reports, as codes."""
    own, unit = f"{name.type}{'*' * name.proposed}", place.number.unit
    mentions = [reading.mentions[index] for index in name.mentions]
    same = [mention for mention in mentions if mention.sentence == place.sentence]
    rivals = sum(other.type == name.type for other in reading.names)
    found = codes((
        f"is {own}", f"count {min(4, len(mentions))} {own}", f"is {own} unit {unit}",
        f"last {name_words(name.text)[-1]} {unit}", f"rivals {min(4, rivals)} {own}",
        f"title {mentions[0].sentence < reading.title} {own}",
    ))  # fmt: skip
    if same:
        return found + of_meeting(reading, min(same, key=lambda mention: abs(mention.at - place.first)), own, place)
    gap = max(-2, min(4, min((place.sentence - mention.sentence for mention in mentions), key=abs)))
    others = any(mention.sentence == place.sentence and mention.type == name.type for mention in reading.mentions)
    return found + codes((f"gap {gap} {others}", f"gap {gap} {own} {others}"))


def of_meeting(reading: Reading, mention: Mention, own: str, place: Place) -> list[int]:
    """Features of a sentence that holds both, as codes: order, distance, what stands between."""
    units, after = reading.sentences[mention.sentence], mention.at >= place.last
    between = units[place.last : mention.at] if after else units[mention.at + 1 : place.first]
    mark = units[mention.at].rstrip("*")
    same = [unit.rstrip("*") for unit in between].count(mark)
    alone = sum(unit.rstrip("*") == mark for unit in units) == 1
    side = f"{'after' if after else 'before'} {own}"
    found = codes((
        side, f"{side} alone {alone}", f"{side} distance {min(8, len(between))}",
        f"{side} numbers {min(3, count_numbers(between))} names {min(3, same)}",
        f"{side} by {units[place.first - 1] if place.first else '<s>'}",
    ))  # fmt: skip
    found += codes(between, code(f"{side} between "))
    if len(between) < 6:
        found.append(code(f"{side} path {' '.join(between)}"))
    if between:
        found.append(code(f"{side} ends {between[0]} {between[-1]}"))
    return found


BEFORE, AFTER, IN = codes(("before ", "after ", "in "))
