from collections.abc import Callable


def test_golden(check_golden: Callable[[str], None]) -> None:
    check_golden("arxiv_atom.xml")
