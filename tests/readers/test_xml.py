"""What both XML formats must withstand."""

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from kg.readers._source import Source
from kg.readers._xml import elements

from .conftest import Read

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://arxiv.org/api"/>{}</feed>'
ENTRY = "<entry><id>http://arxiv.org/abs/{0}</id><title>T{0}</title><summary>We measure {0}.</summary></entry>"
ACL = '<collection id="C"><volume id="1">{}</volume></collection>'
PAPER = '<paper id="{0}"><title>T{0}</title><abstract>We measure {0}.</abstract></paper>'
FORMATS = pytest.mark.parametrize(("frame", "item"), [(ATOM, ENTRY), (ACL, PAPER)], ids=["atom", "acl"])


@FORMATS
def test_billion_laughs_are_not_expanded(read: Read, frame: str, item: str) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    document = f"<!DOCTYPE x [{entities}]>" + frame.format(item.format(1).replace("We", "&a11; We"))
    tracemalloc.start()
    records, _ = read(document)
    assert tracemalloc.get_traced_memory()[1] < 10e6
    tracemalloc.stop()
    assert all("haha" not in record.abstract for record in records)


@FORMATS
def test_files_and_addresses_are_not_fetched(read: Read, tmp_path: Path, frame: str, item: str) -> None:
    (tmp_path / "secret").write_text("hidden words")
    for system in ((tmp_path / "secret").as_uri(), str(tmp_path / "secret"), "http://127.0.0.1:9/x"):
        document = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{system}">]>' + frame.format(
            item.format(1).replace("We", "&s; We")
        )
        records, _ = read(document)
        assert len(records) == 1
        assert "hidden" not in records[0].abstract
        outer = f'<!DOCTYPE x SYSTEM "{system}">' + frame.format(item.format(1))
        assert len(read(outer)[0]) == 1


@FORMATS
def test_what_stands_before_the_break_is_kept(read: Read, frame: str, item: str) -> None:
    document = frame.format("\n".join(item.format(at) for at in range(1, 6)))
    for broken in (document[: document.index("measure 4")], document.replace("measure 4", "measure <x> 4")):
        records, rejected = read(broken)
        assert [record.title for record in records] == ["T1", "T2", "T3"]
        assert len(rejected) == 1
        assert rejected[0].reason.startswith("broken XML: ")
        assert rejected[0].line >= 4


def test_elements_are_emptied_after_use() -> None:
    content = ACL.format("\n".join(PAPER.format(at) for at in range(50))).encode()
    source = Source("x", io.BytesIO(content), "", reject=lambda rejected: None)
    used: list[Any] = []
    for paper in elements(source, "paper"):
        assert all(len(element) == 0 for element in used)
        assert len(list(paper.itersiblings(preceding=True))) <= 1
        used.append(paper)
    assert len(used) == 50


@FORMATS
def test_other_encodings_are_read_as_declared(read: Read, frame: str, item: str) -> None:
    document = '<?xml version="1.0" encoding="ISO-8859-1"?>' + frame.format(item.format(1).replace("We", "Möbius"))
    assert read(document.encode("latin-1"))[0][0].abstract == "Möbius measure 1."
