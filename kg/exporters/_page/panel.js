// The panel: the chosen node or edge in words, each edge with the sentences behind it and the papers they stand in.

const SHAPES = { // outlines in a box of 12 by 12
  dot: "M6 1a5 5 0 1 0 .01 0Z", square: "M1.5 1.5h9v9h-9Z", diamond: "M6 .5 11.5 6 6 11.5.5 6Z", triangle: "M6 1 11.5 10.8H.5Z",
  triangleDown: "M6 11 .5 1.2h11Z", hexagon: "M3.2 1.2h5.6L11.6 6 8.8 10.8H3.2L.4 6Z",
  star: "m6 .4 1.6 3.7 4 .3-3 2.6.9 4L6 8.9 2.5 11l.9-4-3-2.6 4-.3Z",
};
const looks = new Map(page.nodes.map((node) => [node.type, node]));

function glyph(type) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const look = looks.get(type) || { shape: "square", color: "#6b7280" };
  drawing.setAttribute("viewBox", "0 0 12 12");
  drawing.setAttribute("class", "glyph");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[look.shape] || SHAPES.dot);
  path.setAttribute("fill", look.color);
  drawing.append(path);
  return drawing;
}

const years = (thing) => [...new Set([thing.first_date, thing.last_date].filter(Boolean).map((date) => date.slice(0, 4)))].join("–");

function go(id) {
  const button = element("button", "go", glyph(details.nodes[id].type), nameOf(id));
  button.type = "button";
  button.addEventListener("click", () => { choose({ node: id }, { move: true }); byId("panel").focus(); });
  return button;
}

function link(url, text) {
  if (!/^https?:\/\//i.test(url || "")) return element("span", "", text);
  const anchor = element("a", "", text);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function source(id, ...said) {
  const paper = details.papers[id] || {};
  const rest = joined(paper.title && id, paper.date, ...said);
  return element("cite", "", link(paper.url, paper.title || id), rest && ` · ${rest}`);
}

function marked(sentence, edge) {
  const names = [edge.from, edge.to].flatMap((id) => [nameOf(id), ...(details.nodes[id].aliases || [])]).filter((name) => name.trim());
  const escaped = names.sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const pieces = sentence.split(new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "iu"));
  return element("p", "", ...pieces.map((piece, place) => (place % 2 ? element("mark", "", piece) : piece)));
}

function quote([sentence, score, by], edge) {
  const [paper, text] = details.sentences[sentence];
  const said = text === null ? element("p", "soft", "both in this abstract, not in one sentence") : marked(text, edge);
  return element("blockquote", "", said, source(paper, `${by} ${score.toFixed(2)}`));
}

function evidence(edge) {
  const [first, ...more] = edge.evidence.map((row) => quote(row, edge));
  if (!first) return [];
  if (!more.length) return [first];
  const told = edge.sentences > edge.evidence.length ? ` of ${edge.sentences.toLocaleString("en")}, the surest` : "";
  return [first, element("details", "", element("summary", "", `${more.length} more${told}`), ...more)];
}

function facts(rows) {
  const list = element("dl", "facts");
  for (const [name, value] of rows) if (value) list.append(element("dt", "", name), element("dd", "", value));
  return list;
}

function measure(edge) {
  return joined(plural(edge.papers || 0, "paper"), years(edge), edge.npmi && `NPMI ${edge.npmi.toFixed(2)}`);
}

function group(heading, type, items) {
  const look = page.edges.find((edge) => edge.type === type);
  const stroke = element("span", look && look.dashes ? "stroke dashed" : "stroke");
  stroke.style.borderColor = look ? look.tint : "currentColor";
  return [
    element("h3", "", stroke, heading, element("span", "soft small push", String(items.length))),
    element("ul", "items", ...items.map(([id, edge]) => element("li", "", element("div", "head", go(id), element("span", "soft small push", measure(edge))), ...evidence(edge)))),
  ];
}

function groups(id) {
  const found = new Map();
  const symmetric = new Set(page.edges.filter((edge) => edge.dashes).map((edge) => edge.type));
  for (const edge of details.edges) {
    if (edge.from !== id && edge.to !== id) continue;
    const out = edge.from === id || symmetric.has(edge.type);
    const heading = out ? `${nameOf(id)} ${words(edge.type)} …` : `… ${words(edge.type)} ${nameOf(id)}`;
    if (!found.has(heading)) found.set(heading, { type: edge.type, out, items: [] });
    found.get(heading).items.push([edge.from === id ? edge.to : edge.from, edge]);
  }
  const place = ({ type, out }) => page.order.indexOf(type) * 2 + !out;
  const order = [...found].sort(([, a], [, b]) => place(a) - place(b));
  return order.flatMap(([heading, { type, items }]) => group(heading, type, items.sort((a, b) => (b[1].papers || 0) - (a[1].papers || 0))));
}

function aboutNode(id) {
  const thing = details.nodes[id];
  const proposed = (thing.proposed_by || []).map((paper) => element("div", "", source(paper)));
  return [
    element("h2", "", thing.name),
    element("div", "type soft", glyph(thing.type), joined(thing.type, thing.generic && "generic", years(thing))),
    facts([
      ["paper", Object.hasOwn(details.papers, id) && source(id)],
      ["also", (thing.aliases || []).join(", ")],
      ["named", thing.papers && joined(plural(thing.papers, "paper"), plural(thing.mentions || 0, "mention"))],
      ["proposed in", proposed.length ? element("div", "", ...proposed) : ""],
    ]),
    ...groups(id),
  ];
}

function aboutEdge(edge) {
  return [
    element("h2", "", `${nameOf(edge.from)} ${words(edge.type)} ${nameOf(edge.to)}`),
    element("div", "soft", measure(edge)),
    element("div", "ends", go(edge.from), element("span", "soft", page.edges.some((drawn) => drawn.type === edge.type && drawn.dashes) ? "—" : "→"), go(edge.to)),
    element("h3", "", "Who says so"),
    ...edge.evidence.map((row) => quote(row, edge)),
  ];
}

function overview() {
  const ranked = page.nodes.map((node) => node.id).sort((a, b) => (details.nodes[b].papers || 0) - (details.nodes[a].papers || 0)).slice(0, 25);
  const items = ranked.map((id) => element("li", "", element("div", "head", go(id), element("span", "soft small push", plural(details.nodes[id].papers || 0, "paper")))));
  return [
    element("p", "soft", "Choose a node or an edge to see the sentences and papers behind it."),
    element("h3", "", "Named most"),
    element("ul", "items", ...items),
  ];
}

function showPanel() {
  const content = chosen.node !== undefined ? aboutNode(chosen.node) : chosen.edge !== undefined ? aboutEdge(details.edges[chosen.edge]) : overview();
  byId("panel").replaceChildren(...content);
  byId("panel").scrollTop = 0;
}
