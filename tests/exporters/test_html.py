import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kg.errors import InputError
from kg.exporters import export
from tests.browser import Browser, browser
from tests.exporters.sample import HOSTILE, IDS, hostile, lineage

__all__ = ["browser"]  # the fixture
SCRIPTS = 3  # the data, vis-network, our own
ERRORS = ("Runtime.exceptionThrown", "Page.javascriptDialogOpening", "Log.entryAdded", "Runtime.consoleAPICalled")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "LoRA & co.html"
    export("html", lineage(), path, focus=IDS["LoRA"])
    return path


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "hostile.html"
    export("html", hostile(), path, focus=IDS["LoRA"], papers=True)
    return path


def panel(browser: Browser) -> str:
    return str(browser.run("byId('panel').innerText"))


def place(browser: Browser, name: str) -> tuple[float, float]:
    """Where in the window a node is drawn."""
    spot = browser.run(
        f"""(() => {{ const box = byId("canvas").getBoundingClientRect();
            const {{ x, y }} = network.canvasToDOM(network.getPosition({IDS[name]!r}));
            return [box.x + x, box.y + y]; }})()"""
    )
    return spot[0], spot[1]


def test_nothing_is_asked_of_any_address(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert browser.requests() == []
    assert browser.proxy.asked == []
    assert browser.said(*ERRORS) == []


def test_these_checks_would_see_a_request(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "leaky.html").write_text("<!DOCTYPE html><script async src=https://cdn.example/x.js></script>")
    browser.send("Page.navigate", url=(tmp_path / "leaky.html").as_uri())
    browser.run("new Promise(done => setTimeout(done, 500))")
    assert browser.requests() == ["https://cdn.example/x.js"]
    assert any("cdn.example" in line for line in browser.proxy.asked)


@pytest.mark.parametrize(
    "attempt",
    [
        "fetch('https://example.com/')",
        "new Promise((yes, no) => Object.assign(new Image(), {onload: yes, onerror: no, src: 'https://example.com/x'}))",
        "new Promise((yes, no) => document.head.append(Object.assign(document.createElement('script'),"
        " {onload: yes, onerror: no, src: 'https://example.com/x.js'})))",
    ],
)
def test_the_policy_of_the_page_forbids_requests(browser: Browser, page: Path, attempt: str) -> None:
    browser.open(page)
    assert browser.run(f"{attempt}.then(() => 'went out', () => 'stopped')") == "stopped"
    assert browser.proxy.asked == []


def test_the_policy_of_the_page_forbids_other_scripts(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.run(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 2\">')")
    browser.run("new Promise(done => setTimeout(done, 100))")
    assert browser.run("window.ran") is None


def test_every_node_is_drawn_in_its_colour(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run("document.body.dataset.drawn") == "yes"
    seen = browser.run(
        """(() => { const canvas = document.querySelector("canvas"), context = canvas.getContext("2d");
            const ratio = canvas.width / canvas.getBoundingClientRect().width;
            const hex = (value) => value.toString(16).padStart(2, "0");
            return page.nodes.filter((node) => !node.faint).map(({ id, color }) => {
                const { x, y } = network.canvasToDOM(network.getPosition(id));
                const pixel = [...context.getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3);
                return [id, color, "#" + pixel.map(hex).join("")]; }); })()"""
    )
    assert len(seen) == 39
    assert [row for row in seen if row[1] != row[2]] == []


def test_the_page_opens_on_its_focus_with_the_sentences(browser: Browser, page: Path) -> None:
    browser.open(page)
    text = panel(browser)
    assert text.startswith("LoRA\nMethod · 2021–2024")
    assert "AdaLoRA extends LoRA: it writes each update as an SVD" in text
    assert "2303.10512 · 2023-03-18 · rules 0.97" in text
    assert browser.run("document.title") == "LoRA"


def test_a_click_on_a_node_tells_of_it(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.click(*place(browser, "Guanaco"))
    assert panel(browser).startswith("Guanaco\nModel · 2023")
    assert "Guanaco trained on …" in panel(browser)
    assert browser.run("location.hash") == "#node=system%3Aguanaco"
    browser.press("Escape")
    assert panel(browser).startswith("Choose a node or an edge")


def test_a_click_on_an_edge_tells_who_says_so(browser: Browser, page: Path) -> None:
    browser.open(page)
    (x1, y1), (x2, y2) = place(browser, "LLM.int8()"), place(browser, "OPT")
    browser.click((x1 + x2) / 2, (y1 + y2) / 2)
    assert panel(browser).startswith("LLM.int8() uses OPT")
    assert "LLM.int8() runs OPT with 8-bit weights" in panel(browser)


def test_a_link_leads_to_a_node(browser: Browser, page: Path) -> None:
    browser.open(page, "#node=system%3Aqlora")
    assert panel(browser).startswith("QLoRA\n")
    browser.open(page, "#node=%ff&constructor=1")
    assert panel(browser).startswith("LoRA\n")


def test_the_keyboard_is_enough(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press("/", *"qlo")
    assert browser.run("[...document.querySelectorAll('#found li')].map((li) => li.innerText)")[0].startswith("QLoRA")
    browser.press("Enter")
    assert panel(browser).startswith("QLoRA\n")
    browser.press("Tab", "Tab", "Enter")  # past the link to the paper, onto the first thing it is based on
    assert panel(browser).startswith("LoRA\n")


def test_the_legend_switches_types_off_and_on(browser: Browser, page: Path) -> None:
    browser.open(page)
    hidden = "[nodes.get({filter: (n) => n.hidden}).length, edges.get({filter: (e) => e.hidden}).length]"
    before = browser.run(hidden)
    button = "[...document.querySelectorAll('#legend button')].find((b) => b.innerText === 'Metric')"
    browser.run(f"{button}.click()")
    nodes, edges = browser.run(hidden)
    assert nodes == 3
    assert edges > before[1]
    assert browser.run(f"{button}.ariaPressed") == "false"
    browser.run(f"{button}.click()")
    assert browser.run(hidden) == before


def test_weaker_co_mentions_show_when_an_end_is_chosen(browser: Browser, page: Path) -> None:
    browser.open(page)
    shown = "edges.get({filter: (e) => e.weak && !e.hidden}).length"
    assert browser.run(shown) == 0
    browser.run(f"choose({{node: {IDS['LLaMA']!r}}})")
    assert browser.run(shown) > 0


def test_no_text_of_a_paper_becomes_anything_but_text(browser: Browser, hostile_page: Path) -> None:
    browser.open(hostile_page)
    browser.run("for (const { id } of page.nodes) { chosen = { node: id }; showPanel(); }")
    browser.run("for (const { id } of page.edges) { chosen = { edge: id }; showPanel(); }")
    browser.run("byId('query').value = 'script'; byId('query').dispatchEvent(new Event('input'))")
    x, y = place(browser, "LoRA")
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    browser.until("document.querySelector('.vis-tooltip')?.innerText.includes('<script>')")
    assert browser.run("document.querySelectorAll('.vis-tooltip :not(br)').length") == 0
    assert browser.run("document.scripts.length") == SCRIPTS
    assert browser.run("document.querySelectorAll('img, iframe, object, [onerror], [href]:not(a)').length") == 0
    assert browser.said(*ERRORS) == []
    assert browser.requests() == browser.proxy.asked == []


def test_a_hostile_text_is_shown_as_it_is(browser: Browser, hostile_page: Path) -> None:
    browser.open(hostile_page)
    assert browser.run(f"nameOf({IDS['LoRA']!r})") == HOSTILE
    assert browser.run("document.querySelector('h2').textContent") == HOSTILE
    parsed = HOSTILE.replace("\r", "\n").replace("\x00", "")  # as every HTML parser does
    assert browser.run("document.querySelector('h1').textContent") == parsed


def test_only_web_addresses_become_links(browser: Browser, tmp_path: Path) -> None:
    tables = lineage()
    column = tables["papers"].schema.get_field_index("url")
    for url, links in (("javascript:alert(1)", 0), ("file:///etc/passwd", 0), ("https://example.org/x", 1)):
        changed = tables["papers"].set_column(column, tables["papers"].schema.field(column), [[url] * 13])
        export("html", tables | {"papers": changed}, tmp_path / "page.html", focus=IDS["LoRA"])
        browser.open(tmp_path / "page.html")
        assert (browser.run("document.querySelectorAll('#panel a').length") > 0) == links


def test_the_dark_page_is_dark(browser: Browser, page: Path) -> None:
    browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    browser.open(page)
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(14, 19, 27)"
    assert browser.run("nodes.get(page.nodes[0].id).font.color") == "#e8ecf2"
    browser.send("Emulation.setEmulatedMedia", features=[])
    browser.until("nodes.get(page.nodes[0].id).font.color === '#14181f'")


def test_the_source_names_no_address_to_load_from(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"<(?:link|img|iframe|object|embed|base)\b|<script[^>]*\ssrc|@import|url\(", text)
    assert "Content-Security-Policy" in text.split("<script")[0]


@pytest.mark.parametrize(("focus", "count"), [(None, 0), (None, 1001), ("system:nothing", 41)])
def test_what_cannot_be_drawn_is_refused_with_a_way_out(focus: str | None, count: int, tmp_path: Path) -> None:
    tables: dict[str, Any] = lineage()
    if count != 41:
        tables["entities"] = tables["entities"].take(pa.array([0] * count, pa.int64()))
    message = "focus 'system:nothing' is not among" if focus else rf"not {count:,}: choose a part with --focus NAME"
    with pytest.raises(InputError, match=message):
        export("html", tables, tmp_path / "page.html", focus=focus)
    assert not list(tmp_path.iterdir())
