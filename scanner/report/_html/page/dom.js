// Elements. Text from a cloud only ever becomes a text node.

const SVG = "http://www.w3.org/2000/svg";

/** An element. Attributes by name; `on` has its listeners; children are nodes, texts or lists. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An element of a drawing. */
function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child);
  }
}

function replace(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

/** Text of a cloud or of the user's: its direction stays its own. */
const bdi = (text) => el("bdi", {}, text);

const code = (text) => el("code", {}, bdi(text));

/** A list of terms; entries without a value are left out. */
function terms(entries) {
  const shown = entries.filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  return el(
    "dl",
    {},
    shown.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}

/** A link to another part of the page. */
const to = (hash, ...children) => el("a", { href: hash }, ...children);

/** Parameters as a hash; of those that are true only the name stands in it. */
function hashOf(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== "" && value !== undefined && value !== null)
      query.append(name, value === true ? "" : value);
  }
  return "#" + query.toString().replace(/^(\w+)=(?=&|$)/, "$1");
}

/** An address that may be followed; anything else in a reference is text. */
function reference(text) {
  if (!/^https?:\/\//.test(text)) return bdi(text);
  return el("a", { href: text, rel: "noopener noreferrer", target: "_blank" }, text);
}

/** A table in a frame that scrolls by itself where the screen is narrow. */
function framed(caption, head, body, attributes = {}) {
  const frame = { class: "frame" };
  // A table inside another's row is no landmark of its own, and no stop for the keyboard.
  if (attributes.class !== "inner")
    Object.assign(frame, { role: "region", "aria-label": caption, tabindex: "0" });
  const name = head.length ? el("thead", {}, el("tr", {}, head)) : null;
  return el(
    "div",
    frame,
    el("table", attributes, el("caption", { class: "unseen" }, caption), name, body),
  );
}

const th = (text, attributes = {}) => el("th", { scope: "col", ...attributes }, text);
