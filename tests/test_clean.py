import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.clean import Cleaned, clean
from kg.clean.scan import Edit
from kg.clean.whole import whole

PIECES = r"""
word BERT x 12 2024 5.3 $ $$ \$ \% \{ \} { } {} ~ ^ _ ^{2} _{ij} \alpha \emph{ \textbf{ \frac{a}{b} \frac12 \sqrt{
textit{ {\em \'e \"{o} \c{c} \cite{key} \url{ \href{u}{v} \log \model \mathcalO rightarrow 4times cdot `` '' &amp; &lt;
&amp;amp; <i> </sup> \left( \right) \\ \ , . - \begin{x} \unicode{x2014} \b{eta} {,} {A,R} http://a.b/{http://a.b/}
α é ℓ
"""
BLANKS = [" ", "  ", "\n", "\t", "\u00a0", "\u200b", "\x7f", "\ud800"]
steady = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.lists(st.sampled_from([*PIECES.split(), *BLANKS]), max_size=30).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (r"PanGu-$α$ and PanGu-$\alpha$", "PanGu-α and PanGu-α"),
        (r"{\em direct} and {\it indirect}", "direct and indirect"),
        ("{em hard negative} mining", "hard negative mining"),
        ("three textit{O}bstacles", "three Obstacles"),
        (r"a 54.6\% speed-up", "a 54.6% speed-up"),
        (r"(5.7\% rightarrow 25.4\% on MATH)", "(5.7% → 25.4% on MATH)"),
        (r"\textbf{R}etrieval \emph{x \textbf{y}} \underline{z}", "Retrieval x y z"),
        (
            r"M\"obius, Erd\H{o}s, na\"{\i}ve, Fran\c{c}ois, {\'e}tale, \'Ecole",
            "Möbius, Erdős, naïve, François, étale, École",
        ),
        (r"today\'s", "today's"),
        ("V-Net~v2 at~https://a.b/~x, 3.6~N", "V-Net v2 at https://a.b/~x, 3.6 N"),
        ("``so-called'' trees", '"so-called" trees'),
        (r"see \cite{doe}, and~\citep[p. 3]{roe}.", "see, and."),
        (r"at \url{https://a.b} and \href{https://a.b}{here}", "at https://a.b and here"),
        ("at https://a.b/{https://a.b/}.", "at https://a.b/."),
        (r"Code\footnote{At \url{http://a.b}.}", "Code (At http://a.b.)"),
        (r"$O(n\log n)$ and $\tilde{O}(\sqrt{n\log n})$", "O(n log n) and Õ(√(n log n))"),
        (r"$\mathcal{O}(\frac{1}{\sqrt{T}})$, $\frac{a+b}{c}$, $\frac12$", "O(1/√T), (a+b)/c, 1/2"),
        (
            r"S$^3$VM, $R^2$, $F_1$, $\ell_1$-norm, $x_{ij}$, CO$_2$, $n^{-1/2}$",
            "S³VM, R², F1, ℓ1-norm, x_ij, CO2, n^(-1/2)",
        ),
        ("G_{stack} and d^{0.75} and O(n^{1-1/d})", "G_stack and d^0.75 and O(n^(1-1/d))"),
        (r"360{\deg}, 360$^\circ$, 10$\times$, 4times, 2 times 3", "360°, 360°, 10×, 4×, 2 × 3"),
        (r"\b{eta}-VAE", "β-VAE"),
        (
            r"\model achieves, \model\ does, \method{} is (\eg this)",
            "model achieves, model does, method is (e.g. this)",
        ),
        (r"task$\unicode{x2014}$ or not", "task— or not"),
        (r"$\\mathrm{SE}(3)$ at 86\\%", "SE(3) at 86%"),
        (r"49{,}375~J vs.\ 5", "49,375 J vs. 5"),
        ("sF1$=$72, ($>$99%)", "sF1=72, (>99%)"),
        ("&amp;lt;x &mu;-calculus at R&D", "<x μ-calculus at R&D"),
        ("H<sub>2</sub>O <i>in vitro</i>", "H2O in vitro"),
        ("  We present\n  a\tthing.\u00a0 \u200b", "We present a thing."),
    ],
)
def test_clean_debris(raw: str, cleaned: str) -> None:
    assert clean(raw).text == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6, from $1,503 to $708, yielding $795/month.",
        "ImageNet-{A,R,V2,Sketch} and {0,1}^n and {dog, frisbee}",
        "~10% more, 30%~50% less, 0.04% ~ 32%, 10~20, x~N(0,1)",
        "it is 14 times faster in alpha blending, which is anecdotal; narrow",
        "tokens <think> and </s>, pairs <s, p>, C++ and C#, a_b and f'(x)",
        r"the \n of '\n\n'",
        "H&E; Q&A; AT&T",
        "5'11 and the users' own",
    ],
)
def test_leave_ordinary_text(text: str) -> None:
    assert clean(text) == Cleaned(text)


def test_escaped_prices_stay_prices() -> None:
    assert clean(r"from \$5 to \$6 or KV\$ reuse").text == "from $5 to $6 or KV$ reuse"


@steady
@given(TEXTS)
def test_clean_is_idempotent(raw: str) -> None:
    once = clean(raw).text
    assert clean(once).text == once


@steady
@given(TEXTS)
def test_cleaned_text_holds_no_stray_space_and_encodes(raw: str) -> None:
    text = clean(raw).text
    assert text == " ".join(text.split())
    text.encode()


@steady
@given(TEXTS, st.data())
def test_offsets_lead_there_and_back(raw: str, data: st.DataObject) -> None:
    cleaned = clean(raw)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    low, high = cleaned.to_raw(start, end)
    assert 0 <= low <= high <= len(raw)
    back = cleaned.from_raw(low, high)
    assert back[0] <= start
    assert end <= back[1] or start == end


@steady
@given(TEXTS)
def test_offsets_go_forward_and_lose_no_letter(raw: str) -> None:
    cleaned = clean(raw)
    spans = [cleaned.to_raw(at, at + 1) for at in range(len(cleaned.text))]
    assert spans == sorted(spans)
    words = [
        (letter, raw[low:high]) for letter, (low, high) in zip(cleaned.text, spans, strict=True) if letter in "wBT"
    ]
    assert all(letter in piece for letter, piece in words)


def test_offsets_of_a_name_in_a_macro() -> None:
    raw = r"We use \emph{BERT-$\alpha$} here."
    cleaned = clean(raw)
    start = cleaned.text.index("BERT-α")
    assert raw[slice(*cleaned.to_raw(start, start + 6))] == r"BERT-$\alpha"
    assert cleaned.text[slice(*cleaned.from_raw(raw.index("BERT"), raw.index("}") + 1))] == "BERT-α"


def test_parts_are_joined_by_a_newline_and_cleaned_apart() -> None:
    cleaned = clean("A  $x", "y$ and \\emph{z}")
    assert cleaned.text == "A $x\ny$ and z"
    assert cleaned.to_raw(12, 13) == (19, 20)
    assert cleaned.from_raw(19, 20) == (12, 13)


def test_text_without_debris_is_only_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> list[Edit]:
        raise AssertionError("scanned")

    monkeypatch.setattr("kg.clean.edits", fail)
    text = "Attention lets a model look 3 times (α ≥ 5%) at all of O(n^2) words -- that's narrow, 'we' say. " * 25
    assert clean(text.strip()).steps == ()


@pytest.mark.parametrize(
    "hostile",
    [
        r"\emph{" * 5_000,
        "{" * 20_000,
        r"\sqrt{" * 8_000 + "}" * 8_000,
        "x^{" * 8_000 + "}" * 8_000,
        r"\emph{" * 8_000 + "}" * 8_000,
        r"{\em " * 8_000 + "}" * 8_000,
        "x " * 10_000 + " " * 20_000 + "~",
        "$" * 20_000,
        "}" * 20_000,
        r"\frac" * 5_000,
        "~" * 20_000,
        "&amp;" * 5_000,
        "^{" * 10_000,
        "\\" * 20_000,
    ],
    ids=lambda hostile: hostile[:6] + hostile[-1],
)
def test_hostile_text_takes_no_longer_than_long_text(hostile: str) -> None:
    started = time.process_time()
    once = clean(hostile).text
    assert clean(once).text == once
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("raw", "found", "wanted"),
    [
        ("we run $k$-means here", "k$-means", "$k$-means"),
        ("tune top-$k$ only", "top-$k", "top-$k$"),
        (r"the $\mathcal{L}^p$ losses", "L}^p$ losses", r"$\mathcal{L}^p$ losses"),
        (r"our \textbf{F}low-\textbf{A}ware RL", r"F}low-\textbf{A}ware RL", r"\textbf{F}low-\textbf{A}ware RL"),
        (r"{\em linear} program", "linear} program", r"{\em linear} program"),
        ("from BERT$_{base}$ on", "BERT$_{base", "BERT$_{base}$"),
        ("costs $5 and BERT too", "5 and BERT", "5 and BERT"),
        ("LoRA on GLUE", "LoRA", "LoRA"),
    ],
)
def test_spans_of_raw_text_hold_whole_formulas(raw: str, found: str, wanted: str) -> None:
    start = raw.index(found)
    low, high = whole(raw, start, start + len(found))
    assert raw[low:high] == wanted


@steady
@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_whole_spans_hold_the_span_and_are_whole(raw: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(raw)), min(other, len(raw))))
    low, high = whole(raw, start, end)
    assert 0 <= low <= start <= end <= high <= len(raw)
    assert whole(raw, low, high) == (low, high)
