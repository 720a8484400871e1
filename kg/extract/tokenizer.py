"""English tokenisation that also splits where names of methods and datasets begin and end inside a written word."""

from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

INFIXES = (
    r"(?<=[A-Za-z0-9\)\]])[/–—](?=[A-Za-z0-9])",  # CNN/DailyMail
    r"[{}()\[\]~]",  # ImageNet-{A,R}
    r"(?<=[0-9A-Za-z])[-–](?=[A-Za-z{(\[/])",  # GPT-4-based
)
SUFFIXES = (r"(?<=[a-z0-9][A-Z])\.",)  # "with AdamW.", "in 3D."
MOST = 50_000  # written words kept, some 23 MB
Cut = tuple[list[str], list[bool], list[tuple[int, str]]]


class KeepingTokenizer(Tokenizer):
    """spaCy's tokenizer, faster: it keeps how a written word, which stands between spaces, was cut.

    spaCy keeps that of few words: of those before a text's first special case, such as a line break.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self.kept: dict[str, Cut] = {}
        super().__init__(*args, **options)

    def __call__(self, string: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        norms: list[tuple[int, str]] = []
        for written in string.split(" "):
            cut = self.kept.get(written)
            if not cut:
                if not written or written != written.strip():  # white space in a row is one token
                    return self._whole(string)
                cut = self._cut(written)
            tokens, spaced, own = cut
            norms += [(len(words) + at, norm) for at, norm in own]
            words += tokens
            spaces += spaced
        spaces[-1] = False
        doc = Doc(self.vocab, words, spaces)
        for at, norm in norms:
            doc[at].norm_ = norm
        return doc

    def _cut(self, written: str) -> Cut:
        """The tokens of a written word, whether a space follows, and the norms that its tokens have only here."""
        doc = self._whole(written)
        own = [(token.i, token.norm_) for token in doc if token.norm != token.lex.norm]
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[written] = cut = [token.text for token in doc], [False] * (len(doc) - 1) + [True], own
        return cut

    def _whole(self, string: str) -> Doc:
        doc: Doc = super().__call__(string)
        return doc

    def _flush_cache(self) -> None:
        """spaCy calls this when a rule changes."""
        self.kept.clear()
        super()._flush_cache()


@registry.tokenizers("kg.tokenizer.v1")
def tokenizer() -> Callable[[Language], Tokenizer]:
    """spaCy's English tokenizer with :data:`INFIXES` and :data:`SUFFIXES` added; addresses are cut as words are."""

    def create(nlp: Language) -> Tokenizer:
        plain: Tokenizer = registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp)
        return KeepingTokenizer(
            nlp.vocab,
            rules=plain.rules,
            prefix_search=plain.prefix_search,
            suffix_search=compile_suffix_regex([*(nlp.Defaults.suffixes or ()), *SUFFIXES]).search,
            infix_finditer=compile_infix_regex([*(nlp.Defaults.infixes or ()), *INFIXES]).finditer,
            token_match=plain.token_match,
        )

    return create


def blank() -> Language:
    """An empty pipeline with the project's tokenizer."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
