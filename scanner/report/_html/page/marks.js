// Marks of results, statuses and severities: a sign and a word, so that colour says nothing alone.

const SIGNS = {
  met: "✓",
  partly_met: "◐",
  not_met: "✗",
  not_applicable: "–",
  not_assessed: "?",
  conforming: "✓",
  basically_conforming: "◐",
  not_conforming: "✗",
  undecided: "?",
  fail: "✗",
  waived: "≈",
  unknown: "?",
  error: "!",
  critical: "▲▲",
  high: "▲",
  medium: "◆",
  low: "▽",
};

/** A mark of a family: status, outcome, row or severity. */
function mark(family, value) {
  return el(
    "span",
    { class: `mark ${value}` },
    el("span", { "aria-hidden": "true", class: "sign" }, SIGNS[value]),
    " ",
    t(`${family}.${value}`),
  );
}

/** Marks of the risks that assessors name, with the numbers of their cases. */
function riskMarks(item) {
  const marks = [];
  const add = (name, kind, ids) => {
    if (ids && ids.length)
      marks.push(el("span", { class: `mark ${kind}` }, `⚠ ${t(name)} ${ids.join(", ")}`));
  };
  add("majorRisk", "critical", item.major_risk);
  add("highRisk", "high", item.high_risk);
  return marks;
}

/** Numbers of verdicts: those that there are. */
function verdictWords(counts) {
  return VERDICTS.map((name, i) => [name, counts[i]])
    .filter(([, n]) => n)
    .map(([name, n]) => `${t("verdict." + name)} ${number(n)}`)
    .join(" · ");
}
