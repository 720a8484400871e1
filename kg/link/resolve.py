"""Which name a mention goes by: the long form that its own paper gives, else the corpus's, else its own spelling.

One step from a short form to its long form and no further: no chain of abbreviations joins names that no paper joins.
"""

import ibis
from ibis import _
from ibis.expr.types import Table

from kg.link.engine import best
from kg.link.keys import ACRONYM, ORDINARY, TAGGED
from kg.types import ENTITY_TYPES

GROUPS = {"Method": "system", "Model": "system", "Dataset": "dataset", "Metric": "metric", "Task": "task"}
OWN, CORPUS = "abbreviation in its paper", "abbreviation by corpus majority"
VOTE, KEY, OVERRIDE = "type vote", "key", "override"
CERTAIN = 10


def spans(papers: Table, mentions: Table, surfaces: Table) -> Table:
    """The mentions of known papers with ``date``, what their surface form shows, and ``group`` (what competes)."""
    dated = mentions.filter(mentions.type.isin(ENTITY_TYPES)).rename(surface="text")
    dated = dated.join(papers.select("date", paper="id"), "paper").join(surfaces, "surface")
    return dated.mutate(group=_.type.substitute(GROUPS))


def definitions(spans: Table, expansions: Table) -> Table:
    """The one long form (key) that a paper gives for a short one: ``paper, group, key, long``.

    A short form that the same paper also gives as a long form is not defined.
    """
    given = spans.join(expansions, ["surface", "expansion"]).group_by("paper", "group", "key", "long").agg(n=_.count())
    chosen = best(given, ("paper", "group", "key"), _.n.desc(), _.long.asc()).drop("n")
    longs = chosen.select("paper", "group", key="long").distinct()
    return chosen.anti_join(longs, ["paper", "group", "key"])


def senses(spans: Table, definitions: Table) -> Table:
    """The spans with what their paper says of them: ``own`` (a long form or null), ``coined`` (it is the paper's)."""
    rows = spans.left_join(definitions, ["paper", "group", "key"]).select(spans, own=definitions.long)
    here = ibis.window(group_by=["paper", "group", "key"])
    return rows.mutate(coined=(_.role == "proposed").fill_null(False).any().over(here))


def vote(senses: Table, homes: Table) -> Table:
    """The senses with the type ``group`` that their name belongs to, and whether it was ``moved`` there.

    That is its home where the alias list knows one (``name, home``), else the group that most papers say. Where the
    list does not know, only few papers are overruled: a quarter of those for the main group, of an acronym a twentieth;
    of a listed acronym a quarter, if no paper defines it in their group, or all, if none names its home or defines it.
    What a paper calls its own stays, unless ordinary words name it, and so does a name whose last word says what it is
    ("object detection dataset").
    """
    named = senses.mutate(name=ibis.coalesce(_.own, _.key)).left_join(homes, "name").select(senses, "name", homes.home)
    votes = named.group_by("name", "group").agg(n=_.paper.nunique())
    main = best(votes, ("name",), _.n.desc(), _.group.asc()).select("name", main="group")
    rows = marked(marked(named, "told", "group", "key"), "defined", "key").mutate(
        alone=_.own.isnull() & (_.look == ACRONYM),
        bound=(_.own.isnull() & _.coined & (_.look > ORDINARY)) | (_.look == TAGGED),
    )
    rows = rows.join(votes, ["name", "group"]).join(main, "name").mutate(to=ibis.coalesce(_.home, _.main))
    there = votes.rename(to="group", most="n")
    rows = rows.left_join(there, ["name", "to"]).select(rows, most=there.most.fill_null(0))
    few = ibis.ifelse(_.alone & (_.home.isnull() | _.told), 20, 4) * _.n <= _.most
    at_home = _.home.notnull() & (~_.alone | ((_.most == 0) & ~_.defined))
    moved = (_.group != _.to) & ~_.bound & (few | at_home)
    rows = rows.mutate(moved=moved)
    return rows.mutate(group=ibis.ifelse(_.moved, _.to, _.group)).select(*senses.columns, "moved")


def marked(senses: Table, mark: str, *keys: str) -> Table:
    """The senses with ``mark``: whether any with the same ``keys`` has a definition."""
    # Not by windows, which sort all rows: with two of them the vote takes three times as long.
    found = senses.filter(_.own.notnull()).select(*keys).distinct().mutate(**{mark: True})
    rows = senses.left_join(found, keys).drop(*(f"{key}_right" for key in keys))
    return rows.mutate(**{mark: _[mark].fill_null(False)})


def defined(senses: Table) -> Table:
    """How many papers give a long form, and how many of them coin it: ``group, key, long, n, coined``."""
    given = senses.filter(_.own.notnull()).group_by("paper", "group", "key", long="own").agg(coined=_.coined.any())
    return given.group_by("group", "key", "long").agg(n=_.count(), coined=_.coined.sum())


def counted(senses: Table) -> Table:
    """In how many papers each name stands: ``group, name, papers``."""
    return senses.group_by("group", name=_.own.coalesce(_.key)).agg(papers=_.paper.nunique())


def called(rows: Table, merges: Table, column: str) -> Table:
    """The rows with the key that the one in ``column`` goes by, ``to``, and by which ``rule``; null where none."""
    found = merges.rename({column: "name"})
    return rows.left_join(found, ["group", column]).select(rows, found.to, found.rule)


def merged(senses: Table, merges: Table) -> Table:
    """The senses with the long form that ``own`` goes by, and the key that the name itself goes by, if not its own."""
    rows = called(senses, merges, "own").mutate(own=ibis.coalesce(_.to, _.own)).drop("to", "rule")
    return called(rows, merges, "key")


def majority(senses: Table) -> Table:
    """What the corpus mostly means by a short form, and how many papers say so: ``group, key, long, n``.

    So say two thirds of the papers that define it, and they are at least a twentieth of those that use it: of a name
    that all know, a rare definition is often that of another thing. They are two papers or more, or one that did not
    coin it, of a long form that others name too.
    """
    named = senses.group_by("group", "key").agg(users=_.paper.nunique())
    counted = defined(senses)
    counted = counted.mutate(total=_.n.sum().over(ibis.window(group_by=["group", "key"]))).join(named, ["group", "key"])
    bearers = senses.group_by("group", long=ibis.coalesce(_.own, _.key)).agg(bearers=_.paper.nunique())
    rows = counted.left_join(bearers, ["group", "long"]).select(counted, bearers.bearers)
    known = (_.n > 1) | ((_.coined == 0) & (_.bearers > 1))
    return rows.filter(3 * _.n >= 2 * _.total, 20 * _.n >= _.users, known).select("group", "key", "long", "n")


def resolve(senses: Table, majority: Table) -> Table:
    """The spans with ``rule`` and ``entity``, the id of what they mean.

    What a paper coins without a definition is its own, unless the corpus is ``CERTAIN``.
    """
    longs = senses.filter(_.own.notnull()).select("paper", "group", key="own").distinct().mutate(is_long=True)
    corpus = majority.rename(corpus="long", sure="n")
    rows = senses.left_join(longs, ["paper", "group", "key"]).select(senses, longs.is_long)
    rows = rows.left_join(corpus, ["group", "key"]).select(rows, corpus.corpus, corpus.sure)
    follows = _.short & _.is_long.isnull() & _.rule.isnull() & (~_.coined | (_.sure >= CERTAIN))
    rows = rows.mutate(corpus=ibis.ifelse(follows, _.corpus, ibis.null("string")))
    known = (_.own.notnull(), OWN), (_.corpus.notnull(), CORPUS), (_.rule.notnull(), _.rule), (_.moved, VOTE)
    name = ibis.coalesce(_.own, _.corpus, _.to, _.key)
    rows = rows.mutate(rule=ibis.cases(*known, else_=KEY), entity=entity_id(_.group, name))
    return rows.drop("corpus", "is_long", "sure", "moved", "own", "to")


def override(rows: Table, moves: Table) -> Table:
    """The rows with the entity that overrides give an entity's surface form; those of dropped ones are gone."""
    found = rows.left_join(moves, ["entity", "surface"]).select(rows, moves.to, moved=moves.entity.notnull())
    found = found.filter(~_.moved | _.to.notnull())
    rule = ibis.ifelse(_.moved, OVERRIDE, _.rule)
    return found.mutate(rule=rule, entity=ibis.coalesce(_.to, _.entity)).drop("to", "moved")


def entity_id(group: ibis.Deferred, key: ibis.Deferred) -> ibis.Deferred:
    return group + ":" + key
