"""The entities: their type by vote, their names, dates and proposers; and why each name is theirs."""

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from kg.link.engine import best
from kg.link.generic import GENERIC
from kg.link.resolve import KEY, entity_id

RANK_DIGITS = 9


def uses(resolved: Table, expansions: Table, definitions: Table) -> Table:
    """Each name in each paper, mentioned or given as a long form: ``paper, entity, surface, rule, mentions``."""
    mentioned = resolved.group_by("paper", "entity", "surface", "rule").agg(mentions=_.count())
    given = resolved.join(expansions, ["surface", "expansion"]).semi_join(
        definitions, ["paper", "group", "key", "long"]
    )
    given = given.select("paper", entity=entity_id(_.group, _.long), surface="expansion", rule=ibis.literal(KEY))
    return mentioned.union(given.distinct().mutate(mentions=ibis.literal(0, "int64")))


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


def aliases(uses: Table) -> Table:
    """``surface, entity, rule, support``: a name that is no abbreviation is its key's commonest spelling or another."""
    named = forms(uses, "rule")
    spelling = ibis.ifelse(_.rank == 0, "same name", "normal form")
    rows = named.mutate(rule=ibis.ifelse(_.rule == KEY, spelling, _.rule), support="papers")
    return rows.select("surface", "entity", "rule", "support")


def entities(resolved: Table, uses: Table) -> Table:
    """One row an entity, in the columns of :class:`kg.records.Entity`."""
    counted = resolved.group_by("entity").agg(
        papers=_.paper.nunique(), mentions=_.count(), first_date=_.date.min(), last_date=_.date.max()
    )
    named = forms(uses)
    others = named.filter(_.rank > 0).mutate(rank=_order("entity", _.papers.desc(), _.mentions.desc(), _.surface.asc()))
    rows = counted.join(types(resolved), "entity").join(
        named.filter(_.rank == 0).select("entity", name="surface"), "entity"
    )
    for column, lists in {"aliases": _listed(others, "surface"), "proposed_by": proposers(resolved)}.items():
        rows = rows.left_join(lists, "entity").select(
            rows, lists.values.fill_null(ibis.literal([], "array<string>")).name(column)
        )
    return rows.mutate(id="entity", generic=_.entity.isin(sorted(GENERIC)))


def types(resolved: Table) -> Table:
    """The type that most mentions say, in a tie Model: ``entity, type``."""
    votes = resolved.group_by("entity", "type").agg(n=_.count())
    return best(votes, ("entity",), _.n.desc(), _.type.desc()).drop("n")


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
