// What opens under a row of the result: each rule with the five answers behind
// its verdict, the law, and what can be bought instead.

import { badge, el, number, severity, t, table, verdictName } from "./app.js";

/* Only an address of the web becomes a link. */
function lawLink(finding) {
    const text = finding.citation ?? finding.title;
    return /^https?:\/\//i.test(finding.url ?? "")
        ? el("a", { href: finding.url, rel: "noopener noreferrer", target: "_blank" }, text) : text;
}

// ---- Who made it, and where that stands ----------------------------------

/* 0 is A. */
function columnLetters(index) {
    const rest = Math.floor(index / 26);
    return (rest > 0 ? columnLetters(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

/** The columns that the maker was found in: its evidence quotes their headers. */
function evidenceColumns(finding, bom) {
    const quoted = ({ header }) => [`"${header}"`, `“${header}”`].some((text) => finding.evidence?.includes(text));
    return ["manufacturer", "mpn", "maker-and-mpn"].flatMap((field) => {
        const columns = bom?.columns[field] ?? [];
        return columns.length === 1 ? columns : columns.filter(quoted);
    });
}

function placeOf(finding, report) {
    const sameFile = report.boms.filter((bom) => bom.path === finding.bom);
    const bom = sameFile.find((other) => other.sheet === finding.sheet) ?? sameFile[0];
    const columns = evidenceColumns(finding, bom).map((column) => column.index);
    if (finding.sheet === null) {
        const names = columns.map((index) => bom.columns && t("column {0}", index + 1));
        return [finding.bom, t("line {0}", finding.line), ...names].join(", ");
    }
    const cells = columns.map((index) => columnLetters(index) + finding.line);
    return [finding.bom, t("sheet “{0}”", finding.sheet),
        ...(cells.length > 0 ? cells : [t("line {0}", finding.line)])].join(", ");
}

function makerFacts(finding, report) {
    const owner = finding.owner !== null && finding.owner !== finding.party && t("owned by {0}", finding.owner);
    return [
        finding.party_name !== null && el("p", {}, el("strong", {}, finding.party_name), owner && ` (${owner})`),
        el("p", {}, finding.evidence),
        el("p", { class: "hint" }, placeOf(finding, report)),
    ];
}

// ---- The five answers ----------------------------------------------------

/* A reason leaves one of the questions open, or answers it with no. */
const reasons = () => ({
    "probable-maker": ["maker", "open", t("Probably, not certainly.")],
    "contradiction": ["maker", "open", t("The manufacturer's name and the part number contradict each other.")],
    "shared-name": ["maker", "open", t("Several companies have this name.")],
    "affiliate": ["listed", "open", t("It is an affiliate of the company that is listed.")],
    "unconfirmed": ["listed", "open", t("This rests on a fact that is not confirmed.")],
    "open-origin": ["listed", "open", t("The rule goes by the origin, which the bill of materials does not say.")],
    "inside": ["covers", "open", t("What is inside decides, and no bill of materials shows it.")],
    "category": ["covers", "no", t("The rule does not cover this kind of part.")],
    "open-category": ["covers", "open", t("The rule covers only some kinds of part, and the kind is not known well enough.")],
    "buyer": ["binds", "no", t("The rule binds other buyers.")],
    "activity": ["binds", "no", t("The rule does not restrict this activity.")],
    "export-side": ["binds", "no", t("The rule restricts selling to the company, not buying from it.")],
    "open-profile": ["binds", "open", t("A more exact description of the buyer decides.")],
    "check": ["binds", "open", t("The rule asks for a check.")],
    "ended": ["holds", "no", t("The rule has ended.")],
    "proposed": ["holds", "no", t("The rule is only proposed.")],
    "open-date": ["holds", "open", t("The day from which it holds is not certain.")],
});

const relations = () => ({
    "brand": t("Through the brand {0}"),
    "former-name": t("Through the former name {0}"),
    "owned-by": t("Through its owner {0}"),
    "owns": t("Through {0}, which it owns"),
    "same-owner": t("Through {0}, which has the same owner"),
    "may-contain": t("Through {0}, whose parts may be inside"),
    "sold": t("Through {0}, where the business went"),
});

function viaText(via) {
    if (via === null)
        return null;
    const days = [via.from && t("since {0}", via.from), via.until && t("until {0}", via.until)].filter(Boolean).join(", ");
    const text = (relations()[via.relation] ?? "{0}").replace("{0}", via.name);
    return days === "" ? text : `${text} (${days})`;
}

function amount(mbit) {
    return mbit % 1024 === 0 ? `${number(mbit / 1024)} Gbit` : `${number(mbit)} Mbit`;
}

function parameterText(known) {
    return [
        known.density_mbit && amount(known.density_mbit),
        known.width && `×${known.width}`,
        known.speed_mts && `${number(known.speed_mts)} MT/s`,
        known.voltage_mv && `${known.voltage_mv / 1000} V`,
        known.package, known.temperature, known.interface,
    ].filter(Boolean).join(", ");
}

function kindText(finding) {
    const kind = finding.category?.replaceAll("/", " › ") ?? t("The kind of part is not known.");
    return [kind, parameterText(finding.parameters)].filter(Boolean).join("; ");
}

function buyers(findings, report) {
    const names = [...new Set(findings.map((finding) => report.profile_names[finding.profile] ?? finding.profile))];
    return names.length <= 3
        ? names.map((name) => el("p", {}, name))
        : el("details", {}, el("summary", {}, t("Kinds of buyer: {0}", number(names.length))),
            el("ul", {}, names.map((name) => el("li", {}, name))));
}

function dayText(finding) {
    return [
        finding.from !== null && t("From {0}.", finding.from),
        finding.days_left !== null && t("Days left: {0}.", number(finding.days_left)),
        finding.becomes !== null && t("Then: {0}.", verdictName(finding.becomes)),
    ].filter(Boolean).join(" ");
}

/** known, yes, later, no, open, or moot: of what is out of scope for one reason, no more was
    asked than whether the maker is listed. */
function answerTo(question, finding, report) {
    const [asked, state, told] = reasons()[finding.reason] ?? [];
    if (asked === question)
        return [state, told];
    if (question === "maker")
        return [finding.confidence === "certain" ? "known" : "open", null];
    if (finding.verdict === "out-of-scope" && question !== "listed")
        return ["moot", null];
    if (question === "binds" && !report.declared)
        return ["known", null];
    if (question === "holds" && finding.from > report.as_of)
        return ["later", null];
    return ["yes", null];
}

function questionList(findings, report) {
    const [finding] = findings;
    const words = { known: t("Known"), yes: t("Yes"), no: t("No"), open: t("To be checked"), later: t("Not yet"),
        moot: t("Does not matter here") };
    const questions = [
        ["maker", t("Who made it?"), makerFacts(finding, report)],
        ["listed", t("Does the rule select it?"), el("p", {}, viaText(finding.via))],
        ["covers", t("Does the rule cover this kind of part?"), el("p", {}, kindText(finding))],
        ["binds", report.declared ? t("Does the rule bind you?") : t("Whom does the rule bind?"), buyers(findings, report)],
        ["holds", t("Does the rule hold on {0}?", report.as_of), el("p", {}, dayText(finding))],
    ];
    return el("ol", { class: "questions" }, questions.map(([question, text, facts]) => {
        const [state, told] = answerTo(question, finding, report);
        return el("li", {}, el("b", {}, text), " ", el("span", { class: `answer ${state}` }, words[state]),
            told && el("p", {}, told), facts);
    }));
}

// ---- The rules -----------------------------------------------------------

/** Findings that differ only in the buyer, together; the worst first. */
function rulesOf(row) {
    const rules = new Map();
    for (const finding of row.findings) {
        const { verdict, measure, clause, reason, customer, waiver } = finding;
        const key = JSON.stringify([verdict, measure, clause, reason, customer, waiver]);
        rules.set(key, [...(rules.get(key) ?? []), finding]);
    }
    return [...rules.values()].sort(([a], [b]) => severity.indexOf(a.verdict) - severity.indexOf(b.verdict));
}

function ruleBox(findings, report) {
    const [finding] = findings;
    const { waiver } = finding;
    return el("article", { class: "rule" },
        el("h3", {}, badge(finding.verdict), el("span", {}, finding.title ?? t("No maker, so no rule could be asked"))),
        el("p", {}, finding.why),
        el("p", { class: "do" }, finding.do),
        waiver && el("p", {}, t("Accepted until {0} by {1}: {2}", waiver.expires, waiver.approved_by, waiver.reason)),
        finding.measure === null ? makerFacts(finding, report) : questionList(findings, report),
        finding.measure !== null && el("p", { class: "law" }, el("b", {}, t("The law")), " ", lawLink(finding), " ",
            el("small", {}, `${finding.measure}, ${finding.clause}`)));
}

/* What does not bind stands behind what does. */
function ruleList(row, report) {
    const rules = rulesOf(row);
    const outside = row.worst.verdict === "out-of-scope" ? [] : rules.filter(([f]) => f.verdict === "out-of-scope");
    return [
        rules.filter((findings) => !outside.includes(findings)).map((findings) => ruleBox(findings, report)),
        outside.length > 0 && el("details", {},
            el("summary", {}, t("Rules that name it but do not apply: {0}", number(outside.length))),
            outside.map((findings) => ruleBox(findings, report))),
    ];
}

// ---- Alternatives --------------------------------------------------------

const fitName = (fit) => ({
    "drop-in": t("drop-in"),
    "equivalent": t("equivalent"),
    "supplier": t("supplier"),
}[fit] ?? fit);

function alternativeVerdict(alternative, report) {
    const others = Object.entries(alternative.verdicts).filter(([, verdict]) => verdict !== alternative.verdict);
    const { closes } = alternative;
    return [
        badge(alternative.verdict),
        closes && el("p", {}, t("Prohibited from {0}: {1}", closes.from, closes.measure)),
        others.length > 0 && el("details", {}, el("summary", {}, t("Not for every buyer")),
            el("ul", {}, others.map(([profile, verdict]) =>
                el("li", {}, `${report.profile_names[profile] ?? profile}: ${verdictName(verdict)}`)))),
    ];
}

function alternativeCells(alternative, report) {
    const { country, lifecycle, check, mpn, fit, source } = alternative;
    const maker = alternative.party_name ?? alternative.party;
    return [
        country === null ? maker : `${maker} (${country})`,
        mpn ?? t("to be asked"),
        fitName(fit),
        alternativeVerdict(alternative, report),
        [check, lifecycle].filter(Boolean).join("; "),
        source,
    ];
}

function alternativesOf(row, report) {
    const { alternatives, alternatives_beyond: beyond, excluded } =
        row.findings.find((finding) => finding.alternatives.length + finding.excluded.length > 0) ?? row.worst;
    if (alternatives.length + excluded.length === 0)
        return null;
    const heads = [t("Maker"), t("Part number"), t("Fit"), t("Verdict"), t("To qualify"), t("Source")];
    return el("section", { class: "instead" },
        el("h3", {}, t("What to buy instead")),
        alternatives.length > 0
            ? [el("p", { class: "hint" }, t("Each is a candidate that engineering must qualify.")),
                table(heads, alternatives.map((alternative) => alternativeCells(alternative, report)))]
            : el("p", {}, t("None is known that may be bought.")),
        beyond > 0 && el("p", { class: "hint" }, t("More in the reports: {0}", number(beyond))),
        excluded.length > 0 && el("details", {},
            el("summary", {}, t("Left out, and why: {0}", number(excluded.length))),
            el("ul", {}, excluded.map(({ why }) => el("li", {}, why)))));
}

/** All that is known of a row: a part of a line, with its findings. */
export function detailOf(row, report) {
    const { quantity, ipn, description, fitted, alternate } = row.worst;
    const facts = [
        [t("Quantity"), quantity], [t("Own part number"), ipn], [t("Description"), description],
        [t("Remark"), [!fitted && t("not fitted"), alternate && t("an alternate part of its line")].filter(Boolean).join("; ")],
    ].filter(([, value]) => value);
    return [
        facts.length > 0 && el("dl", {}, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
        ruleList(row, report),
        alternativesOf(row, report),
    ];
}
