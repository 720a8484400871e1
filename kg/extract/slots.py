"""What speaks for a name being the subject, dataset or metric of a reported number."""

from collections.abc import Sequence

from kg.extract.figures import Place, count_numbers, is_number
from kg.extract.linear import code, codes
from kg.extract.reading import Mention, Name, Reading, name_words, window

SUBJECTS = ("Method", "Model")
SLOTS = {"subject": SUBJECTS, "dataset": ("Dataset",), "metric": ("Metric",)}
JOINS = frozenset((",", "and", "&", "or", "/", ";"))
BETWEEN_NUMBERS = JOINS | {"%", "\\", "x", "×", "times", "point", "points", "vs", "vs.", "versus"}
BETWEEN_NAMES = JOINS | {"both", "the", "on", "for", "of", "(", ")"}


def features(reading: Reading, name: Name, place: Place) -> list[int]:
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
    if name.type in SUBJECTS:
        found += of_subject(reading, name, place, bool(same))
    if same:
        found += of_list(reading, name, place)
        return found + of_meeting(reading, min(same, key=lambda mention: abs(mention.at - place.first)), own, place)
    gap = max(-2, min(4, min((place.sentence - mention.sentence for mention in mentions), key=abs)))
    others = any(mention.sentence == place.sentence and mention.type == name.type for mention in reading.mentions)
    return found + codes((f"gap {gap} {others}", f"gap {gap} {own} {others}"))


def of_subject(reading: Reading, name: Name, place: Place, here: bool) -> list[int]:
    """Which of the paper's proposals the name is, if any, what else the sentence names, how it begins, and what stands
    before the number.
    """
    proposals = [each for each in reading.names if each.proposed and each.type in SUBJECTS]
    rank = next((rank for rank, each in enumerate(proposals) if each is name), -1)
    beside = [each for each in reading.mentions if each.sentence == place.sentence and each.type in SUBJECTS]
    others = sum(reading.names[each.name].proposed for each in beside)
    units, own = reading.sentences[place.sentence], f"{here} {name.proposed}"
    return codes((
        f"head {units[0]} {own}", f"head {' '.join(units[:2])} {own}",
        *(f"near {unit} {own}" for unit in units[max(0, place.first - 5) : place.first]),
        f"own {min(3, rank)} of {min(3, len(proposals))} {here}",
        f"own {name.proposed} here {here} others {min(2, others)}",
        f"own {min(2, rank)} here {here} rivals {min(3, len(beside))}",
    ))  # fmt: skip


def of_list(reading: Reading, name: Name, place: Place) -> list[int]:
    """Where numbers are listed ("71.2 and 68.4 on GSM8K and MATH"): whether the name has the place of the number in a
    list of as many names.
    """
    units = reading.sentences[place.sentence]
    numbers = [index for index, unit in enumerate(units) if is_number(unit)]
    inside = range(place.first, place.last)
    for listed in lists(numbers, units, BETWEEN_NUMBERS):
        at = next((index for index, unit in enumerate(listed) if unit in inside), None)
        if at is not None and len(listed) > 1:
            verdict = of_names(reading, name, place.sentence, listed, at)
            last = f"{'respectively' in units[place.last :]} {name.type}"
            return codes((f"list {verdict}", f"list {verdict} {name.type}", f"list {verdict} {last}"))
    return []


def of_names(reading: Reading, name: Name, sentence: int, numbers: list[int], at: int) -> str:
    """Whether a name is the one at ``at`` of the nearest list of as many names as numbers, "out" where it is none of
    them, "none" where there is no such list.
    """
    owners, mark = named(reading, name.type, sentence), name.type.upper()
    found = lists(list(owners), reading.sentences[sentence], BETWEEN_NAMES | {mark, f"{mark}*"})
    rows = [each for each in found if len(each) == len(numbers)]
    if not rows:
        return "none"
    row = min(rows, key=lambda each: min(abs(each[0] - numbers[-1] - 1), abs(numbers[0] - each[-1])))
    mine = [index for index, unit in enumerate(row) if reading.names[owners[unit]] is name]
    return str(at in mine) if mine else "out"


def named(reading: Reading, type_: str, sentence: int) -> dict[int, int]:
    """Unit -> name of the mentions of a type in a sentence, from left to right; a name said twice in a row once."""
    found: dict[int, int] = {}
    last = -1
    for mention in sorted(reading.mentions, key=lambda each: each.at):
        if mention.sentence == sentence and mention.type == type_ and mention.name != last:
            found[mention.at] = last = mention.name
    return found


def lists(places: Sequence[int], units: Sequence[str], between: frozenset[str]) -> list[list[int]]:
    """Places in a sentence, in order, with those together between which nothing else stands."""
    found: list[list[int]] = []
    for place in places:
        if found and between.issuperset(units[found[-1][-1] + 1 : place]):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def of_meeting(reading: Reading, mention: Mention, own: str, place: Place) -> list[int]:
    """Features of a sentence that holds both, as codes: order, distance, what stands between and beside."""
    units, after = reading.sentences[mention.sentence], mention.at >= place.last
    between = units[place.last : mention.at] if after else units[mention.at + 1 : place.first]
    mark = units[mention.at].rstrip("*")
    same = [unit.rstrip("*") for unit in between].count(mark)
    alone = sum(unit.rstrip("*") == mark for unit in units) == 1
    kind = [each.at for each in reading.mentions if each.sentence == mention.sentence and each.type == mention.type]
    order = sum(at < mention.at for at in kind)
    side = f"{'after' if after else 'before'} {own}"
    left, right = window(units, mention.at, mention.at + 1)[2:4]
    found = codes((
        side, f"{side} alone {alone}", f"{side} distance {min(8, len(between))}",
        f"{side} numbers {min(3, count_numbers(between))} names {min(3, same)}",
        f"{side} by {units[place.first - 1] if place.first else '<s>'}",
        f"{side} prev {left}", f"{side} next {right}", f"{side} order {min(3, order)} of {min(4, len(kind))}",
        f"{side} at {min(3, mention.at)}",
    ))  # fmt: skip
    found += codes(between, code(f"{side} between "))
    if len(between) < 6:
        found.append(code(f"{side} path {' '.join(between)}"))
    if between:
        found.append(code(f"{side} ends {between[0]} {between[-1]}"))
    return found
