// The findings: filters, a table in pages, links.

const PAGE = 100;
const PRINTED = 1000;

function findings() {
  const found = matching();
  if (printing) {
    const cut = found.length > PRINTED;
    return [
      el("h2", {}, t("findings")),
      cut ? el("p", {}, t("printCut", { n: PRINTED, m: found.length })) : null,
      findingTable(found.slice(0, PRINTED), null),
    ];
  }
  const shown = el("p", { role: "status", class: "muted", id: "findings-shown" });
  const table = el("div", { id: "findings-table" });
  const redraw = (keepPage) => {
    if (!keepPage) filter.page = 0;
    history.replaceState(null, "", filterHash());
    drawFindings(shown, table, redraw);
  };
  drawFindings(shown, table, redraw, found);
  // What a search looks in is made while nobody waits for it.
  (window.requestIdleCallback || setTimeout)(haystack);
  return [el("h2", { tabindex: "-1" }, t("findings")), findingControls(redraw), shown, table];
}

function drawFindings(shown, table, redraw, found = matching()) {
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  filter.page = Math.min(filter.page, pages - 1);
  const first = filter.page * PAGE;
  shown.textContent = found.length
    ? t("rowsShown", { n: found.length, m: rowCount })
    : t(
        rowCount
          ? "rowsNone"
          : scopes.some(isJudged) && !data.about.incomplete
            ? "rowsNoneAtAll"
            : "nothingToShow",
      );
  replace(
    table,
    found.length ? findingTable(found.slice(first, first + PAGE), redraw) : null,
    pages > 1 ? pager(pages, redraw) : null,
  );
}

function findingTable(found, redraw) {
  const head = ["severity", "status", "check", "resource"].map((name) => sortable(name, redraw));
  const caption = t("findings");
  return framed(caption, [...head, th(t("problem"))], el("tbody", {}, found.map(findingRows)), {
    class: "wide",
  });
}

const HEADINGS = {
  severity: "severity",
  status: "status",
  check: "checkColumn",
  resource: "resource",
};

/** A heading that sorts: up, down, and back to the order of the data. */
function sortable(name, redraw) {
  const label = t(HEADINGS[name]);
  if (!redraw) return th(label);
  const mine = filter.sort === name;
  const direction = mine ? (filter.down ? "descending" : "ascending") : "none";
  const click = () => {
    if (!mine) Object.assign(filter, { sort: name, down: false });
    else if (!filter.down) filter.down = true;
    else Object.assign(filter, { sort: "", down: false });
    redraw(false);
    document.getElementById(`sort-${name}`).focus();
  };
  const button = el(
    "button",
    {
      type: "button",
      class: "sort",
      id: `sort-${name}`,
      title: t("sortBy", { name: label }),
      on: { click },
    },
    label,
    el(
      "span",
      { "aria-hidden": "true" },
      { ascending: " ↑", descending: " ↓", none: " ↕" }[direction],
    ),
  );
  return th(button, { "aria-sort": direction });
}

function pager(pages, redraw) {
  const go = (step, id) => () => {
    filter.page += step;
    redraw(true);
    const button = document.getElementById(id);
    if (button.disabled) document.getElementById("findings-shown").scrollIntoView();
    else button.focus();
  };
  const button = (id, text, step, disabled) =>
    el("button", { type: "button", id, disabled, on: { click: go(step, id) } }, text);
  return el(
    "nav",
    { class: "pager", "aria-label": t("pages") },
    button("page-back", t("previous"), -1, filter.page === 0),
    el("span", { "aria-live": "polite" }, t("page", { n: filter.page + 1, m: pages })),
    button("page-on", t("next"), 1, filter.page === pages - 1),
  );
}

function findingControls(redraw) {
  let timer = 0;
  const search = el("input", {
    id: "search",
    type: "search",
    value: filter.q,
    placeholder: t("searchHint"),
    autocomplete: "off",
    spellcheck: "false",
    on: {
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          filter.q = search.value;
          redraw(false);
        }, 150);
      },
    },
  });
  const options = {
    scope: scopes.map((scope) => [scopeKey(scope), scopeName(scope)]),
    domain: data.domains.map((domain) => [domain.key, tx(domain.name)]),
    account: valuesOf("account").map((text) => [text, text]),
    region: valuesOf("region").map((text) => [text, text]),
    type: valuesOf("type").map((text) => [text, text]),
    check: checks.filter((_, i) => findingsOfCheck[i]).map((check) => [check.id, tx(check.title)]),
  };
  const labels = {
    scope: "system",
    domain: "domain",
    account: "account",
    region: "region",
    type: "type",
    check: "checkColumn",
  };
  const select = (name) =>
    choice(
      `filter-${name}`,
      t(labels[name]),
      [["", t("any")], ...options[name]],
      filter[name],
      (value) => {
        filter[name] = value;
        redraw(false);
      },
    );
  const reset = () => {
    filter = emptyFilter();
    redraw(false);
    show("findings");
    document.getElementById("search").focus();
  };
  return el(
    "form",
    {
      class: "controls",
      role: "search",
      "aria-label": t("filters"),
      on: { submit: (event) => event.preventDefault() },
    },
    el("p", { class: "control search" }, el("label", { for: "search" }, t("search")), search),
    boxes("severity", SEVERITIES, "severity", redraw),
    boxes("status", ROW_STATUSES, "row", redraw),
    SELECTS.filter((name) => options[name].length > 1 || filter[name]).map(select),
    el("button", { type: "button", on: { click: reset } }, t("reset")),
  );
}

/** Boxes to tick; none ticked means all. */
function boxes(name, values, family, redraw) {
  const tick = (value) => (event) => {
    filter[name] = values.filter((one) =>
      one === value ? event.target.checked : filter[name].includes(one),
    );
    redraw(false);
  };
  return el(
    "fieldset",
    {},
    el("legend", {}, t(name)),
    values.map((value) => {
      const id = `filter-${name}-${value}`;
      const box = el("input", {
        type: "checkbox",
        id,
        checked: filter[name].includes(value),
        on: { change: tick(value) },
      });
      return el("label", { for: id }, box, mark(family, value));
    }),
  );
}
