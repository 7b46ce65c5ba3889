// Texts in the language that is shown.

let language = data.language;

const LEVELS = ["", "一", "二", "三", "四"];

/** One of the page's own texts. Values take the places of `{names}`; `n` decides singular or plural. */
function t(key, values = {}) {
  const pair = data.texts[key];
  if (!pair) throw new Error("no text " + key);
  let text = pair[language === "zh" ? 1 : 0];
  const bar = text.indexOf("|");
  if (bar >= 0) text = values.n === 1 ? text.slice(0, bar) : text.slice(bar + 1);
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    if (!(name in values)) return place;
    const value = values[name];
    return typeof value === "number" ? number(value) : value;
  });
}

/** A text that the data has in both languages. */
const tx = (text) => (language === "zh" ? text.zh : text.en);

/** The same, by places in the table of strings. */
const tp = (pair) => strings[pair[language === "zh" ? 1 : 0]];

const number = (value) => value.toLocaleString(language === "zh" ? "zh-CN" : "en");
const levelName = (level) => t("level", { n: level, zh: LEVELS[level] });
const scopeName = (scope) =>
  scope.declared ? `${scope.system} · ${levelName(scope.level)}` : levelName(scope.level);

/** The rate of conforming items: a range where items are not assessed. */
function rateText(conformity) {
  const { lowest, highest } = conformity;
  return lowest === highest ? `${lowest} %` : `${lowest}–${highest} %`;
}

/** The name of a row's resource. */
const nameOf = (row) => ofResource(row, language === "zh" ? "name_zh" : "name");
