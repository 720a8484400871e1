"""End to end against the bare pipeline, in one run: ``python -m benchmarks.build [FILES...] --limit 10000``.

Prints the seconds that ``kg build`` takes for the papers, those that spaCy's own ``nlp.pipe`` takes for the same texts
with the same pipeline, dealt out to as many processes, their ratio, words a second, and the peak memory of both.
Without files the demo corpus is repeated with a running number in each abstract.
"""

import json
import resource
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import click

BARE = """
import sys, time
from kg.extract.load import load
from kg.readers import read
from kg.papers import to_paper, unique
part, parts = int(sys.argv[2]), int(sys.argv[3])
texts = [p.text for p in unique(map(to_paper, read([sys.argv[1]], reject=lambda r: None)))][part::parts]
nlp = load("accurate")
begin = time.perf_counter()
words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=100))
print(time.perf_counter() - begin, words)
"""


def write_papers(sources: tuple[Path, ...], limit: int, target: Path) -> None:
    """The first ``limit`` papers of the sources, or of the demo corpus over and over, as JSON lines."""
    from kg.readers import read

    with target.open("w", encoding="utf-8") as out:
        if sources:
            for number, record in enumerate(read(sources, reject=lambda rejected: None)):
                if number == limit:
                    return
                out.write(
                    json.dumps(
                        {"id": record.id, "title": record.title, "abstract": record.abstract, "date": record.date}
                    )
                    + "\n"
                )
            return
        demo = [json.loads(line) for line in (files("kg") / "demo" / "papers.jsonl").read_text("utf-8").splitlines()]
        for number in range(limit):
            paper = demo[number % len(demo)]
            out.write(json.dumps(paper | {"id": f"p{number}", "abstract": f"{paper['abstract']} Run {number}."}) + "\n")


def timed(*command: str) -> tuple[float, str]:
    begin = time.perf_counter()
    output = subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - begin, output


def bare_run(papers: Path, workers: int) -> tuple[float, int]:
    """Seconds and words of nlp.pipe, the texts dealt out to as many processes; the slowest process counts."""
    parts = [
        subprocess.Popen(
            [sys.executable, "-c", BARE, str(papers), str(part), str(workers)], stdout=subprocess.PIPE, text=True
        )
        for part in range(workers)
    ]
    said = [part.communicate()[0].split() for part in parts]
    return max(float(seconds) for seconds, _ in said), sum(int(words) for _, words in said)


def peak() -> float:
    """Peak memory of the largest process so far, in GiB (Linux counts KiB)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--limit", default=10_000, show_default=True)
@click.option("--workers", default=2, show_default=True)
def main(sources: tuple[Path, ...], limit: int, workers: int) -> None:
    """Measures one build and one bare run over the same papers."""
    with TemporaryDirectory() as folder:
        papers, graph = Path(folder) / "papers.jsonl", Path(folder) / "graph"
        write_papers(sources, limit, papers)
        whole, said = timed("-m", "kg", "build", str(papers), "-g", str(graph), "--workers", str(workers))
        memory = peak()
        again, _ = timed("-m", "kg", "build", str(papers), "-g", str(graph))
        bare, words = bare_run(papers, workers)
    print(said.strip().split(": ", 1)[1])
    print(f"kg build             {whole:8.1f} s  {words / whole:8,.0f} words/s  peak of one process {memory:.2f} GiB")
    print(f"bare nlp.pipe        {bare:8.1f} s  {words / bare:8,.0f} words/s")
    print(f"ratio                {whole / bare:8.2f}")
    print(f"kg build once more   {again:8.1f} s")


if __name__ == "__main__":
    main()
