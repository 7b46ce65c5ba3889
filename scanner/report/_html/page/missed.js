// What was not assessed and why, and what of the user's file no longer counts.

const STEP = 200;

function missed() {
  const m = data.missed;
  const sections = [
    listing("reasonsTitle", ["reason", "number"], m.reasons, ([why, n]) => [
      cell(tp(why)),
      numberCell(n),
    ]),
    listing("callsTitle", ["call", "account", "region", "resource", "callWhy"], m.calls, (call) => [
      cell(call.what),
      cell(call.account),
      cell(call.region),
      cell(call.resource),
      cell(tx(call.why)),
    ]),
    openItems(),
    listing("typesTitle", ["type", "number"], m.types, ([type, n]) => [cell(type), numberCell(n)]),
    listing("outsideTitle", ["resource", "type", "account", "region"], m.outside, (place) =>
      [language === "zh" ? "name_zh" : "name", "type", "account", "region"].map((column) =>
        cell(strings[resources[column][place]]),
      ),
    ),
    m.uncertain ? part("uncertainTitle", el("p", {}, t("uncertain", { n: m.uncertain }))) : null,
    listing("emptyTitle", ["system"], m.empty_systems, (name) => [cell(name)]),
    listing(
      "notOfferedTitle",
      ["checkColumn", "cloud", "reason", "number"],
      m.not_offered,
      ([place, cloud, why, n]) => [
        el("td", {}, to(hashOf({ check: checks[place].id }), tx(checks[place].title))),
        cell(cloud),
        cell(tx(why)),
        numberCell(n),
      ],
    ),
    waiverList("waiversTitle", data.waivers),
    waiverList("expiredWaivers", m.expired_waivers),
    waiverList("unusedWaivers", m.unused_waivers),
    attestationList("expiredAttestations", m.expired_attestations),
    attestationList("unusedAttestations", m.unused_attestations),
    listing("expiredPlatforms", ["certificate"], m.expired_platforms, (one) => [
      cell(certificateText(one)),
    ]),
    listing(
      "leftOutTitle",
      ["clause", "subject", "reason"],
      m.left_out,
      ([clauses, subject, why]) => [cell(clauses), cell(tx(subject)), cell(tx(why))],
    ),
  ];
  return [
    el("h2", { tabindex: "-1" }, t("missed")),
    el("p", {}, t("missedIntro")),
    sections.some(Boolean) ? sections : el("p", {}, t("missedNothing")),
    el("p", { class: "muted" }, t("managementNote")),
  ];
}

const cell = (text) => el("td", {}, bdi(text));
const numberCell = (n) => el("td", { class: "n" }, number(n));
const part = (title, ...children) => el("section", {}, el("h3", {}, t(title)), ...children);

/** A titled table of a list; a long one grows by a button, so that the page stays quick. */
function listing(title, columns, list, cells) {
  if (!list.length) return null;
  const body = el("tbody", {});
  const line = (one) => el("tr", {}, cells(one));
  let shown = 0;
  const grow = () => {
    const next = list.slice(shown, printing ? list.length : shown + STEP);
    append(body, next.map(line));
    shown += next.length;
    if (shown === list.length) more.remove();
    else more.textContent = t("more", { n: Math.min(STEP, list.length - shown) });
  };
  const more = el("button", { type: "button", on: { click: grow } });
  const table = framed(
    t(title),
    columns.map((name) => th(t(name), name === "number" ? { class: "n" } : {})),
    body,
  );
  const section = el(
    "section",
    {},
    el("h3", {}, `${t(title)} (${number(list.length)})`),
    table,
    more,
  );
  grow();
  return section;
}

function waiverList(title, list) {
  return listing(title, ["checkColumn", "resource", "reason", "approver", "until"], list, (one) => [
    cell(one.check),
    cell(one.resource),
    cell(one.reason),
    cell(one.approver),
    cell(one.expires),
  ]);
}

function attestationList(title, list) {
  return listing(title, ["clauses", "attestation"], list, ([item, one]) => [
    cell(item),
    cell(attestationText(one)),
  ]);
}

/** The items that are not assessed, with what it would take. */
function openItems() {
  const open = scopes.flatMap((scope) =>
    scope.items.filter((item) => item.status === "not_assessed").map((item) => [scope, item]),
  );
  return listing(
    "itemsOpen",
    ["clause", "system", "requirement", "reason"],
    open,
    ([scope, item]) => [
      el("td", {}, itemLink(item, scope)),
      cell(scopeName(scope)),
      el(
        "td",
        {},
        tx(data.requirements[item.key].control_point),
        el("small", {}, tx(data.requirements[item.key].summary)),
      ),
      cell(tp(item.reason)),
    ],
  );
}
