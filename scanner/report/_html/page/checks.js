// Every check with what to do about it: once, however many findings it has.

const checkState = { failing: true, open: new Set() };

function checkList() {
  const list = el("div", {});
  const redraw = () => {
    const shown = checks.filter(
      (check, i) => !checkState.failing || findingsOfCheck[i] || checkState.open.has(check.id),
    );
    replace(
      list,
      el("p", { role: "status", class: "muted" }, t("checksShown", { n: shown.length })),
      shown.map(checkBlock),
    );
  };
  redraw();
  const box = el("input", {
    type: "checkbox",
    id: "only-failing",
    checked: checkState.failing,
    on: {
      change: () => {
        checkState.failing = box.checked;
        checkState.open.clear();
        redraw();
      },
    },
  });
  return [
    el("h2", { tabindex: "-1" }, t("checks")),
    el(
      "p",
      { class: "controls noprint" },
      el("label", { for: "only-failing" }, box, " ", t("onlyFailing")),
    ),
    list,
  ];
}

function checkBlock(check) {
  const count = findingsOfCheck[checkPlace.get(check.id)];
  const body = el("div", { class: "inside" });
  const open = checkState.open.has(check.id);
  const block = el(
    "details",
    {
      id: `check-${check.id}`,
      open: open || printing,
      on: {
        toggle: () => {
          checkState.open[block.open ? "add" : "delete"](check.id);
          if (block.open) replace(body, checkBody(check, count));
        },
      },
    },
    el(
      "summary",
      {},
      mark("severity", check.severity),
      " ",
      el("strong", {}, tx(check.title)),
      " ",
      el("span", { class: "muted" }, count ? t("count", { n: count }) : t("checkNoFindings")),
    ),
    body,
  );
  if (open || printing) replace(body, checkBody(check, count));
  return block;
}

function checkBody(check, count) {
  return [
    terms([
      ["ID", code(check.id)],
      [t("why"), tx(check.description)],
      [t("targets"), check.targets.join(", ")],
      [t("clauses"), checkItems(check)],
      [
        t("references"),
        check.references.length
          ? el(
              "ul",
              {},
              check.references.map((one) => el("li", {}, reference(one))),
            )
          : null,
      ],
    ]),
    remedy(check, ""),
    el(
      "p",
      { class: "noprint" },
      count ? [to(hashOf({ findings: true, check: check.id }), t("showFindings")), " · "] : null,
      to(hashOf({ check: check.id }), t("linkHere")),
    ),
  ];
}

/** The items that a check feeds, by the clauses of the first scope that has them. */
function checkItems(check) {
  const found = [];
  for (const key of check.items) {
    for (const scope of scopes) {
      const item = scope.items.find((one) => one.key === key);
      if (item) {
        found.push(
          el("li", {}, itemLink(item, scope), " ", tx(data.requirements[key].control_point)),
        );
        break;
      }
    }
  }
  return found.length ? el("ul", {}, found) : null;
}
