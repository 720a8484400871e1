// The search box: names and other names that hold what is typed, best known first; arrows, Enter and Escape.

const MOST = 8;
let active = 0;

function matches(text) {
  const typed = text.trim().toLowerCase();
  if (!typed) return [];
  const score = (id) => {
    const names = [nameOf(id), ...(details.nodes[id].aliases || [])].map((name) => name.toLowerCase());
    if (names.some((name) => name === typed)) return 3;
    if (names.some((name) => name.startsWith(typed))) return 2;
    return names.some((name) => name.includes(typed)) ? 1 : 0;
  };
  const found = page.nodes.map((node) => [node.id, score(node.id)]).filter(([, points]) => points);
  found.sort(([a, x], [b, y]) => y - x || (details.nodes[b].papers || 0) - (details.nodes[a].papers || 0));
  return found.slice(0, MOST).map(([id]) => id);
}

function take(id) {
  byId("query").value = "";
  list();
  choose({ node: id }, { move: true });
  byId("panel").focus();
}

function list() {
  const ids = matches(byId("query").value);
  active = Math.min(active, Math.max(ids.length - 1, 0));
  byId("found").replaceChildren(...ids.map((id, place) => {
    const item = element("li", "", glyph(details.nodes[id].type), nameOf(id), element("span", "soft small push", details.nodes[id].type));
    item.id = `found-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(place === active));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(id); });
    return item;
  }));
  byId("found").hidden = !ids.length;
  byId("query").setAttribute("aria-expanded", String(ids.length > 0));
  byId("query").setAttribute("aria-activedescendant", ids.length ? `found-${active}` : "");
  return ids;
}

byId("query").addEventListener("input", () => { active = 0; list(); });
byId("query").addEventListener("blur", () => { byId("found").hidden = true; });
byId("query").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    active = Math.max(active + step, 0);
    event.preventDefault();
  }
  const ids = list();
  if (event.key === "Enter" && ids.length) take(ids[active]);
  if (event.key === "Escape") byId("query").blur();
});
