"""Linking a second time, row by row and as slowly as it is written down: what the expressions must agree with.

Shares with them only what is tested on its own (what names look like, rules that join keys), and no step of the way.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pyarrow as pa

from kg.link.abbreviations import trim
from kg.link.collect import MAIN
from kg.link.generic import GENERIC
from kg.link.guard import guard
from kg.link.keys import ACRONYM, ORDINARY, TAGGED, expansions, is_short, look, name_key, surfaces
from kg.link.known import canonical, homes
from kg.link.merge import merges
from kg.records import Alias, Edge, Entity, Evidence, Mention, Paper, Relation, Result
from kg.store.tables import from_table
from kg.types import PAIRS

GROUPS = {"Method": "system", "Model": "system", "Dataset": "dataset", "Metric": "metric", "Task": "task"}
DEFINED = "group", "key", "long", "n"
Fact = tuple[str, str, str, str, int | None, int | None, float, str]


class Corpus:
    """The mentions of known papers, with the entity of each."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self.papers = {paper.id: paper for paper in from_table(Paper, tables["papers"])}
        rows = [m for m in from_table(Mention, tables["mentions"]) if m.paper in self.papers and m.type in GROUPS]
        self.mentions = [m for m in rows if m.text.strip()]
        self.relations = [r for r in from_table(Relation, tables["relations"]) if r.paper in self.papers]
        self.results = [r for r in from_table(Result, tables["results"]) if r.paper in self.papers]
        self.given = self._definitions()
        coined = {(m.paper, GROUPS[m.type], name_key(m.text)) for m in self.mentions if m.role == "proposed"}
        self.coined = [(m.paper, GROUPS[m.type], name_key(m.text)) in coined for m in self.mentions]
        self.own = [self.given.get((m.paper, GROUPS[m.type], name_key(m.text))) for m in self.mentions]
        self.groups = self._vote()
        self.merged = self._merge(tables["mentions"])
        self.common = self._majority()
        named = [(m, *self._resolve(place)) for place, m in enumerate(self.mentions)]
        self.named = [(self._checked(m, name, named), name, rule) for m, name, rule in named]

    def _checked(self, m: Mention, name: str, named: list[tuple[Mention, str, str]]) -> Mention:
        """The mention, without its role if ten papers of earlier months (a twentieth of all) name the entity."""
        own = (self.papers[m.paper].date or "")[:7]
        others = {other.paper for other, entity, _ in named if entity == name} if m.role else set()
        dates = [self.papers[paper].date for paper in others]
        older = [date for date in dates if date and (date[:7] if len(date) > 4 else date + "-99") < own]
        return replace(m, role=None) if len(older) >= max(10, len(others) / 20) else m

    def _definitions(self) -> dict[tuple[str, str, str], str]:
        given: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for m in self.mentions:
            if joins(m):
                given[m.paper, GROUPS[m.type], name_key(m.text)][name_key(spelt(m))] += 1
        chosen = {spot: min(longs, key=lambda long: (-longs[long], long)) for spot, longs in given.items()}
        longs = {(paper, group, long) for (paper, group, _), long in chosen.items()}
        return {spot: long for spot, long in chosen.items() if spot not in longs}

    def _vote(self) -> list[str]:
        """The type group of each mention."""
        papers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        told = set()
        for m, own in zip(self.mentions, self.own, strict=True):
            papers[own or name_key(m.text)][GROUPS[m.type]].add(m.paper)
            if own:
                told.add((GROUPS[m.type], name_key(m.text)))
        groups = []
        for m, own, coined in zip(self.mentions, self.own, self.coined, strict=True):
            group, name, kind = GROUPS[m.type], own or name_key(m.text), look(m.text)
            votes, home = papers[name], homes().get(name)
            main = home or min(votes, key=lambda group: (-len(votes[group]), group))
            alone = own is None and kind == ACRONYM
            strict = alone and (home is None or (group, name_key(m.text)) in told)
            few = (20 if strict else 4) * len(votes[group]) <= len(votes.get(main, ()))
            bound = kind == TAGGED or (own is None and coined and kind > ORDINARY)
            nobody = not votes.get(main) and name_key(m.text) not in {short for _, short in told}
            groups.append(main if not bound and (few or (home and (not alone or nobody))) else group)
        return groups

    def _merge(self, mentions: pa.Table) -> dict[tuple[str, str], tuple[str, str]]:
        """(type group, key) -> the key that it goes by, and the rule."""
        papers: dict[tuple[str, str], set[str]] = defaultdict(set)
        defined: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for m, own, group in zip(self.mentions, self.own, self.groups, strict=True):
            papers[group, own or name_key(m.text)].add(m.paper)
            if own:
                defined[group, name_key(m.text), own].add(m.paper)
        names = [{"group": group, "name": name, "papers": len(found)} for (group, name), found in papers.items()]
        rows = [dict(zip(DEFINED, (*spot, len(found)), strict=True)) for spot, found in defined.items()]
        table = merges(
            pa.Table.from_pylist(names, pa.schema([("group", "string"), ("name", "string"), ("papers", "int64")])),
            surfaces(mentions),
            pa.Table.from_pylist(rows, pa.schema([*((name, "string") for name in DEFINED[:3]), ("n", "int64")])),
            expansions(mentions),
        )
        return {(row["group"], row["name"]): (row["to"], row["rule"]) for row in table.to_pylist()}

    def goes(self, group: str, name: str) -> str:
        return self.merged.get((group, name), (name, ""))[0]

    def _majority(self) -> dict[tuple[str, str], tuple[str, int]]:
        said: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        coiners, users, bearers = defaultdict(set), defaultdict(set), defaultdict(set)
        for m, own, group, coined in zip(self.mentions, self.own, self.groups, self.coined, strict=True):
            spot = group, name_key(m.text)
            users[spot].add(m.paper)
            bearers[group, self.goes(group, own) if own else spot[1]].add(m.paper)
            if own:
                said[spot][self.goes(group, own)].add(m.paper)
                if coined:
                    coiners[spot, self.goes(group, own)].add(m.paper)
        return {
            spot: (long, len(papers))
            for spot, longs in said.items()
            for long, papers in longs.items()
            if 3 * len(papers) >= 2 * sum(map(len, longs.values()))
            and 20 * len(papers) >= len(users[spot])
            and (len(papers) > 1 or (not coiners[spot, long] and len(bearers[spot[0], long]) > 1))
        }

    def _resolve(self, place: int) -> tuple[str, str]:
        m, own, group = self.mentions[place], self.own[place], self.groups[place]
        name = name_key(m.text)
        if own:
            return f"{group}:{self.goes(group, own)}", "abbreviation in its paper"
        to, rule = self.merged.get((group, name), (name, ""))
        long, sure = self.common.get((group, name), ("", 0))
        rows = zip(self.mentions, self.own, self.groups, strict=True)
        is_long = any((m.paper, group, name) == (o.paper, g, self.goes(g, long)) for o, long, g in rows if long)
        if long and not rule and not is_long and is_short(m.text) and (sure >= 10 or not self.coined[place]):
            return f"{group}:{long}", "abbreviation by corpus majority"
        return f"{group}:{to}", rule or ("type vote" if group != GROUPS[m.type] else "key")


def spelt(m: Mention) -> str:
    """The part of the long form given for a mention that its letters stand for."""
    return trim(m.text, m.expansion or "")


def joins(m: Mention) -> bool:
    """Whether the long form given for a mention may name the same thing."""
    return bool(m.expansion) and guard(m.text, spelt(m))


def link(tables: Mapping[str, pa.Table]) -> dict[str, list[Any]]:
    corpus = Corpus(tables)
    entities = [entity(corpus, name) for name in sorted({name for _, name, _ in corpus.named})]
    facts = [*mention_facts(corpus), *typed_facts(corpus, entities), *result_facts(corpus, entities)]
    evidence = surest(facts)
    gone = doubted(corpus, evidence, entities)
    evidence = [fact for fact in evidence if fact[:3] not in gone]
    gone = left_out(corpus, evidence, entities)
    evidence = [fact for fact in evidence if fact[:3] not in gone] + co_mentions(corpus)
    edges = [edge(corpus, link, evidence, entities) for link in sorted({fact[:3] for fact in evidence}, key=by_type)]
    order = lambda e: (by_type(e), e[4] is None, -e[6], e[3], e[4] or 0, e[5] or 0)  # noqa: E731
    evidence_rows = [Evidence(*fact) for fact in sorted(evidence, key=order)]
    return {"entities": entities, "aliases": aliases(corpus), "edges": edges, "evidence": evidence_rows}


def doubted(corpus: Corpus, evidence: list[Fact], entities: list[Entity]) -> set[tuple[str, str, str]]:
    """The claims of two types that are little believed, what generic entities are based on, what is based on words of
    its own paper, and what is rather used or a kind.
    """
    scores = {
        claim: round(edge(corpus, claim, evidence, entities).score, 4) for claim in {fact[:3] for fact in evidence}
    }
    named = {entity.id: entity for entity in entities}
    broad, alone = ({e.id for e in entities if e.generic}, {e.id for e in entities if is_lone(e)})

    def is_doubted(claim: tuple[str, str, str]) -> bool:
        source, kind, target = claim
        if kind not in ("BASED_ON", "EVALUATED_ON") or scores[claim] < 0.5:
            return kind in ("BASED_ON", "EVALUATED_ON")
        rather = max(scores.get((source, "IS_A", target), 0.0) - 0.1, scores.get((source, "USES", target), 0.0) + 0.05)
        lone = target in alone and scores[claim] < 0.9
        if kind == "BASED_ON" and scores[claim] < 0.65 and not is_akin(named[source], named[target]):
            return True
        return kind == "BASED_ON" and (bool({source, target} & broad) or lone or rather > scores[claim])

    return {claim for claim in scores if is_doubted(claim)}


def is_akin(source: Entity, target: Entity) -> bool:
    """Whether a word of three letters or more of a name of the one stands in a name of the other."""
    names = [name.lower() for name in (source.name, *source.aliases)]
    words = re.findall(r"[^\W\d_]{3,}", " ".join((target.name, *target.aliases)).lower())
    return any(word in name for word in words for name in names)


def is_lone(entity: Entity) -> bool:
    """Whether one paper alone names an entity, in words that make no name."""
    names, group = [entity.name, *entity.aliases], entity.id.split(":")[0]
    if entity.papers != 1 or (group, entity.id.split(":")[1]) in {(g, name) for (g, _), name in canonical().items()}:
        return False
    if any(c.isdigit() or (c.isupper() and before.isalnum()) for name in names for before, c in pairwise(f" {name}")):
        return False
    return any(" " in name and name[1:] == name[1:].lower() for name in names)


def left_out(corpus: Corpus, evidence: list[Fact], entities: list[Entity]) -> set[tuple[str, str, str]]:
    """The lineage edges that close a circle, taken in one by one: not older than their target first, then surest."""
    born = {entity.id: entity.first_date or "" for entity in entities}
    lineage = sorted({fact[:3] for fact in evidence if fact[1] in ("BASED_ON", "IS_A")})
    rows = [edge(corpus, link, evidence, entities) for link in lineage]

    def order(row: Edge) -> tuple[Any, ...]:
        size = min(len(born[row.source]), len(born[row.target]))
        older = born[row.source][:size] < born[row.target][:size]
        return older, -round(row.score, 4), -row.papers, row.source, row.target, row.type

    kept: dict[str, set[str]] = defaultdict(set)
    gone = set()
    for row in sorted(rows, key=order):
        reached, ahead = set(), {row.target}
        while ahead:
            reached |= ahead
            ahead = {far for near in ahead for far in kept[near]} - reached
        if row.source in reached:
            gone.add((row.source, row.type, row.target))
        else:
            kept[row.source].add(row.target)
    return gone


def by_type(fact: tuple[Any, ...]) -> tuple[str, str, str]:
    return fact[1], fact[0], fact[2]


def uses(corpus: Corpus) -> list[tuple[str, str, str, str, int]]:
    """(entity, surface, rule, paper, mentions 0 or 1), long forms included."""
    found = [(name, m.text, rule, m.paper, 1) for m, name, rule in corpus.named]
    for m, own, group in zip(corpus.mentions, corpus.own, corpus.groups, strict=True):
        if own and joins(m) and own == name_key(spelt(m)):
            to, rule = corpus.merged.get((group, own), (own, "key"))
            found.append((f"{group}:{to}", spelt(m), rule, m.paper, 0))
    return found


def ranked(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, int, int]]:
    """(surface, papers, mentions), best name first, of (surface, paper, mentions)."""
    papers, mentions = defaultdict(set), Counter[str]()
    for surface, paper, count in rows:
        papers[surface].add(paper)
        mentions[surface] += count
    folded = Counter[str]()
    for surface, found in papers.items():
        folded[surface.lower()] += len(found)

    def rank(surface: str) -> tuple[Any, ...]:
        inner = any(a.isalnum() and b.isascii() and b.isupper() for a, b in pairwise(surface))
        proper = surface != surface.lower() and (inner or " " not in surface)
        weight = len(papers[surface]) * (2 if proper else 1)
        return -folded[surface.lower()], -weight, -mentions[surface], -len(surface), surface.encode()

    return [(surface, len(papers[surface]), mentions[surface]) for surface in sorted(papers, key=rank)]


def entity(corpus: Corpus, name: str) -> Entity:
    mine = [m for m, found, _ in corpus.named if found == name]
    votes = Counter(m.type for m in mine if name.startswith(f"{GROUPS[m.type]}:"))
    votes[MAIN[name.split(":")[0]]] += 0
    names = ranked((surface, paper, n) for found, surface, _, paper, n in uses(corpus) if found == name)
    others = sorted(names[1:], key=lambda row: (-row[1], -row[2], row[0].encode()))
    dates = sorted(filter(None, (corpus.papers[m.paper].date for m in mine)))
    proposers = {m.paper for m in mine if m.role == "proposed"}
    return Entity(
        name,
        max(votes, key=lambda kind: (votes[kind], kind)),
        names[0][0],
        tuple(surface for surface, _, _ in others),
        len({m.paper for m in mine}),
        len(mine),
        dates[0] if dates else None,
        dates[-1] if dates else None,
        tuple(sorted(proposers, key=lambda paper: (corpus.papers[paper].date or "~", paper))),
        name in GENERIC,
    )


def aliases(corpus: Corpus) -> list[Alias]:
    groups = defaultdict(list)
    for name, surface, rule, paper, n in uses(corpus):
        groups[name, rule].append((surface, paper, n))
    found = []
    for (name, rule), rows in groups.items():
        for rank, (surface, papers, _) in enumerate(ranked(rows)):
            said = ("normal form" if rank else "same name") if rule == "key" else rule
            found.append(Alias(surface, name, said, papers))
    return sorted(found, key=lambda a: (a.entity.encode(), -a.support, a.surface.encode(), a.rule))


def mention_facts(corpus: Corpus) -> Iterable[Fact]:
    for m, name, _ in corpus.named:
        for kind in ["MENTIONS"] + ["PROPOSES"] * (m.role == "proposed"):
            yield m.paper, kind, name, m.paper, m.sentence_start, m.sentence_end, m.score, m.by


def at(corpus: Corpus, paper: str, start: int | None, end: int | None) -> str | None:
    there = [(-m.score, name) for m, name, _ in corpus.named if (m.paper, m.start, m.end) == (paper, start, end)]
    return min(there)[1] if there else None


def typed_facts(corpus: Corpus, entities: list[Entity]) -> Iterable[Fact]:
    types = {entity.id: entity.type for entity in entities}
    for r in corpus.relations:
        head, tail = at(corpus, r.paper, r.head_start, r.head_end), at(corpus, r.paper, r.tail_start, r.tail_end)
        if head and tail and head != tail and (types[head], types[tail]) in PAIRS.get(r.type, ()):
            yield head, r.type, tail, r.paper, r.sentence_start, r.sentence_end, r.score, r.by


def result_facts(corpus: Corpus, entities: list[Entity]) -> Iterable[Fact]:
    types = {entity.id: entity.type for entity in entities}
    for r in corpus.results:
        node, tail = f"{r.paper}#{r.start}", (r.paper, r.sentence_start, r.sentence_end, r.score, r.by)
        yield r.paper, "REPORTS", node, *tail
        spans = (r.subject_start, r.subject_end), (r.dataset_start, r.dataset_end), (r.metric_start, r.metric_end)
        for kind, span in zip(("OF", "ON", "IN"), spans, strict=True):
            name = at(corpus, r.paper, *span)
            if name and ("Result", types[name]) in PAIRS[kind]:
                yield node, kind, name, *tail


def surest(facts: Iterable[Fact]) -> list[Fact]:
    best: dict[tuple[Any, ...], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (-fact[6], fact[7])):
        best.setdefault(fact[:6], fact)
    return list(best.values())


def co_mentions(corpus: Corpus) -> list[Fact]:
    places: dict[str, dict[tuple[int, int], dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for m, name, _ in corpus.named:
        there = places[m.paper][m.sentence_start, m.sentence_end]
        there[name] = max(m.score, there.get(name, 0))
    found: list[Fact] = []
    for paper, sentences in places.items():
        whole = {name: max(s.get(name, 0) for s in sentences.values()) for s in sentences.values() for name in s}
        for a, b in combinations(sorted(whole), 2):
            both = [(span, min(s[a], s[b])) for span, s in sentences.items() if a in s and b in s]
            spots = both or [((None, None), min(whole[a], whole[b]))]
            found += [(a, "CO_MENTIONED_WITH", b, paper, *span, score, "link") for span, score in spots]
    return found


def edge(corpus: Corpus, link: tuple[str, str, str], evidence: list[Fact], entities: list[Entity]) -> Edge:
    mine = [fact for fact in evidence if fact[:3] == link]
    papers = {paper: max(fact[6] for fact in mine if fact[3] == paper) for _, _, _, paper, *_ in mine}
    score, npmi = min(0.99, 1 - math.prod(1 - min(best, 0.99) for best in papers.values())), None
    if link[1] == "CO_MENTIONED_WITH":
        n = {entity.id: entity.papers for entity in entities}
        both, x, y, total = len(papers), n[link[0]], n[link[2]], len(corpus.papers)
        npmi = 1.0 if both == total else math.log(both * total / (x * y)) / math.log(total / both)
        score = max(0, npmi) * both / (both + 1) * min(x, y) / (min(x, y) + 1)
    dates = sorted(filter(None, (corpus.papers[paper].date for paper in papers)))
    sentences = sum(fact[4] is not None for fact in mine)
    span = (dates[0], dates[-1]) if dates else (None, None)
    return Edge(*link, len(papers), sentences, score, npmi, *span)
