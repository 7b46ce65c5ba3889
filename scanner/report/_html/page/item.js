// Everything about one requirement item.

function itemDetail(item, scope) {
  const requirement = data.requirements[item.key];
  const risks = [...(item.major_risk || []), ...(item.high_risk || [])];
  return [
    terms([
      [t("reason"), bdi(tp(item.reason))],
      [t("howAssessed"), t("assessed." + requirement.assessed)],
      [t("attestation"), item.attested ? bdi(attestationText(item.attested)) : null],
      [
        t("certificate"),
        item.certified ? bdi(item.certified.map(certificateText).join("; ")) : null,
      ],
      [
        t("risks"),
        risks.length
          ? el(
              "ul",
              {},
              risks.map((id) => el("li", {}, `${id}: ${tx(data.risks[id])}`)),
            )
          : null,
      ],
      [t("toProvide"), requirement.evidence ? tx(requirement.evidence) : null],
      [t("remark"), item.numbering === "stated" ? null : t("numbering." + item.numbering)],
    ]),
    item.checks ? checkCounts(item, scope) : el("p", { class: "muted" }, t("checksNone")),
    item.missing
      ? el("p", { class: "muted" }, t("checksMissing", { names: item.missing.join(", ") }))
      : null,
    el(
      "p",
      { class: "noprint" },
      to(hashOf({ item: item.key, scope: scopeKey(scope) }), t("linkHere")),
      " ",
      code(item.key),
    ),
  ];
}

const attestationText = (one) =>
  t("attestationText", { ...one, result: t("status." + one.result) });
const certificateText = (one) => t("certificateText", one);

function checkCounts(item, scope) {
  const used = VERDICTS.map((name, i) => i).filter((i) =>
    item.checks.some((counts) => counts[i + 1]),
  );
  const head = [
    th(t("checkColumn")),
    ...used.map((i) => th(t("verdict." + VERDICTS[i]), { class: "n" })),
  ];
  const body = item.checks.map(([place, ...counts]) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        to(hashOf({ check: checks[place].id }), tx(checks[place].title)),
        " ",
        counts[1] + counts[2] + counts[3] + counts[4]
          ? to(
              hashOf({ findings: true, scope: scopeKey(scope), check: checks[place].id }),
              `(${t("findings")})`,
            )
          : null,
      ),
      used.map((i) => el("td", { class: "n" }, number(counts[i]))),
    ),
  );
  return [
    el("h4", {}, t("checksFeeding")),
    framed(`${t("checksFeeding")}: ${item.clause}`, head, el("tbody", {}, body), {
      class: "inner",
    }),
  ];
}
