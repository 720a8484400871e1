"""What TeX's control words stand for, as far as abstracts use them."""

import unicodedata

_words = str.split
_greek = _words(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega"
)
_signs = _words("""
varepsilon ε vartheta ϑ varphi φ varrho ρ varsigma ς eps ε ell ℓ hbar ℏ Re ℜ Im ℑ partial ∂ nabla ∇ infty ∞ times ×
cdot · pm ± mp ∓ sim ~ simeq ≃ approx ≈ cong ≅ equiv ≡ asymp ≍ neq ≠ ne ≠ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥
ll ≪ gg ≫ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ preceq ≼ succeq ≽ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃
supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨
to → rightarrow → longrightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐
Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ sum ∑ prod ∏ int ∫ sqrt √
circ ∘ bullet • star ⋆ ast * dagger † ddagger ‡ oplus ⊕ otimes ⊗ odot ⊙ perp ⊥ bot ⊥ top ⊤ mid | vert | lvert | rvert |
Vert ‖ lVert ‖ rVert ‖ parallel ∥ prime ′ langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ ldots … dots … cdots …
dotsc … deg ° degree ° textdegree ° triangle △ square □ Box □ checkmark ✓ colon : sharp ♯ copyright © textcopyright ©
texttrademark ™ textregistered ® circledR ® euro € pounds £ percent % texttimes × ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ
OE Œ aa å AA Å i ı j ȷ textendash – textemdash — textless < textgreater > textbar | textasciitilde ~ textunderscore _
textquoteright ’ textquoteleft ‘ guillemotleft « guillemotright » eg e.g. ie i.e.
""")


def _letter(size: str, name: str) -> str:
    return unicodedata.lookup(f"GREEK {size} LETTER {'lamda' if name == 'lambda' else name}")


SYMBOLS = {
    **{name: _letter("SMALL", name) for name in _greek},
    **{name.title(): _letter("CAPITAL", name) for name in _greek},
    **dict(zip(_signs[::2], _signs[1::2], strict=True)),
    "quad": " ",
    "qquad": " ",
    "etal": "et al.",
}
"""Control words that stand for a sign, and three abbreviations that many authors define."""

ESCAPES = dict.fromkeys("()[]!/-@", "") | dict.fromkeys(",;: \n\t\\", " ") | {"|": "‖"}
"""Control signs that do not just stand for themselves (as ``\\%`` does)."""

ACCENTS = {
    sign: unicodedata.lookup(f"COMBINING {name}")
    for name, signs in {
        "ACUTE ACCENT": "' acute",
        "GRAVE ACCENT": "` grave",
        "CIRCUMFLEX ACCENT": "^ hat widehat",
        "DIAERESIS": '" ddot',
        "TILDE": "~ tilde widetilde",
        "MACRON": "= bar",
        "DOT ABOVE": ". dot",
        "BREVE": "u breve",
        "CARON": "v check",
        "DOUBLE ACUTE ACCENT": "H",
        "CEDILLA": "c",
        "DOT BELOW": "d",
        "RING ABOVE": "r",
        "OGONEK": "k",
    }.items()
    for sign in signs.split()
}
"""Accents of text and of maths, as combining characters."""

SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")

STYLES = frozenset(
    _words("""textbf textit texttt textsc textrm textsf textsl text emph mathbf mathit mathtt mathrm mathsf mathcal
    mathbb mathfrak mathscr boldsymbol bm mbox underline url operatorname""")
)
"""Words that set how their argument looks."""

SWITCHES = frozenset(
    _words("""em it bf rm tt sc sl sf cal itshape bfseries small large footnotesize left right middle big Big bigg Bigg
    bigl bigr Bigl Bigr biggl biggr limits displaystyle textstyle noindent xspace protect centering par""")
)
"""Words without argument that set how what follows looks."""

OPERATORS = frozenset(
    _words("log ln lg exp min max sup inf lim arg argmin argmax sin cos tan tanh det dim ker Pr poly polylog rank")
)
"""Words that are read as they are written."""

POINTERS = frozenset(
    _words("""cite citep citet citealp citeauthor citeyear ref eqref autoref cref label vspace hspace color begin end
    vphantom""")
)
"""Words that mean nothing outside of their document, nor does their argument."""

SECOND = frozenset(_words("href textcolor colorbox texorpdfstring hyperlink"))
"""Words whose second argument is the text."""
