// Drawings, each with a text that says the same.

const BAR = 240;

/** How many items of a domain have each result, as a bar. */
function bar(name, counts) {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const words = counts
    .map((n, i) => (n ? `${t("status." + ITEM_STATUSES[i])} ${n}` : ""))
    .filter(Boolean);
  const label = t("barLabel", { domain: name, parts: words.join(", ") || t("noItems") });
  let x = 0;
  const parts = counts.map((n, i) => {
    if (!n) return null;
    const width = (BAR * n) / total;
    const part = svg("rect", {
      class: `bar ${ITEM_STATUSES[i]}`,
      x: x.toFixed(2),
      y: 0,
      width: Math.max(width - 1.5, 0.5).toFixed(2),
      height: 14,
    });
    x += width;
    return part;
  });
  return svg(
    "svg",
    {
      role: "img",
      "aria-label": label,
      viewBox: `0 0 ${BAR} 14`,
      class: "bars",
      preserveAspectRatio: "none",
    },
    parts,
  );
}

const TREND = ["failed", "new", "reopened", "fixed", "unseen"];

/** Earlier runs of a system: the rate as a line, and every number as a table. */
function trendChart(scope) {
  const points = (data.trend || []).filter(
    (point) => point.system === scope.system && point.level === scope.level,
  );
  if (points.length < 2) return null;
  const x = (i) => 10 + (i * 380) / (points.length - 1);
  const y = (rate) => 110 - rate;
  const line = (name) =>
    points.map((point, i) => `${x(i).toFixed(1)},${y(point[name]).toFixed(1)}`);
  const label = t("trendLabel", {
    n: points.length,
    first: points[0].now.slice(0, 10),
    last: points[points.length - 1].now.slice(0, 10),
  });
  const area = [...line("highest"), ...line("lowest").reverse()].join(" ");
  const chart = svg(
    "svg",
    { role: "img", "aria-label": label, viewBox: "0 0 400 120", class: "trend" },
    svg("path", { d: "M10 10H390M10 60H390M10 110H390", class: "grid" }),
    svg("polygon", { points: area, class: "range" }),
    svg("polyline", { points: line("lowest").join(" "), class: "line" }),
    points.map((point, i) => svg("circle", { cx: x(i), cy: y(point.lowest), r: 3, class: "dot" })),
  );
  const body = points.map((point) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, point.now),
      el("td", {}, rateText(point)),
      TREND.map((name) => el("td", {}, number(point[name]))),
    ),
  );
  const names = ["scanned", "trendRate", ...TREND.map((name) => "trend." + name)];
  const head = names.map((name) => th(t(name)));
  return el(
    "section",
    { class: "history" },
    el("h4", {}, t("trend")),
    chart,
    framed(label, head, el("tbody", {}, body)),
    points.some((point) => point.unseen) ? el("p", {}, t("trendUnseen")) : null,
  );
}
