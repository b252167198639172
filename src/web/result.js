// The result page: waiting for it, the table of findings, and its link.

import { badge, byId, diagnosticList, el, fill, getJson, howRead, language, number, problemOf, severity, start, t,
    unreachable, verdictName, withLanguage } from "./app.js";
import { detailOf } from "./finding.js";

const PAGE = 100; // rows of findings
const SHOWN = 5;  // of what was not checked, before one asks for more
const address = location.pathname.replace(/\/$/, "");

// ---- Waiting -------------------------------------------------------------

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* The server renders what is done: the page is loaded again. */
async function wait() {
    const words = el("p", {});
    fill(byId("progress"), el("progress", { "aria-labelledby": "running" }), words);
    for (;;) {
        const status = await getJson(`${address}/status`).catch((error) => ({ state: "lost", message: error.message }));
        if (status.state === "done" || status.state === "failed")
            return location.reload();
        words.textContent = status.message ?? t("Lines read so far: {0}", number(status.lines));
        await pause(status.state === "lost" ? 3000 : 400);
    }
}

// ---- Rows ----------------------------------------------------------------

const rankOf = (finding) => severity.indexOf(finding.waiver === null ? finding.verdict : "waived");

function finishRow(findings, order) {
    const worst = findings.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a));
    const { bom, sheet, refdes, manufacturer, mpn, ipn, description, party_name: maker } = worst;
    const rules = findings.flatMap(({ title, measure }) => [title, measure]);
    const verdict = severity[rankOf(worst)];
    const text = [verdictName(verdict), bom, sheet, refdes, manufacturer, mpn, ipn, description, maker, ...new Set(rules)];
    return { findings, order, worst, verdict, text: text.filter(Boolean).join("\n").toLowerCase() };
}

/** One row a part of a line: all that the rules say of it belongs together. */
function rowsOf(report) {
    const rows = new Map();
    for (const finding of report.findings) {
        const { bom, sheet, line, alternate, manufacturer, mpn } = finding;
        const key = JSON.stringify([bom, sheet, line, alternate, manufacturer, mpn]);
        if (rows.has(key))
            rows.get(key).push(finding);
        else
            rows.set(key, [finding]);
    }
    return [...rows.values()].map(finishRow);
}

// ---- The table -----------------------------------------------------------

/* Numbers sort as numbers, texts as the language sorts them. */
const columnsFor = (report) => [
    { name: t("Verdict"), by: (row) => severity.indexOf(row.verdict) },
    report.boms.length > 1 && { name: t("File"), by: (row) => row.worst.bom },
    { name: t("Line"), by: (row) => row.order, show: (row) => String(row.worst.line) },
    { name: t("Reference"), by: (row) => row.worst.refdes ?? "" },
    { name: t("Manufacturer"), by: (row) => row.worst.manufacturer ?? "" },
    { name: t("Part number"), by: (row) => row.worst.mpn ?? "", show: partCell },
    { name: t("Why"), by: (row) => row.worst.title ?? row.worst.why, show: whyCell },
].filter(Boolean);

function partCell({ worst }) {
    return [worst.mpn, worst.alternate && [" ", el("small", {}, t("alternate"))],
        !worst.fitted && [" ", el("small", {}, t("not fitted"))]];
}

function whyCell({ worst, findings }) {
    const applying = findings.filter((finding) => finding.verdict !== "out-of-scope" || worst.verdict === "out-of-scope");
    const more = new Set(applying.map((finding) => finding.measure)).size - 1;
    return [worst.title ?? worst.why, more > 0 && [" ", el("small", {}, t("and other rules: {0}", number(more)))]];
}

class FindingTable {
    constructor(report) {
        this.report = report;
        this.rows = rowsOf(report);
        this.columns = columnsFor(report);
        this.wanted = { verdict: null, words: [], sort: 0, down: false, page: 0 };
        this.body = el("tbody", {});
        this.heads = this.columns.map((column, i) => el("th", { scope: "col" },
            el("button", { type: "button", onclick: () => this.sortBy(i) }, column.name)));
        this.status = el("p", { role: "status" });
        this.pager = el("nav", { class: "pager", "aria-label": t("Pages of findings") });
        this.tiles = [];
        this.startTiles();
        fill(byId("findings"), this.tools(),
            el("table", { class: "stack findings", "aria-labelledby": "findings-title" },
                el("thead", {}, el("tr", {}, this.heads)), this.body),
            this.pager);
        this.show();
    }

    tools() {
        this.search = el("input", { type: "search", id: "search", autocomplete: "off", oninput: () =>
            this.want({ words: this.search.value.toLowerCase().split(/\s+/).filter(Boolean) }) });
        // The heads of the columns sort too, but a narrow screen has none.
        this.sorter = el("select", { id: "sort", onchange: () => this.want({ sort: Number(this.sorter.value), down: false }) },
            this.columns.map((column, i) => el("option", { value: i }, column.name)));
        this.all = el("button", { type: "button", hidden: true, onclick: () => this.showAll() }, t("Show all"));
        return el("div", { class: "tools" },
            el("p", { class: "search" }, el("label", { for: "search" }, t("Search")), " ", this.search),
            el("p", { class: "narrow" }, el("label", { for: "sort" }, t("Sort by")), " ", this.sorter),
            this.status, this.all);
    }

    /* The tiles count lines; a line without a finding is in no row. */
    startTiles() {
        for (const tile of byId("tiles").children) {
            const verdict = severity.find((name) => tile.classList.contains(name));
            tile.classList.toggle("none", tile.querySelector("b")?.textContent === "0");
            if (!this.rows.some((row) => row.verdict === verdict))
                continue;
            const button = el("button", { type: "button" }, [...tile.childNodes]);
            button.addEventListener("click", () =>
                this.want({ verdict: this.wanted.verdict === verdict ? null : verdict }));
            tile.append(button);
            this.tiles.push({ button, verdict });
        }
    }

    want(change) {
        this.wanted = { ...this.wanted, page: 0, ...change };
        this.show();
    }

    showAll() {
        this.search.value = "";
        this.want({ verdict: null, words: [] });
        this.search.focus();
    }

    sortBy(sort) {
        this.want({ sort, down: this.wanted.sort === sort && !this.wanted.down });
    }

    matching() {
        const { verdict, words, sort, down } = this.wanted;
        const { by } = this.columns[sort];
        const { compare: inWords } = new Intl.Collator(language, { numeric: true });
        const compare = (a, b) => (typeof by(a) === "number" ? by(a) - by(b) : inWords(by(a), by(b)));
        return this.rows
            .filter((row) => (verdict === null || row.verdict === verdict) && words.every((word) => row.text.includes(word)))
            .sort((a, b) => (down ? compare(b, a) : compare(a, b)) || a.order - b.order);
    }

    show() {
        const { verdict, words, sort, down, page } = this.wanted;
        const found = this.matching();
        const shown = found.slice(page * PAGE, (page + 1) * PAGE);
        this.heads.forEach((head, i) =>
            head.setAttribute("aria-sort", i !== sort ? "none" : down ? "descending" : "ascending"));
        this.tiles.forEach((tile) => tile.button.setAttribute("aria-pressed", String(tile.verdict === verdict)));
        this.sorter.value = String(sort);
        this.all.hidden = verdict === null && words.length === 0;
        fill(this.body, shown.map((row) => this.rowOf(row)));
        this.status.textContent = found.length === 0 ? t("Nothing found.") : t("{0} to {1} of {2} parts",
            number(page * PAGE + 1), number(page * PAGE + shown.length), number(found.length));
        this.showPager(found.length);
    }

    showPager(count) {
        const { page } = this.wanted;
        const pages = Math.ceil(count / PAGE);
        const turn = (text, to) => el("button", { type: "button", disabled: to < 0 || to >= pages, onclick: () => {
            this.want({ page: to });
            byId("findings-title").scrollIntoView();
            this.body.querySelector("button").focus({ preventScroll: true });
        } }, text);
        this.pager.hidden = pages <= 1;
        fill(this.pager, turn(t("Previous page"), page - 1),
            el("span", {}, t("Page {0} of {1}", number(page + 1), number(pages))), turn(t("Next page"), page + 1));
    }

    rowOf(row) {
        const place = t("line {0}", row.worst.line);
        const label = [verdictName(row.verdict), place, row.worst.mpn].filter(Boolean).join(", ");
        const button = el("button", { type: "button", class: "opener", "aria-expanded": "false", "aria-label": label },
            badge(row.verdict));
        const cells = this.columns.map(({ name, by, show }, i) =>
            el("td", { "data-label": i === 0 ? null : name }, i === 0 ? button : (show ?? by)(row)));
        const made = el("tr", { class: "row" }, cells);
        // All of the row for the mouse, its button for everyone.
        made.addEventListener("click", () => getSelection().isCollapsed && this.turn(row, made, button));
        return made;
    }

    turn(row, made, button) {
        const opened = made.classList.toggle("opened");
        button.setAttribute("aria-expanded", String(opened));
        if (opened)
            made.after(el("tr", { class: "detail" }, el("td", { colspan: this.columns.length }, detailOf(row, this.report))));
        else
            made.nextElementSibling.remove();
    }
}

// ---- What it rests on, and its link --------------------------------------

function backgroundOf(report) {
    const section = (id, title, content) => el("section", { "aria-labelledby": id }, el("h2", { id }, title), content);
    const list = (texts) => el("ul", {}, texts.map((text) => el("li", {}, text)));
    return [
        section("boms-title", t("How the files were read"), report.boms.map((bom) => el("div", {},
            el("h3", {}, bom.path), el("p", {}, bom.error ?? howRead(bom)), diagnosticList(bom)))),
        report.skipped.length > 0 && section("skipped-title", t("Files that are no bill of materials"),
            list(report.skipped.map(({ path, why }) => `${path}: ${why}`))),
        section("unchecked-title", t("What was not checked"), [
            list(report.not_checked.slice(0, SHOWN)),
            report.not_checked.length > SHOWN && el("details", {},
                el("summary", {}, t("More: {0}", number(report.not_checked.length - SHOWN))),
                list(report.not_checked.slice(SHOWN))),
        ]),
    ];
}

const say = (text) => { byId("kept").textContent = text; };

async function copyLink() {
    try {
        await navigator.clipboard.writeText(byId("link").value);
        say(t("Copied."));
    } catch {
        byId("link").focus();
        say(t("Press Ctrl+C to copy it."));
    }
}

async function forget() {
    if (!confirm(t("Forget this result? Its reports cannot be downloaded any more.")))
        return;
    const reply = await fetch(address, { method: "DELETE" }).catch(() => null);
    if (reply?.ok)
        location.assign(withLanguage("/"));
    else
        say(reply === null ? unreachable() : problemOf(reply.status, await reply.json().catch(() => null)));
}

function startLink() {
    byId("link").value = location.origin + address;
    byId("link").addEventListener("focus", () => byId("link").select());
    byId("copy").addEventListener("click", copyLink);
    byId("forget").addEventListener("click", forget);
}

async function show() {
    startLink();
    try {
        const report = await getJson(`${address}/report.json`);
        if (byId("message").textContent.trim() === "" && report.problems.length > 0)
            fill(byId("message"), report.problems.map((problem) => el("p", {}, problem)));
        new FindingTable(report);
        fill(byId("background"), backgroundOf(report));
    } catch (error) {
        byId("findings").prepend(el("p", { class: "alarm", role: "alert" }, error.message));
    }
}

start(() => ({ running: wait, done: show })[document.body.dataset.state]?.());
