"""The entities: their type by vote, their names, dates and proposers; and why each name is theirs."""

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from kg.link.engine import best
from kg.link.generic import GENERIC
from kg.link.resolve import GROUPS, KEY, OVERRIDE, called, entity_id
from kg.types import ENTITY_TYPES

RANK_DIGITS = 9
MAIN = {GROUPS[type]: type for type in ENTITY_TYPES}


def uses(resolved: Table, given: Table) -> Table:
    """Each name in each paper, mentioned or given as a long form: ``paper, entity, surface, rule, mentions``."""
    mentioned = resolved.group_by("paper", "entity", "surface", "rule").agg(mentions=_.count())
    return mentioned.union(given.mutate(mentions=ibis.literal(0, "int64")).select(mentioned.columns))


def given(senses: Table, expansions: Table, merges: Table) -> Table:
    """The long forms that papers spell out beside an abbreviation: ``paper, entity, surface, rule``."""
    rows = senses.join(expansions, ["surface", "expansion"]).filter(_.own == _.long)
    rows = called(rows.select("paper", "group", "long", surface="spelt").distinct(), merges, "long")
    return rows.select("paper", "surface", entity=entity_id(_.group, _.to.coalesce(_.long)), rule=_.rule.fill_null(KEY))


def held(resolved: Table, given: Table) -> Table:
    """Which entity has which surface form, and in how many papers: ``entity, surface, papers``."""
    return uses(resolved, given).group_by("entity", "surface").agg(papers=_.paper.nunique())


def forms(uses: Table, *keys: str) -> Table:
    """Papers and mentions of each form, and its ``rank`` as a name of its entity.

    The name is the form that most papers use, whatever its case; of its variants in case the most used, where a
    proper name (one word, or a capital inside) counts double, since not every paper minds its capitals and those of
    a title say nothing; then more mentions, longer, alphabetical.
    """
    counted = uses.group_by("entity", "surface", *keys).agg(papers=_.paper.nunique(), mentions=_.mentions.sum())
    counted = counted.mutate(low=_.surface.lower())
    counted = counted.mutate(folded=_.papers.sum().over(ibis.window(group_by=["entity", "low", *keys])))
    proper = (_.surface != _.low) & (_.surface.re_search(r"\w[A-Z]") | ~_.surface.contains(" "))
    weight = _.papers * ibis.ifelse(proper, 2, 1)
    order = (_.folded.desc(), weight.desc(), _.mentions.desc(), _.surface.length().desc(), _.surface.asc())
    ranked = ibis.row_number().over(ibis.window(group_by=["entity", *keys], order_by=order))
    return counted.mutate(rank=ranked).drop("low", "folded")


def aliases(uses: Table, entities: Table) -> Table:
    """``surface, entity, rule, support``: a name that is no abbreviation is its key's commonest spelling or another.

    A name that no paper uses was given by an override.
    """
    named = forms(uses.semi_join(entities.select(entity="id"), "entity"), "rule")
    spelling = ibis.ifelse(_.rank == 0, "same name", "normal form")
    rows = named.mutate(rule=ibis.ifelse(_.rule == KEY, spelling, _.rule), support="papers")
    given = entities.select(surface="name", entity="id").anti_join(rows, ["surface", "entity"])
    given = given.mutate(rule=ibis.literal(OVERRIDE), support=ibis.literal(0, "int64"))
    return rows.select("surface", "entity", "rule", "support").union(given)


def entities(resolved: Table, uses: Table, said: Table) -> Table:
    """One row an entity, in the columns of :class:`kg.records.Entity`; ``said`` has what overrides call it."""
    counted = resolved.group_by("entity").agg(
        papers=_.paper.nunique(), mentions=_.count(), first_date=_.date.min(), last_date=_.date.max()
    )
    named = forms(uses)
    names = (
        named.filter(_.rank == 0)
        .left_join(said, "entity")
        .select(named.entity, name=said.name.coalesce(named.surface), to=said.type)
    )
    others = named.join(names, "entity").filter(_.surface != _.name)
    others = others.mutate(rank=_order("entity", _.papers.desc(), _.mentions.desc(), _.surface.asc()))
    rows = counted.join(types(resolved), "entity").join(names, "entity")
    rows = rows.mutate(type=ibis.coalesce(_.to, _.type)).drop("to")
    for column, lists in {"aliases": _listed(others, "surface"), "proposed_by": proposers(resolved)}.items():
        rows = rows.left_join(lists, "entity").select(
            rows, lists.values.fill_null(ibis.literal([], "array<string>")).name(column)
        )
    return rows.mutate(id="entity", generic=_.entity.isin(sorted(GENERIC)))


def types(resolved: Table) -> Table:
    """The type that most mentions say, of those of its id's type group, in a tie Model: ``entity, type``."""
    votes = resolved.group_by("entity", "type").agg(n=_.count())
    every = (
        resolved.select("entity")
        .distinct()
        .mutate(type=_.entity.split(":")[0].substitute(MAIN), n=ibis.literal(0, "int64"))
    )
    votes = votes.filter(_.entity.startswith(_.type.substitute(GROUPS) + ":")).union(every)
    return best(votes, ("entity",), _.n.desc(), _.type.desc()).select("entity", "type")


def proposers(resolved: Table) -> Table:
    """The papers that introduce each entity, oldest first, undated last: ``entity, values``."""
    papers = resolved.filter(_.role == "proposed").select("entity", "paper", "date").distinct()
    return _listed(papers.mutate(rank=_order("entity", _.date.asc(nulls_first=False), _.paper.asc())), "paper")


def _order(key: str, *order: Value) -> Value:
    return ibis.row_number().over(ibis.window(group_by=[key], order_by=order))


def _listed(rows: Table, column: str) -> Table:
    """The column of each entity as a list by ``rank``: by sorting strings, an ordering that every backend knows."""
    tagged = rows.rank.cast("string").lpad(RANK_DIGITS, "0").concat(rows[column])
    return (
        rows.group_by("entity")
        .agg(values=tagged.collect())
        .mutate(values=_.values.sort().map(lambda value: value.substr(RANK_DIGITS)))
    )
