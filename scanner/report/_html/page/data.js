// The data, and what is read from its columns. scanner/report/_html/payload.py describes it.

const data = JSON.parse(document.getElementById("data").textContent);
const { strings, lists, rows, resources, checks, scopes } = data;

const ID_LENGTH = 12;
const ROW_STATUSES = ["fail", "waived", "error", "unknown"];
const ITEM_STATUSES = ["met", "partly_met", "not_met", "not_applicable", "not_assessed"];
const SEVERITIES = ["critical", "high", "medium", "low"];
const VERDICTS = ["passed", "failed", "waived", "unknown", "error", "not_applicable"];

const rowCount = rows.check.length;
const rowId = (row) => rows.ids.substr(row * ID_LENGTH, ID_LENGTH);
const rowCheck = (row) => checks[rows.check[row]];
const rowStatus = (row) => ROW_STATUSES[rows.status[row]];

/** The text of a resource's column, for a row. */
const ofResource = (row, column) => strings[resources[column][rows.resource[row]]];

/** What stands behind a verdict: the message of a finding, or the reasons of what is undecided. */
function rowMessage(row, lang) {
  const zh = lang === "zh";
  const values = lists[zh ? rows.zh[row] : rows.en[row]];
  if (rows.status[row] >= 2 && !values.length) return t("noReason");
  if (rows.status[row] >= 2) return values.map((v) => strings[v]).join(zh ? "；" : "; ");
  if (rows.whole[row]) return strings[values[0]];
  const parts = zh ? rowCheck(row).message_zh : rowCheck(row).message;
  let text = parts[0];
  for (let i = 0; i < values.length; i++) text += strings[values[i]] + parts[2 * i + 2];
  return text;
}

/** Where the thing is: a template's file and line, or the snapshot's. */
function rowWhere(row) {
  const where = ofResource(row, "where");
  return rows.line[row] ? where.replace(/:\d+$/, ":" + rows.line[row]) : where;
}

/** A system at a level, in links. */
const scopeKey = (scope) => `${scope.system}@${scope.level}`;
const scopeOfKey = (key) => scopes.findIndex((scope) => scopeKey(scope) === key);

/** Whether any verdict was reached in a scope: without one, silence says nothing. */
const isJudged = (scope) => scope.verdicts[0] + scope.verdicts[1] + scope.verdicts[2] > 0;

const checkPlace = new Map(checks.map((check, place) => [check.id, place]));
const domainPlace = new Map(data.domains.map((domain, place) => [domain.key, place]));

/** The results of a check's items in a scope: a check may feed items that a level does not have. */
const itemsOfCheck = scopes.map((scope) => {
  const found = new Map();
  for (const item of scope.items) {
    for (const [check] of item.checks || []) {
      if (!found.has(check)) found.set(check, []);
      found.get(check).push(item);
    }
  }
  return found;
});
const itemsOf = (row) => itemsOfCheck[rows.scope[row]].get(rows.check[row]) || [];

const findingsOfCheck = new Int32Array(checks.length);
for (let row = 0; row < rowCount; row++) findingsOfCheck[rows.check[row]]++;
