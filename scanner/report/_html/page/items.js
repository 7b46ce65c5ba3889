// Requirement items as an assessor's table: clause, requirement, result, evidence, who is responsible.

const itemState = { scope: 0, status: "", domain: "", open: new Set() };

const itemLink = (item, scope) =>
  to(hashOf({ item: item.key, scope: scopeKey(scope) }), item.clause);

function items() {
  if (printing) {
    return [el("h2", {}, t("items")), scopes.map((scope) => itemSection(scope, () => true))];
  }
  const table = el("div", {});
  const redraw = () => replace(table, itemSection(scopes[itemState.scope], itemFilter));
  redraw();
  return [el("h2", { tabindex: "-1" }, t("items")), itemControls(redraw), table];
}

function itemFilter(item) {
  return (
    (!itemState.status || item.status === itemState.status) &&
    (itemState.domain === "" || item.domain === Number(itemState.domain))
  );
}

function itemControls(redraw) {
  const change = (name, convert) => (value) => {
    itemState[name] = convert ? convert(value) : value;
    redraw();
  };
  const openAll = (open) => () => {
    for (const item of scopes[itemState.scope].items)
      itemState.open[open ? "add" : "delete"](item.key);
    redraw();
  };
  return el(
    "form",
    {
      class: "controls",
      "aria-label": t("filters"),
      on: { submit: (event) => event.preventDefault() },
    },
    choice(
      "item-scope",
      t("system"),
      scopes.map((scope, i) => [String(i), scopeName(scope)]),
      String(itemState.scope),
      change("scope", Number),
    ),
    choice(
      "item-status",
      t("result"),
      [["", t("any")], ...ITEM_STATUSES.map((s) => [s, t("status." + s)])],
      itemState.status,
      change("status"),
    ),
    choice(
      "item-domain",
      t("domain"),
      [["", t("any")], ...data.domains.map((d, i) => [String(i), tx(d.name)])],
      itemState.domain,
      change("domain"),
    ),
    el("button", { type: "button", on: { click: openAll(true) } }, t("expandAll")),
    el("button", { type: "button", on: { click: openAll(false) } }, t("collapseAll")),
  );
}

/** A labelled list to choose one of. */
function choice(id, label, options, value, changed) {
  const select = el(
    "select",
    { id, on: { change: () => changed(select.value) } },
    options.map(([key, text]) => el("option", { value: key, selected: key === value }, text)),
  );
  return el("p", { class: "control" }, el("label", { for: id }, label), select);
}

function itemSection(scope, filter) {
  const shown = scope.items.filter(filter);
  const head = [
    th(t("clause")),
    th(t("requirement")),
    th(t("result")),
    th(t("evidence")),
    th([t("responsible"), el("small", {}, ` (${t("responsibleHow")})`)]),
  ];
  const bodies = data.domains.map((domain, place) => {
    const inside = shown.filter((item) => item.domain === place);
    if (!inside.length) return null;
    const title = el(
      "tr",
      { class: "group" },
      el("th", { scope: "colgroup", colspan: 5 }, tx(domain.name)),
    );
    return el(
      "tbody",
      {},
      title,
      inside.map((item) => itemRows(item, scope)),
    );
  });
  return el(
    "section",
    { class: "assessor" },
    el(
      "h3",
      {},
      scope.declared ? [bdi(scope.system), ` · ${levelName(scope.level)}`] : levelName(scope.level),
    ),
    el(
      "p",
      { role: "status", class: "muted" },
      shown.length ? t("itemsShown", { n: shown.length }) : t("itemsNone"),
    ),
    shown.length
      ? framed(`${t("items")}: ${scopeName(scope)}`, head, bodies, { class: "wide" })
      : null,
  );
}

function itemRows(item, scope) {
  const requirement = data.requirements[item.key];
  const place = scopes.indexOf(scope);
  const id = `item-${place}-${item.key}`;
  const detail = el("tr", { class: "detail", id: `${id}-detail` }, el("td", { colspan: 5 }));
  const show = (open) => {
    detail.hidden = !open;
    if (open) replace(detail.firstChild, itemDetail(item, scope));
    button.setAttribute("aria-expanded", open);
    itemState.open[open ? "add" : "delete"](item.key);
  };
  const button = el(
    "button",
    {
      type: "button",
      class: "toggle",
      "aria-controls": `${id}-detail`,
      "aria-label": t("expand", { name: item.clause }),
      on: { click: () => show(detail.hidden) },
    },
    item.clause,
  );
  const open = itemState.open.has(item.key);
  if (printing) replace(detail.firstChild, itemDetail(item, scope));
  else show(open);
  const row = el(
    "tr",
    { id, class: "item" },
    el("th", { scope: "row" }, printing ? item.clause : button),
    el(
      "td",
      {},
      el("strong", {}, tx(requirement.control_point)),
      el("p", {}, tx(requirement.summary)),
    ),
    el("td", { class: "marks" }, mark("status", item.status), riskMarks(item)),
    el("td", {}, evidenceWords(item)),
    el("td", {}, t("party." + requirement.responsibility.iaas)),
  );
  return [row, detail];
}

/** The evidence in a line: which checks and how many verdicts, who states what. */
function evidenceWords(item) {
  const sum = (i) => (item.checks || []).reduce((n, counts) => n + counts[i], 0);
  const [passed, failed, unsure] = [sum(1), sum(2) + sum(3), sum(4) + sum(5)];
  const words = [];
  if (item.checks) words.push(t("evidenceChecks", { n: item.checks.length }));
  if (failed) words.push(t("evidenceCounts", { n: failed, m: failed + passed + unsure }));
  else if (passed) words.push(t("evidencePass", { n: passed }));
  if (unsure) words.push(t("evidenceUnknown", { n: unsure }));
  if (item.attested) words.push(t("evidenceAttested", { by: item.attested.by }));
  if (item.certified) words.push(t("evidenceCertified"));
  return bdi(words.join(" · ") || t("evidenceNone"));
}
