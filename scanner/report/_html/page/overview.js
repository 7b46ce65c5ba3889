// The overview: what was scanned, and a card for each system at its level.

function overview() {
  return [
    el("h2", { tabindex: "-1" }, t("overview")),
    about(),
    scopes.length > 1 ? systemsTable() : null,
    scopes.map(card),
  ];
}

function about() {
  const scan = data.about;
  return terms([
    [t("scanned"), el("time", { datetime: scan.now }, scan.now)],
    [t("source"), [t("origin." + scan.origin), " · ", t("resources", { n: scan.resources })]],
    [t("clouds"), scan.providers.join(", ")],
    [t("accounts"), named(scan.accounts)],
    [t("regions"), named(scan.regions)],
    [
      t("tool"),
      t("toolText", { version: scan.tool_version, engine: scan.engine, n: checks.length }),
    ],
    [t("notes"), scan.notes.length ? scan.notes.map((note) => el("p", {}, bdi(tx(note)))) : null],
  ]);
}

const named = (names) => (names.length ? bdi(names.join(", ")) : null);

function systemsTable() {
  const head = ["system", "levelColumn", "outcome", "rate", "failuresBySeverity", "riskItems"].map(
    (key) => th(t(key)),
  );
  const body = scopes.map((scope, place) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        to(`#card-${place}`, scope.declared ? bdi(scope.system) : t("everything")),
      ),
      el("td", {}, levelName(scope.level)),
      el("td", {}, mark("outcome", scope.conformity.outcome)),
      el("td", {}, rateText(scope.conformity)),
      el("td", {}, severityMarks(scope)),
      el("td", {}, riskCounts(scope)),
    ),
  );
  return el(
    "section",
    {},
    el("h3", {}, t("systems")),
    framed(t("systems"), head, el("tbody", {}, body)),
  );
}

/** Failures by severity, the worst first, each number a link to its findings. */
function severityMarks(scope) {
  const found = SEVERITIES.map((name, i) => [name, scope.severities[3 - i]]).filter(([, n]) => n);
  if (!found.length) return "0";
  return found.map(([name, n]) => {
    const target = { findings: true, scope: scopeKey(scope), severity: name, status: "fail" };
    const label = `${t("severity." + name)}: ${number(n)}`;
    const link = el("a", { href: hashOf(target), "aria-label": label }, number(n));
    return el("span", { class: "pair" }, mark("severity", name), " ", link);
  });
}

/** How many items are cases of each risk that assessors name. */
function riskCounts(scope) {
  const marks = [
    ["majorRisk", "major_risk", "critical"],
    ["highRisk", "high_risk", "high"],
  ].map(([name, field, kind]) => {
    const n = scope.items.filter((item) => item[field]).length;
    return n ? el("span", { class: `pair mark ${kind}` }, `⚠ ${t(name)} ${number(n)}`) : null;
  });
  return marks.some(Boolean) ? marks : "0";
}

function card(scope, place) {
  const title = scope.declared
    ? [bdi(scope.system), ` · ${levelName(scope.level)}`]
    : levelName(scope.level);
  return el(
    "section",
    {
      class: "card",
      id: `card-${place}`,
      "aria-labelledby": `card-title-${place}`,
      tabindex: "-1",
    },
    el("h3", { id: `card-title-${place}` }, title),
    el("p", { class: "muted" }, [
      t("resources", { n: scope.resources }),
      scope.owner ? [" · ", bdi(t("owner", { owner: scope.owner }))] : null,
    ]),
    isJudged(scope) ? null : el("p", { class: "warning" }, t("nothingJudged")),
    el(
      "div",
      { class: "numbers" },
      el(
        "p",
        {},
        el("span", { class: "label" }, t("outcome")),
        mark("outcome", scope.conformity.outcome),
        el("small", {}, t("resultNotice")),
      ),
      el(
        "p",
        {},
        el("span", { class: "label" }, t("rate")),
        el("strong", {}, rateText(scope.conformity)),
        el("small", {}, t("rateOf", { n: scope.conformity.counted })),
      ),
      el(
        "p",
        {},
        el("span", { class: "label" }, t("failuresBySeverity")),
        el("span", { class: "marks" }, severityMarks(scope)),
        el("small", {}, t("failuresNote")),
      ),
    ),
    el("p", { class: "muted" }, t("verdicts", { text: verdictWords(scope.verdicts) || "0" })),
    el("p", { class: "muted small" }, t("rateHow")),
    domainTable(scope),
    riskList(scope),
    worstChecks(scope),
    trendChart(scope),
    el(
      "p",
      { class: "links" },
      to(hashOf({ items: true, scope: scopeKey(scope) }), t("toItems")),
      " · ",
      to(hashOf({ findings: true, scope: scopeKey(scope) }), t("toFindings")),
    ),
  );
}

function domainTable(scope) {
  const head = [
    th(t("domain")),
    th(t("share")),
    ...ITEM_STATUSES.map((s) => th(mark("status", s), { class: "n" })),
  ];
  const line = (name, counts, tag) =>
    el(
      "tr",
      { class: tag },
      el("th", { scope: "row" }, name),
      el("td", {}, bar(name, counts)),
      counts.map((n) => el("td", { class: n ? "n" : "n none" }, number(n))),
    );
  const body = data.domains
    .map((domain, i) => [tx(domain.name), scope.domains[i]])
    .filter(([, counts]) => counts.some((n) => n))
    .map(([name, counts]) => line(name, counts, ""));
  return framed(
    `${t("domainsOf")}: ${scopeName(scope)}`,
    head,
    el("tbody", {}, body, line(t("all"), scope.totals, "total")),
  );
}

function riskList(scope) {
  const risky = scope.items.filter((item) => item.high_risk || item.major_risk);
  if (!risky.length) return el("p", {}, t("risksNone"));
  return el(
    "details",
    { open: printing },
    el("summary", {}, `⚠ ${t("risks")} (${number(risky.length)})`),
    el("p", { class: "muted small" }, t("risksDecide")),
    el(
      "ul",
      {},
      risky.map((item) =>
        el(
          "li",
          {},
          itemLink(item, scope),
          " ",
          tx(data.requirements[item.key].control_point),
          " ",
          riskMarks(item),
        ),
      ),
    ),
  );
}

function worstChecks(scope) {
  const failing = new Map();
  for (const item of scope.items) {
    for (const [check, , failed] of item.checks || []) if (failed) failing.set(check, failed);
  }
  const worst = [...failing].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5);
  if (!worst.length) return null;
  return el(
    "section",
    {},
    el("h4", {}, t("worst")),
    el(
      "ol",
      {},
      worst.map(([check, failed]) =>
        el(
          "li",
          {},
          to(
            hashOf({ findings: true, scope: scopeKey(scope), check: checks[check].id }),
            tx(checks[check].title),
          ),
          ` (${number(failed)}) `,
          mark("severity", checks[check].severity),
        ),
      ),
    ),
  );
}
