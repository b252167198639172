// What every page's script shares. The pages work without script; with it they
// show how a file is read before it is checked, and make a result searchable.
// Nothing from a BOM or a report ever becomes markup: el() makes text of it.

export const language = document.documentElement.lang;
const strings = {};

/** The English text in the page's language; {0}, {1} … are the values. */
export function t(text, ...values) {
    return (strings[text] ?? text).replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
}

export const number = (n) => n.toLocaleString(language);
export const byId = (id) => document.getElementById(id);
const isLeftOut = (content) => content == null || content === false || content === "";

/** An element; what is null, false or empty among its content is left out. */
export function el(tag, attributes = {}, ...content) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on"))
            made.addEventListener(name.slice(2), value);
        else if (value === true)
            made.setAttribute(name, "");
        else if (value !== false && value != null)
            made.setAttribute(name, value);
    }
    made.append(...content.flat(Infinity).filter((piece) => !isLeftOut(piece)));
    return made;
}

/** Put the content in the place of what is there. */
export function fill(place, ...content) {
    place.replaceChildren(...content.flat(Infinity).filter((piece) => !isLeftOut(piece)));
}

export const alarm = (...lines) =>
    el("div", { class: "alarm" }, lines.map((line) => el("p", {}, line)));

/** A table; on a narrow screen each row stands as a card of labelled cells. */
export function table(heads, rows, attributes = {}) {
    return el("table", { class: "stack", ...attributes },
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, i) =>
            el("td", { "data-label": heads[i] }, cell))))));
}

export const withLanguage = (path) => `${path}?lang=${encodeURIComponent(language)}`;

export const unreachable = () =>
    t("The server cannot be reached. Is bomgate serve still running? Nothing of your files was lost; try again.");

/** What the server says went wrong. @param told  Its answer, if it was JSON. */
export const problemOf = (status, told) =>
    told?.error?.message ?? t("The server answered with an error ({0}). Try again.", status);

/** @throws Error whose message says what to do; AbortError as it is. */
export async function getJson(path, options) {
    let reply;
    try {
        reply = await fetch(path, options);
    } catch (error) {
        throw error.name === "AbortError" ? error : new Error(unreachable());
    }
    const told = await reply.json().catch(() => null);
    if (!reply.ok || told === null)
        throw new Error(problemOf(reply.status, told));
    return told;
}

/** Begin once the page's language is there. */
export async function start(page) {
    if (language !== "en")
        Object.assign(strings, await getJson(`/strings/${language}.json`).catch(() => ({})));
    for (const part of document.querySelectorAll("[data-script]"))
        part.hidden = false;
    page();
}

// ---- Words that several pages show ---------------------------------------

export const severity = ["prohibited", "upcoming", "restricted", "review", "unknown", "out-of-scope", "clear", "waived"];

export function verdictName(verdict) {
    return {
        "prohibited": t("prohibited"),
        "upcoming": t("upcoming"),
        "restricted": t("restricted"),
        "review": t("review"),
        "unknown": t("unknown"),
        "out-of-scope": t("out-of-scope"),
        "clear": t("clear"),
        "waived": t("waived"),
    }[verdict] ?? verdict;
}

export const badge = (verdict) => el("span", { class: `v ${verdict}` }, verdictName(verdict));

/** How a file was read, in one line: an entry of `boms`, or bomgate-columns/1. */
export function howRead(bom) {
    const delimiter = { "\t": t("tab"), " ": t("space") }[bom.delimiter] ?? bom.delimiter;
    return [
        bom.format?.toUpperCase(),
        bom.delimiter && bom.encoding,
        bom.delimiter && t("separated by “{0}”", delimiter),
        bom.sheet && t("sheet “{0}”", bom.sheet),
        bom.header_line ? t("header on line {0}", bom.header_line) : t("no header"),
        t("part lines: {0}", number(bom.lines)),
    ].filter(Boolean).join(" · ");
}

export function diagnosticList(bom) {
    const { diagnostics, diagnostics_more: more } = bom;
    return diagnostics.length > 0 && el("details", {},
        el("summary", {}, t("Remarks on the file: {0}", number(diagnostics.length + more))),
        el("ul", {}, diagnostics.map((d) => el("li", {},
            d.line ? t("Line {0}: {1}", d.line, d.message) : d.message,
            d.severity === "lost" && [" ", el("b", {}, t("(not read)"))]))));
}
