"""Annotated papers written for the tests: a guideline of our own, in which tides are metrics and bays are datasets."""

from typing import Any

BAYS = ("Kelp", "Sponge", "Coral", "Urchin", "Limpet", "Oyster", "Mussel", "Barnacle")
TIDES = ("low tide", "high tide", "neap tide", "spring tide", "ebb")


def paper(number: int, **more: Any) -> dict[str, Any]:
    """A short paper with three bays and a tide for each."""
    text, spans = "Reading the sea.", []
    for place in range(number, number + 3):
        bay, tide = f"{BAYS[place % 8]} Bay {place % 7}", TIDES[place % 5]
        text += f" We evaluate our reader on {bay}, where it improves {tide} and beats all that went before it."
        for name, type_ in ((bay, "Dataset"), (tide, "Metric")):
            spans.append([text.rindex(name), text.rindex(name) + len(name), type_])
    return {"id": str(number), "text": text, "char_spans": spans, **more}


def papers(count: int) -> list[dict[str, Any]]:
    return [paper(number) for number in range(count)]
