// Which findings are shown, in which order. All of it works on numbers: 50,000 rows take milliseconds.

const SELECTS = ["scope", "domain", "account", "region", "type", "check"];
const emptyFilter = () => ({
  q: "",
  severity: [],
  status: [],
  scope: "",
  domain: "",
  account: "",
  region: "",
  type: "",
  check: "",
  sort: "",
  down: false,
  page: 0,
});
let filter = emptyFilter();

/** The words of a row that a search looks in; made once for each language. */
const haystacks = {};
function haystack() {
  if (!haystacks[language]) {
    const titles = checks.map((check) => `${check.id} ${tx(check.title)}`);
    const clauses = new Map();
    const clausesOf = (row) => {
      const key = rows.scope[row] * checks.length + rows.check[row];
      if (!clauses.has(key))
        clauses.set(
          key,
          itemsOf(row)
            .map((item) => item.clause)
            .join(" "),
        );
      return clauses.get(key);
    };
    const resourceTexts = resources.id.map((_, place) =>
      ["name", "name_zh", "id", "type", "native", "account", "region", "address", "where"]
        .map((column) => strings[resources[column][place]])
        .join(" "),
    );
    haystacks[language] = Array.from({ length: rowCount }, (_, row) =>
      [
        resourceTexts[rows.resource[row]],
        titles[rows.check[row]],
        rowMessage(row, language),
        clausesOf(row),
        rowId(row),
      ]
        .join("\n")
        .toLowerCase(),
    );
  }
  return haystacks[language];
}

/** Whether a row's check feeds an item of the domain at the row's level. */
function domainTest(domain) {
  const known = new Map();
  return (row) => {
    const key = rows.scope[row] * checks.length + rows.check[row];
    if (!known.has(key))
      known.set(
        key,
        itemsOf(row).some((item) => item.domain === domain),
      );
    return known.get(key);
  };
}

function columnTest(column, text) {
  // By the text and not by its place: what looks the same is filtered as the same.
  const wanted = resources[column].map((place) => strings[place] === text);
  return (row) => wanted[rows.resource[row]];
}

/** The tests that a row must pass. */
function tests() {
  const found = [];
  if (filter.scope) {
    const scope = scopeOfKey(filter.scope);
    found.push((row) => rows.scope[row] === scope);
  }
  if (filter.check) {
    const check = checkPlace.get(filter.check);
    found.push((row) => rows.check[row] === check);
  }
  if (filter.severity.length) {
    const wanted = checks.map((check) => filter.severity.includes(check.severity));
    found.push((row) => wanted[rows.check[row]]);
  }
  if (filter.status.length) {
    const wanted = ROW_STATUSES.map((status) => filter.status.includes(status));
    found.push((row) => wanted[rows.status[row]]);
  }
  for (const column of ["account", "region", "type"]) {
    if (filter[column]) found.push(columnTest(column, filter[column]));
  }
  if (filter.domain) found.push(domainTest(domainPlace.get(filter.domain)));
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length) {
    const texts = haystack();
    found.push((row) => words.every((word) => texts[row].includes(word)));
  }
  return found;
}

/** The rows that are shown, in their order: as the data has them, worst first, unless sorted. */
function matching() {
  const all = tests();
  const found = [];
  outer: for (let row = 0; row < rowCount; row++) {
    for (const test of all) if (!test(row)) continue outer;
    found.push(row);
  }
  const key = filter.sort && sortKey(filter.sort);
  if (key) {
    const sign = filter.down ? -1 : 1;
    found.sort((a, b) => sign * (key(a) - key(b)) || a - b);
  }
  return found;
}

const ranks = {};

/** A number of each row to sort by. */
function sortKey(name) {
  if (name === "severity") return (row) => SEVERITIES.indexOf(rowCheck(row).severity);
  if (name === "status") return (row) => rows.status[row];
  if (name === "system") return (row) => rows.scope[row];
  if (name === "check") {
    const rank = rankOf(`check ${language}`, () => checks.map((check) => tx(check.title)));
    return (row) => rank[rows.check[row]];
  }
  if (name === "resource") {
    const rank = rankOf(`name ${language}`, () => {
      const column = resources[language === "zh" ? "name_zh" : "name"];
      return column.map((place) => strings[place]);
    });
    return (row) => rank[rows.resource[row]];
  }
  return null;
}

/** The place of each text among all of them, sorted as people sort; equal texts share one. */
function rankOf(key, texts) {
  if (!ranks[key]) {
    const all = texts();
    const compare = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true })
      .compare;
    const place = new Map([...new Set(all)].sort(compare).map((text, i) => [text, i]));
    ranks[key] = all.map((text) => place.get(text));
  }
  return ranks[key];
}

/** The values of a resource's column that any row has. */
function valuesOf(column) {
  const places = new Set();
  for (let row = 0; row < rowCount; row++) places.add(resources[column][rows.resource[row]]);
  return [...new Set([...places].map((place) => strings[place]))].filter(Boolean).sort();
}

/** The filter as parameters of a link, and back. */
function filterHash() {
  const { severity, status, down, page, ...rest } = filter;
  return hashOf({
    findings: true,
    ...rest,
    severity: severity.join(","),
    status: status.join(","),
    down: down ? "1" : "",
    page: page ? String(page + 1) : "",
  });
}

function filterFrom(query) {
  const list = (name, known) =>
    (query.get(name) || "").split(",").filter((value) => known.includes(value));
  const found = emptyFilter();
  found.q = query.get("q") || "";
  found.severity = list("severity", SEVERITIES);
  found.status = list("status", ROW_STATUSES);
  for (const name of SELECTS) found[name] = query.get(name) || "";
  if (found.scope && scopeOfKey(found.scope) < 0) found.scope = "";
  // A select would show "all" for a value that it does not have, and the table nothing.
  for (const column of ["account", "region", "type"]) {
    if (found[column] && !valuesOf(column).includes(found[column])) found[column] = "";
  }
  if (!checkPlace.has(found.check)) found.check = "";
  if (!domainPlace.has(found.domain)) found.domain = "";
  found.sort = query.get("sort") || "";
  found.down = query.get("down") === "1";
  found.page = Math.max(0, (parseInt(query.get("page"), 10) || 1) - 1);
  return found;
}
