"""English tokenisation that also splits where names of methods and datasets begin and end inside a written word."""

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

INFIXES = (
    r"(?<=[A-Za-z0-9\)\]])[/–—](?=[A-Za-z0-9])",  # CNN/DailyMail
    r"[{}()\[\]~]",  # ImageNet-{A,R}
    r"(?<=[0-9A-Za-z])[-–](?=[A-Za-z{(\[/])",  # GPT-4-based
)
SUFFIXES = (r"(?<=[a-z0-9][A-Z])\.",)  # "with AdamW.", "in 3D."


@registry.tokenizers("kg.tokenizer.v1")
def tokenizer() -> Callable[[Language], Tokenizer]:
    """spaCy's English tokenizer with :data:`INFIXES` and :data:`SUFFIXES` added; addresses are cut as words are."""

    def create(nlp: Language) -> Tokenizer:
        plain: Tokenizer = registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp)
        plain.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *INFIXES]).finditer
        plain.url_match = None
        plain.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), *SUFFIXES]).search
        return plain

    return create


def blank() -> Language:
    """An empty pipeline with the project's tokenizer."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
