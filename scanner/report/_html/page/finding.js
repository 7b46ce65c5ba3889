// One finding: its line in the table, and everything about it below.

const openRows = new Set();

function findingRows(row) {
  const id = rowId(row);
  const check = rowCheck(row);
  const detail = el(
    "tr",
    { class: "detail", id: `finding-${id}-detail` },
    el("td", { colspan: 5 }),
  );
  const show = (open) => {
    detail.hidden = !open;
    if (open) replace(detail.firstChild, findingDetail(row));
    button.setAttribute("aria-expanded", open);
    openRows[open ? "add" : "delete"](id);
  };
  const button = el(
    "button",
    {
      type: "button",
      class: "toggle",
      "aria-controls": `finding-${id}-detail`,
      "aria-label": t("expand", { name: `${nameOf(row)}: ${tx(check.title)}` }),
      on: { click: () => show(detail.hidden) },
    },
    mark("severity", check.severity),
  );
  const line = el(
    "tr",
    { id: `finding-${id}`, class: "finding" },
    el("td", {}, printing ? mark("severity", check.severity) : button),
    el(
      "td",
      {},
      mark("row", rowStatus(row)),
      rows.aside[row] ? el("small", {}, asideText(row)) : null,
      scopes.length > 1 ? el("small", {}, scopeName(scopes[rows.scope[row]])) : null,
    ),
    el("td", {}, tx(check.title), el("small", {}, check.id)),
    el("td", { class: "resource" }, bdi(nameOf(row)), el("small", {}, bdi(placeWords(row)))),
    el("td", { class: "problem" }, bdi(rowMessage(row, language))),
  );
  if (printing) {
    const waived = rows.waiver[row] >= 0 ? waiverText(row) : null;
    if (waived) line.lastChild.append(el("small", {}, bdi(waived)));
    return [line];
  }
  show(openRows.has(id));
  return [line, detail];
}

const placeWords = (row) =>
  ["account", "region", "type"]
    .map((column) => ofResource(row, column))
    .filter(Boolean)
    .join(" · ");

function waiverText(row) {
  return rows.waiver[row] < 0 ? null : t("waiverText", data.waivers[rows.waiver[row]]);
}

/** Why else a failure does not count for the exit code. */
const asideText = (row) => (rows.aside[row] ? t("aside." + rows.aside[row]) : null);

function findingDetail(row) {
  const check = rowCheck(row);
  const text = (column) => ofResource(row, column);
  const waived = waiverText(row);
  return [
    terms([
      [t("problem"), bdi(rowMessage(row, language))],
      [t("waiver"), waived ? bdi(waived) : null],
      [t("aside"), asideText(row)],
      [t("resourceId"), code(text("id"))],
      [t("native"), text("native") ? bdi(text("native")) : null],
      [
        t("where"),
        rowWhere(row) ? code(rowWhere(row) + (text("address") ? ` ${text("address")}` : "")) : null,
      ],
      [t("firstSeen"), strings[rows.since[row]]],
      [t("fact"), strings[rows.at[row]] ? code(strings[rows.at[row]]) : null],
      [t("why"), tx(check.description)],
      [t("clauses"), clauseLinks(row)],
    ]),
    remedy(check, text("provider")),
    el(
      "p",
      {},
      to(hashOf({ check: check.id }), t("toCheck")),
      " · ",
      to(hashOf({ finding: rowId(row) }), t("linkHere")),
    ),
  ];
}

function clauseLinks(row) {
  const scope = scopes[rows.scope[row]];
  const found = itemsOf(row);
  if (!found.length) return null;
  return el(
    "ul",
    {},
    found.map((item) =>
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
  );
}

/** What to do; where the cloud is known, the texts of other clouds are left to the check's page. */
function remedy(check, provider) {
  const clouds = ["AWS", "Azure", "Alibaba Cloud"];
  const own = { aws: "AWS", azure: "Azure", aliyun: "Alibaba Cloud" }[provider];
  const shown = check.remedies.filter(
    (one) => !own || !clouds.includes(one.name.en) || one.name.en === own,
  );
  return el(
    "section",
    { class: "remedy" },
    el("h4", {}, t("remedy")),
    el("p", {}, tx(check.remedy)),
    shown.length ? terms(shown.map((one) => [tx(one.name), tp(one.text)])) : null,
  );
}
