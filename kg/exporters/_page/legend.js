// The legend: one switch a type of node and a type of edge that is in the picture.

function toggle(kind, type, mark, text) {
  const button = element("button", "", mark, text);
  button.type = "button";
  button.setAttribute("aria-pressed", "true");
  button.addEventListener("click", () => {
    const shown = off[kind].delete(type);
    if (!shown) off[kind].add(type);
    button.setAttribute("aria-pressed", String(shown));
    draw();
  });
  return button;
}

function stroke(type) {
  const look = page.edges.find((edge) => edge.type === type);
  const line = element("span", "");
  line.style.cssText = `width:16px;border-top:${look.dashes ? "2px dashed" : "3px solid"} ${look.tint}`;
  return line;
}

const present = (items) => page.order.filter((type) => items.some((item) => item.type === type));
for (const type of present(page.nodes)) byId("legend").append(toggle("nodes", type, glyph(type), type));
byId("legend").append(element("span", "rule"));
for (const type of present(page.edges)) byId("legend").append(toggle("edges", type, stroke(type), words(type)));
const weak = page.edges.filter((edge) => edge.weak).length;
const more = weak ? `${plural(weak, "weaker co-mention")} shown when an end is chosen` : "";
byId("counts").textContent = joined(plural(page.nodes.length, "node"), plural(page.edges.length - weak, "edge"), more);
start();
network.once("afterDrawing", () => { document.body.dataset.drawn = "yes"; });
