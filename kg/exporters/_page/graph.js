"use strict";
// The picture: what vis-network draws, what is chosen, what is switched off. Texts reach the page as textContent only.

const page = JSON.parse(document.getElementById("data").textContent);
const { details, focus } = page;
const byId = (id) => document.getElementById(id);
const theme = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const words = (type) => type.toLowerCase().replaceAll("_", " ");
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
const joined = (...parts) => parts.filter(Boolean).join(" · ");
const nameOf = (id) => details.nodes[id].name;
const FEW = 60; // nodes that all have a label at first sight
const LABELS = 40; // labels at first sight where there are more; zooming in shows more
const FACE = "system-ui, 'DejaVu Sans', sans-serif";
const crowd = Math.min(1, (250 / page.edges.filter((edge) => !edge.weak).length) ** 0.5); // many edges are drawn fainter
const typeOf = new Map(page.nodes.map((node) => [node.id, node.type]));
const off = { nodes: new Set(), edges: new Set() }; // types switched off in the legend
let chosen = {}; // {node: id} or {edge: number} or nothing; with {plain: true} the rest is not dimmed
let zoom = 1; // by which labels shrink in the picture, so that they stay as large on the screen

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function nodeTip({ id }) {
  const { name, type, papers } = details.nodes[id];
  return `${name}\n${joined(type, papers && plural(papers, "paper"))}`;
}

function edgeTip({ id }) {
  const { from, type, to, papers, evidence: [best] } = details.edges[id];
  const text = best && details.sentences[best[0]][1];
  return `${nameOf(from)} ${words(type)} ${nameOf(to)} · ${plural(papers || 0, "paper")}${text ? `\n“${text.slice(0, 300)}”` : ""}`;
}

const nodes = new vis.DataSet(page.nodes.map((node) => ({ ...node, title: nodeTip(node) })));
const edges = new vis.DataSet(page.edges.map((edge) => ({ ...edge, title: edgeTip(edge) })));
const network = new vis.Network(byId("canvas"), { nodes, edges }, {
  physics: false,
  layout: { improvedLayout: false },
  nodes: { borderWidthSelected: 3 },
  edges: { smooth: false, selectionWidth: 1.5, hoverWidth: 0.5, arrows: { to: { scaleFactor: 0.45 } }, arrowStrikethrough: false },
  interaction: { hover: true, tooltipDelay: 150, selectConnectedEdges: false, keyboard: { enabled: true, bindToWindow: false } },
});

function isChosen(edge) {
  return chosen.edge === edge.id || (chosen.node !== undefined && (edge.from === chosen.node || edge.to === chosen.node));
}

function litNodes() {
  const ends = details.edges[chosen.edge];
  if (chosen.plain || (!ends && !typeOf.has(chosen.node))) return null;
  const lit = new Set(ends ? [ends.from, ends.to] : [chosen.node]);
  for (const edge of page.edges) if (isChosen(edge)) lit.add(edge.from).add(edge.to);
  return lit;
}

function drawnNode(node, lit) {
  const bright = !lit || lit.has(node.id);
  const named = lit ? bright : page.nodes.length <= FEW || node.rank < LABELS * zoom ** 2;
  const centre = node.id === focus;
  const edged = { background: node.color, border: theme("accent") };
  return {
    id: node.id,
    hidden: off.nodes.has(node.type),
    opacity: !bright ? 0.12 : node.faint ? 0.4 : 1,
    label: named ? node.label : " ",
    borderWidth: centre ? 2.5 : 1,
    color: { background: node.color, border: theme(centre ? "ink" : "ground"), highlight: edged, hover: edged },
    font: {
      size: (centre ? 17 : 13) / zoom, color: theme(node.faint ? "soft" : "ink"), strokeWidth: 4 / zoom, strokeColor: theme("ground"),
      vadjust: -3, face: FACE, bold: { face: FACE },
    },
  };
}

function drawnEdge(edge, lit, labelled) {
  const bright = !lit || isChosen(edge);
  const away = off.edges.has(edge.type) || off.nodes.has(typeOf.get(edge.from)) || off.nodes.has(typeOf.get(edge.to));
  const full = (edge.dashes ? 0.5 : 0.9) * (lit ? 1 : crowd);
  return {
    id: edge.id,
    hidden: away || (edge.weak && !(lit && bright)),
    color: { color: edge.tint, highlight: edge.tint, hover: edge.tint, opacity: bright ? full : 0.06 },
    label: labelled && bright && !edge.dashes ? words(edge.type) : " ",
    font: { size: 10 / zoom, color: edge.tint, strokeWidth: 3 / zoom, strokeColor: theme("ground"), align: "middle", face: FACE },
  };
}

function draw() {
  const lit = litNodes();
  const typed = page.edges.filter((edge) => !edge.dashes && (!lit || isChosen(edge)));
  nodes.update(page.nodes.map((node) => drawnNode(node, lit)));
  edges.update(page.edges.map((edge) => drawnEdge(edge, lit, typed.length <= 24)));
}

function choose(next, { move = false } = {}) {
  chosen = next;
  draw();
  network.unselectAll();
  if (typeOf.has(next.node)) {
    network.selectNodes([next.node], false);
    if (move) network.focus(next.node, { scale: network.getScale(), animation: { duration: 300 } });
  }
  if (edges.get(next.edge ?? -1)) network.selectEdges([next.edge]);
  history.replaceState(null, "", `#${next.node === undefined ? "" : new URLSearchParams({ node: next.node })}`);
  showPanel();
}

function start() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get("node");
  if (Object.hasOwn(details.nodes, wanted)) choose({ node: wanted });
  else if (focus) choose({ node: focus, plain: true });
  else choose({});
  network.fit();
}

network.on("click", ({ nodes: [node], edges: [edge] }) => choose(node !== undefined ? { node } : edge !== undefined ? { edge } : {}));
network.on("zoom", ({ scale }) => {
  const next = 2 ** (Math.round(Math.max(0, Math.log2(scale)) * 2) / 2);
  if (next === zoom) return;
  zoom = next;
  draw();
});
byId("home").addEventListener("click", () => { zoom = 1; choose({}); network.fit({ animation: { duration: 300 } }); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") choose({});
  if (event.key !== "/" || event.target.tagName === "INPUT") return;
  event.preventDefault();
  byId("query").focus();
});
window.addEventListener("hashchange", start);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
