"""Which places of a sentence are listed together."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.slots import BETWEEN_NAMES, BETWEEN_NUMBERS, lists

UNITS = st.lists(st.sampled_from(["0", "and", ",", "%", "on", "gives"]), max_size=20)


def test_lists_end_where_anything_else_stands() -> None:
    text = "a score of 00.0 % , 00.0 % and 00.0 % on DATASET , DATASET and the DATASET beats 00 runs"
    units = text.split()
    numbers = [index for index, unit in enumerate(units) if unit[0] == "0"]
    assert lists(numbers, units, BETWEEN_NUMBERS) == [[3, 6, 9], [19]]
    names = [index for index, unit in enumerate(units) if unit == "DATASET"]
    assert lists(names, units, BETWEEN_NAMES) == [[12, 14, 17]]


@given(UNITS)
def test_every_place_is_in_one_list_and_in_order(units: list[str]) -> None:
    places = [index for index, unit in enumerate(units) if unit == "0"]
    assert [place for each in lists(places, units, BETWEEN_NUMBERS) for place in each] == places
