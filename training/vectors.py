"""Word vectors from unlabelled abstracts: ``python -m training.vectors OUT FILES...`` (Parquet with title and
abstract).

Continuous bag of words with negative sampling (Mikolov et al., 2013) by gensim, over the project's own tokens in their
``NORM`` form; the most frequent words are kept. With one worker the result depends on the input and the seed alone.
"""

import multiprocessing
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import click
import pyarrow.parquet as pq
from gensim.models import Word2Vec

from kg.extract.tokenizer import blank

NLP = blank()


def norms(text: str) -> str:
    return " ".join(token.norm_ for token in NLP.make_doc(text) if not token.is_space)


def read_texts(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        for batch in pq.ParquetFile(file).iter_batches(columns=["title", "abstract"]):
            for row in batch.to_pylist():
                if row["abstract"]:
                    yield f"{row['title'] or ''}\n{row['abstract']}"


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--width", default=96, show_default=True)
@click.option("--words", default=20_000, show_default=True, help="How many of the most frequent words to keep.")
@click.option("--workers", default=2, show_default=True)
def main(out: Path, files: tuple[Path, ...], width: int, words: int, workers: int) -> None:
    """Trains word vectors and writes them in word2vec's text format."""
    with NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as corpus, multiprocessing.Pool(workers) as pool:
        for line in pool.imap(norms, read_texts(files), chunksize=1000):
            corpus.write(line + "\n")
        corpus.flush()
        model = Word2Vec(
            corpus_file=corpus.name, vector_size=width, window=5, min_count=15, negative=10, epochs=6,
            sample=1e-4, seed=1, workers=workers, max_final_vocab=words,
        )  # fmt: skip
    model.wv.save_word2vec_format(str(out))


if __name__ == "__main__":
    main()
