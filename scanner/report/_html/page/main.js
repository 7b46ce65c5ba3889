// The frame of the page: its parts, links into it, language, colours, print.

const PARTS = { overview, items, findings, checks: checkList, missed };

let current = "overview";
let printing = false;
const main = el("main", { id: "main", tabindex: "-1" });
const header = el("header", {});
const footer = el("footer", {});
const menu = el("nav", { class: "parts" });

/** Draw one part; all of them, one below the other, for print. */
function show(name) {
  current = name;
  const names = printing ? Object.keys(PARTS) : [name];
  replace(
    main,
    names.map((one) => el("section", { class: "part", id: `part-${one}` }, PARTS[one]())),
  );
  drawMenu();
}

function drawMenu() {
  menu.setAttribute("aria-label", t("nav"));
  replace(
    menu,
    el(
      "ul",
      {},
      Object.keys(PARTS).map((name) =>
        el(
          "li",
          {},
          el("a", { href: "#" + name, "aria-current": name === current ? "page" : null }, t(name)),
        ),
      ),
    ),
  );
}

function drawFrame() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  replace(
    header,
    el("a", { class: "skip", href: "#main", on: { click: toContent } }, t("skip")),
    el("h1", {}, t("title")),
    settings(),
    el("p", { class: "notice" }, t("notice")),
    data.about.incomplete
      ? el(
          "p",
          { class: "warning" },
          "⚠ ",
          t("incomplete"),
          " ",
          to("#missed", t("incompleteLink")),
        )
      : null,
  );
  replace(footer, t("notice"));
}

function toContent(event) {
  event.preventDefault();
  main.focus();
}

function settings() {
  const languages = [
    ["en", "en", "English"],
    ["zh", "zh-CN", "中文"],
  ];
  return el(
    "div",
    { class: "settings", role: "group", "aria-label": t("settings") },
    languages.map(([name, tag, label]) =>
      el(
        "button",
        {
          type: "button",
          lang: tag,
          id: `lang-${name}`,
          "aria-pressed": String(language === name),
          on: { click: () => speak(name) },
        },
        label,
      ),
    ),
    el(
      "button",
      { type: "button", id: "theme", "aria-pressed": String(isDark()), on: { click: turn } },
      t("dark"),
    ),
    el("button", { type: "button", id: "print", on: { click: () => window.print() } }, t("print")),
  );
}

function speak(name) {
  language = name;
  drawFrame();
  show(current);
  document.getElementById(`lang-${name}`).focus();
}

const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () =>
  (document.documentElement.dataset.theme || (system.matches ? "dark" : "light")) === "dark";

function turn(event) {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  event.currentTarget.setAttribute("aria-pressed", String(isDark()));
}

/** Follow a link into the page: #findings&severity=high, #finding=ID, #item=KEY&scope=…, #check=ID. */
function route() {
  const query = new URLSearchParams(location.hash.slice(1));
  if (query.has("finding")) return openFinding(query.get("finding"));
  if (query.has("item")) return openItem(query.get("item"), query.get("scope"));
  if (query.has("check") && !query.has("findings")) return openCheck(query.get("check"));
  const name = Object.keys(PARTS).find((part) => query.has(part));
  if (name === "findings") filter = filterFrom(query);
  if (name === "items" && query.has("scope"))
    itemState.scope = Math.max(0, scopeOfKey(query.get("scope")));
  if (location.hash.startsWith("#card-")) {
    show("overview");
    return light(location.hash.slice(1));
  }
  show(name || "overview");
  if (name) main.querySelector("h2").focus();
  window.scrollTo(0, 0);
}

function openFinding(id) {
  filter = emptyFilter();
  const place = matching().findIndex((row) => rowId(row) === id);
  if (place >= 0) {
    filter.page = Math.floor(place / PAGE);
    openRows.add(id);
  }
  show("findings");
  light(`finding-${id}`);
}

function openItem(key, scope) {
  const found =
    scope === null
      ? scopes.findIndex((one) => one.items.some((item) => item.key === key))
      : scopeOfKey(scope);
  Object.assign(itemState, { scope: Math.max(0, found), status: "", domain: "" });
  itemState.open.add(key);
  show("items");
  light(`item-${itemState.scope}-${key}`);
}

function openCheck(id) {
  checkState.open.add(id);
  show("checks");
  light(`check-${id}`);
}

/** Bring what a link names into view, mark it, and put the keyboard there. */
function light(id) {
  const found = document.getElementById(id);
  if (!found) return;
  for (const old of document.querySelectorAll(".target")) old.classList.remove("target");
  found.classList.add("target");
  const focus = found.querySelector("button, summary") || found;
  focus.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
}

function paper(on) {
  if (printing === on) return;
  printing = on;
  show(current);
}

drawFrame();
document.body.append(header, menu, main, footer);
route();
window.addEventListener("hashchange", route);
window.addEventListener("beforeprint", () => paper(true));
window.addEventListener("afterprint", () => paper(false));
matchMedia("print").addEventListener("change", (event) => paper(event.matches));
system.addEventListener("change", drawFrame);
