// The pages work without this file. It shows how a file is read before it is
// checked, and makes the result searchable. Nothing from a BOM or a report ever
// becomes markup: el() makes text of every string.

const language = document.documentElement.lang;
const strings = {};

/** The English text in the page's language; {0}, {1} … are the values. */
function t(text, ...values) {
    return (strings[text] ?? text).replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
}

const number = (n) => n.toLocaleString(language);
const $ = (id) => document.getElementById(id);

/** An element; what is false, null or undefined among its content is left out. */
function el(tag, attributes = {}, ...content) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on"))
            made.addEventListener(name.slice(2), value);
        else if (value === true)
            made.setAttribute(name, "");
        else if (value !== false && value != null)
            made.setAttribute(name, value);
    }
    made.append(...content.flat().filter((c) => c != null && c !== false && c !== ""));
    return made;
}

/** A rule's source; a link only if it leads to a page. */
function link(url, text) {
    return /^https?:\/\//i.test(url ?? "")
        ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text)
        : el("span", {}, text);
}

const withLanguage = (path) => `${path}?lang=${encodeURIComponent(language)}`;

/* What the server said went wrong, or that it said nothing. */
async function problemOf(reply) {
    const told = await reply.json().catch(() => null);
    return told?.error?.message
        ?? t("The server answered with an error ({0}). Try again.", reply.status);
}

const unreachable = () =>
    t("The server cannot be reached. Is bomgate serve still running? Nothing of your files was lost; try again.");

async function getJson(path, options) {
    let reply;
    try {
        reply = await fetch(path, options);
    } catch (error) {
        if (error.name === "AbortError")
            throw error;
        throw new Error(unreachable());
    }
    if (!reply.ok)
        throw new Error(await problemOf(reply));
    return reply.json();
}

// ---- How a file is read ------------------------------------------------

const fieldNames = () => ({
    "mpn": t("Manufacturer's part number"),
    "manufacturer": t("Manufacturer"),
    "maker-and-mpn": t("Manufacturer and part number together"),
    "refdes": t("Reference designators"),
    "quantity": t("Quantity"),
    "description": t("Description"),
    "value": t("Value"),
    "footprint": t("Footprint or package"),
    "category": t("Kind of part"),
    "ipn": t("Own part number"),
    "distributor": t("Distributor"),
    "distributor-pn": t("Distributor's part number"),
    "origin": t("Country of origin"),
    "lifecycle": t("Lifecycle"),
    "level": t("Level of assembly"),
    "fitted": t("Fitted"),
    "not-fitted": t("Not fitted"),
    "item": t("Item number"),
    "note": t("Remark"),
});

let files = [];       // the browser's File objects, posted again at each change
let maps = [];        // "mpn=Part No.": what the user said of columns
let reading = null;   // stops the readings under way

function settings() {
    return [
        ...maps.map((map) => ["map", map]),
        ["sheet", $("sheet").value.trim()],
        ["encoding", $("encoding").value.trim()],
    ].filter(([, value]) => value !== "");
}

async function columnsOf(file, signal) {
    const form = new FormData();
    form.append("lang", language);
    form.append("bom", file);
    settings().forEach(([name, value]) => form.append(name, value));
    return getJson("/api/columns", { method: "POST", body: form, signal });
}

/** Each column's field, by its index. */
function assigned(read) {
    const fields = read.headers.map(() => null);
    for (const [field, columns] of Object.entries(read.columns)) {
        for (const column of columns)
            fields[column.index] = field;
    }
    return fields;
}

/* A field that one column had moves to the new one; one that several have, as
   alternates do, gains it. */
function mapsAfter(read, index, field) {
    const fields = assigned(read);
    const before = fields[index];
    const holders = fields.filter((f) => f === field).length;
    if (holders === 1)
        fields[fields.indexOf(field)] = null;
    fields[index] = field;
    const said = new Set([before, field, ...maps.map((m) => m.slice(0, m.indexOf("=")))]);
    return fields
        .map((f, i) => (f !== null && said.has(f) && read.headers[i] !== "" ? `${f}=${read.headers[i]}` : null))
        .filter((map) => map !== null);
}

function columnMenu(read, index, field) {
    const names = fieldNames();
    const header = read.headers[index];
    const options = (read.fields ?? Object.keys(names)).map((name) =>
        el("option", { value: name, selected: name === field }, names[name] ?? name));
    const menu = el("select", {
        "aria-label": t("Column {0}, “{1}”, is", index + 1, header),
        "data-column": index,
        disabled: header === "",
        onchange: () => {
            maps = mapsAfter(read, index, menu.value);
            readAll(menu.closest(".reading")?.dataset.name, index);
        },
    }, field === null && el("option", { value: "", selected: true, disabled: true }, t("not used")), options);
    return menu;
}

function readingTable(read, name) {
    const fields = assigned(read);
    const named = (i) => (fields[i] === null ? null : "named");
    return el("div", { class: "wide", role: "region", tabindex: "0", "aria-label": t("Columns and first rows of {0}", name) },
        el("table", {},
            el("thead", {},
                el("tr", {}, fields.map((field, i) => el("td", { class: named(i) }, columnMenu(read, i, field)))),
                el("tr", {}, read.headers.map((header, i) =>
                    el("th", { scope: "col", class: named(i) }, header || t("(no header)"))))),
            el("tbody", {}, (read.rows ?? []).map((row) =>
                el("tr", {}, read.headers.map((_, i) =>
                    el("td", { class: named(i), title: row[i] }, row[i] ?? "")))))));
}

function howRead(read) {
    return [
        read.format,
        read.encoding,
        read.delimiter && t("separated by {0}", { "\t": t("tab") }[read.delimiter] ?? `“${read.delimiter}”`),
        read.sheet && t("sheet “{0}”", read.sheet),
        read.header_line ? t("header on line {0}", read.header_line) : t("no header"),
        t("part lines: {0}", number(read.lines)),
    ].filter(Boolean).join(" · ");
}

/* What a table that could be read still lacks. */
function lacking(read) {
    const has = (field) => (read.columns[field] ?? []).length !== 0;
    if (has("maker-and-mpn") || (has("mpn") && has("manufacturer")))
        return null;
    if (has("mpn"))
        return t("No column was taken for the manufacturer. If there is one, choose “{0}” above it.", fieldNames().manufacturer);
    return t("No column was taken for part numbers. If there is one, choose “{0}” above it.", fieldNames().mpn);
}

function diagnosticList(diagnostics, more = 0) {
    if (diagnostics.length === 0)
        return null;
    return el("details", {},
        el("summary", {}, t("Remarks on the file: {0}", number(diagnostics.length + more))),
        el("ul", {}, diagnostics.map((d) => el("li", {},
            d.line ? t("Line {0}: {1}", d.line, d.message) : d.message,
            d.severity === "lost" && [" ", el("b", {}, t("(not read)"))]))));
}

function readingContent(read, file) {
    const alarm = (...content) => el("div", { class: "alarm" }, ...content);
    if (read.error) {
        return [
            alarm(el("p", {}, el("b", {}, t("This file could not be read."))), el("p", {}, read.error),
                el("p", {}, t("Export the bill of materials once more as Excel or CSV, with a row of headers and a column of part numbers, or name the sheet or encoding below."))),
            read.headers?.length && readingTable(read, file.name),
        ];
    }
    const lack = lacking(read);
    return [
        el("p", {}, howRead(read)),
        read.lost > 0 && alarm(el("p", {}, t("Rows that could not be read: {0}. The report will be incomplete.", number(read.lost)))),
        lack && alarm(el("p", {}, lack)),
        el("p", { class: "hint" }, t("Each menu says what the column is taken for. Wrong? Choose another.")),
        readingTable(read, file.name),
        diagnosticList(read.diagnostics, read.diagnostics_more),
    ];
}

function readingBox(file, index) {
    return el("article", { class: "reading", "aria-labelledby": `file-${index}`, "data-name": index },
        el("header", {},
            el("h3", { id: `file-${index}` }, file.name),
            el("button", { type: "button", onclick: () => dropFile(index), "aria-label": t("Remove {0}", file.name) }, t("Remove"))),
        el("div", { class: "how", role: "status" }, t("Reading …")));
}

async function readOne(file, box, signal) {
    const how = box.querySelector(".how");
    try {
        const read = await columnsOf(file, signal);
        if (!signal.aborted)
            how.replaceChildren(...readingContent(read, file).filter(Boolean));
    } catch (error) {
        if (error.name !== "AbortError")
            how.replaceChildren(el("div", { class: "alarm" },
                el("p", {}, el("b", {}, t("This file could not be read."))), el("p", {}, error.message)));
    }
}

/** Read every file again; then the menu that was used has the focus again. */
async function readAll(box, column) {
    reading?.abort();
    reading = new AbortController();
    const { signal } = reading;
    let boxes = [...$("readings").children];
    if (column === undefined) {
        boxes = files.map(readingBox);
        $("readings").replaceChildren(...boxes);
    }
    $("reading-options").hidden = files.length === 0;
    await Promise.all(files.map((file, i) => readOne(file, boxes[i], signal)));
    if (column !== undefined && !signal.aborted)
        boxes[box]?.querySelector(`[data-column="${column}"]`)?.focus();
}

function takeFiles(list) {
    files = [...list];
    maps = [];
    $("bom").required = files.length === 0;
    showProblem(null);
    readAll();
}

function dropFile(index) {
    files = files.filter((_, i) => i !== index);
    maps = files.length === 0 ? [] : maps;
    $("bom").value = "";
    $("bom").required = files.length === 0;
    readAll();
    $("bom").focus();
}

function startFiles() {
    const zone = $("drop");
    const over = (on) => (event) => {
        event.preventDefault();
        zone.classList.toggle("over", on);
    };
    $("bom").addEventListener("change", () => $("bom").files.length && takeFiles($("bom").files));
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
        over(false)(event);
        if (event.dataTransfer.files.length)
            takeFiles(event.dataTransfer.files);
    });
    // A file that misses the zone must not replace the page.
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => event.preventDefault());
    for (const id of ["sheet", "encoding"])
        $(id).addEventListener("change", () => readAll());
}

// ---- Who is buying -----------------------------------------------------

const boxesOf = (root) => [...root.querySelectorAll("input[name=profile]")];
const nameOf = (box) => box.closest("label").querySelector("b").textContent;

function countryName(code) {
    const region = code === "uk" ? "GB" : code.toUpperCase();
    try {
        return new Intl.DisplayNames([language], { type: "region" }).of(region);
    } catch {
        return region;
    }
}

/* A profile within another one stands below it. */
function inOrder(labels, within) {
    const idOf = (label) => label.querySelector("input").value;
    const below = (id) => labels.filter((label) => (within[idOf(label)] ?? null) === id)
        .flatMap((label) => [label, ...below(idOf(label))]);
    labels.forEach((label) => label.classList.toggle("within", within[idOf(label)] != null));
    return below(null);
}

function groupProfiles(within) {
    const groups = new Map();
    for (const box of boxesOf($("profiles"))) {
        const code = box.value.split("-")[0];
        groups.set(code, [...(groups.get(code) ?? []), box.closest("label")]);
    }
    const made = [...groups].map(([code, labels]) => ({ name: countryName(code), labels: inOrder(labels, within) }))
        .sort((a, b) => a.name.localeCompare(b.name, language))
        .map(({ name, labels }) => el("details", { class: "country" },
            el("summary", {}, name, " ", el("small", {}, `(${labels.length})`)), el("div", {}, labels)));
    $("profiles").replaceChildren(...made);
}

function showChosen() {
    const chosen = boxesOf($("profiles")).filter((box) => box.checked);
    const drop = (box) => {
        box.checked = false;
        showChosen();
        ($("chosen").querySelector("button") ?? $("profile-search")).focus();
    };
    $("chosen").replaceChildren(chosen.length === 0
        ? el("p", { class: "hint" }, t("None chosen: every kind of buyer is screened."))
        : el("ul", { class: "chosen", "aria-label": t("Chosen") }, chosen.map((box) => el("li", {},
            el("button", { type: "button", onclick: () => drop(box), "aria-label": t("Remove {0}", nameOf(box)) },
                nameOf(box), " ", el("span", { "aria-hidden": "true" }, "×"))))));
}

function searchProfiles() {
    const words = $("profile-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const group of $("profiles").children) {
        const country = group.querySelector("summary").textContent.toLowerCase();
        let here = 0;
        for (const label of group.querySelectorAll("label")) {
            const text = `${country} ${label.textContent.toLowerCase()} ${label.querySelector("input").value}`;
            label.hidden = !words.every((word) => text.includes(word));
            here += label.hidden ? 0 : 1;
        }
        group.hidden = here === 0;
        group.open = words.length !== 0 && here !== 0;
        found += here;
    }
    $("profile-found").textContent = words.length === 0 ? "" : t("Found: {0}", number(found));
}

async function startProfiles() {
    const told = await getJson("/api/profiles").catch(() => null);
    const within = Object.fromEntries((told?.profiles ?? []).map((p) => [p.id, p.within]));
    groupProfiles(within);
    $("profiles").addEventListener("change", showChosen);
    $("profile-search").addEventListener("input", searchProfiles);
    // Enter in the search does not send the form.
    $("profile-search").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    showChosen();
}

// ---- Sending -----------------------------------------------------------

function showProblem(message) {
    $("problem").hidden = message === null;
    $("problem").textContent = message ?? "";
    if (message !== null)
        $("problem").focus();
}

/* fetch() cannot tell how much of an upload is sent. */
function post(form, onSent) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", "/api/check");
        request.setRequestHeader("Prefer", "respond-async");
        request.setRequestHeader("Accept", "application/json");
        request.upload.addEventListener("progress", (e) => e.lengthComputable && onSent(e.loaded / e.total));
        request.addEventListener("load", () => resolve(request));
        request.addEventListener("error", () => reject(new Error(unreachable())));
        request.send(form);
    });
}

function answerOf(request) {
    let told = null;
    try {
        told = JSON.parse(request.responseText);
    } catch { /* no JSON: the status says it */ }
    if (request.status === 202 && told?.result)
        return told.result;
    throw new Error(told?.error?.message
        ?? t("The server answered with an error ({0}). Try again.", request.status));
}

function tooBig() {
    const limit = Number($("bom").dataset.limit);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    return limit > 0 && size > limit * 1024 * 1024
        ? t("These files are larger than {0} MB together. Check fewer at once, or save them as CSV.", limit) : null;
}

function formData() {
    const form = new FormData($("form"));
    for (const name of ["bom", "sheet", "encoding"])
        form.delete(name);
    settings().forEach(([name, value]) => form.append(name, value));
    files.forEach((file) => form.append("bom", file));
    return form;
}

async function send() {
    const button = $("form").querySelector("button[type=submit]");
    const bar = el("progress", { max: "1", value: "0", "aria-label": t("Upload") });
    const words = el("span", {}, t("Sending the files …"));
    button.disabled = true;
    showProblem(null);
    $("progress").replaceChildren(el("p", {}, words), bar);
    try {
        const request = await post(formData(), (part) => {
            bar.value = part;
            if (part >= 1)
                words.textContent = t("The files are being read and checked.");
        });
        location.assign(withLanguage(answerOf(request)));
    } catch (error) {
        $("progress").replaceChildren();
        button.disabled = false;
        showProblem(error.message);
    }
}

function startUpload() {
    startFiles();
    startProfiles();
    $("form").addEventListener("submit", (event) => {
        event.preventDefault();
        const big = tooBig();
        if (files.length === 0)
            showProblem(t("Choose a file first."));
        else if (big !== null)
            showProblem(big);
        else
            send();
    });
    // The browser may have kept a choice from before a reload.
    if ($("bom").files.length)
        takeFiles($("bom").files);
}

// ---- The result: waiting for it ----------------------------------------

const here = () => location.pathname.replace(/\/$/, "");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function waitForResult() {
    const words = el("p", {});
    $("progress").replaceChildren(el("progress", { "aria-labelledby": "running" }), words);
    for (;;) {
        const status = await getJson(`${here()}/status`).catch((error) => ({ state: "lost", message: error.message }));
        if (status.state !== "running" && status.state !== "lost")
            return location.reload();
        words.textContent = status.message ?? t("Lines read so far: {0}", number(status.lines));
        await pause(status.state === "lost" ? 3000 : 400);
    }
}

// ---- The result: rows --------------------------------------------------

const severity = ["prohibited", "upcoming", "restricted", "review", "unknown", "out-of-scope", "clear", "waived"];
const verdictNames = () => ({
    "prohibited": t("prohibited"),
    "upcoming": t("upcoming"),
    "restricted": t("restricted"),
    "review": t("review"),
    "unknown": t("unknown"),
    "out-of-scope": t("out-of-scope"),
    "clear": t("clear"),
    "waived": t("waived"),
});
const badge = (verdict) => el("span", { class: `v ${verdict}` }, verdictNames()[verdict] ?? verdict);

/** One row a part of a line: what the rules say of it belongs together. */
function rowsOf(report) {
    const rows = new Map();
    for (const finding of report.findings) {
        const key = JSON.stringify([finding.bom, finding.sheet, finding.line, finding.alternate, finding.manufacturer, finding.mpn]);
        if (rows.has(key))
            rows.get(key).findings.push(finding);
        else
            rows.set(key, { findings: [finding], order: rows.size });
    }
    return [...rows.values()].map(finishRow);
}

function finishRow(row) {
    const rank = (f) => severity.indexOf(f.waiver ? "waived" : f.verdict);
    const worst = row.findings.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    const texts = [worst.bom, worst.sheet, worst.refdes, worst.manufacturer, worst.mpn, worst.ipn, worst.description, worst.party_name];
    const laws = new Set(row.findings.flatMap((f) => [f.title, f.measure]));
    return { ...row, worst, rank: rank(worst), verdict: severity[rank(worst)],
        text: [...texts, ...laws].filter(Boolean).join("\n").toLowerCase() };
}

/** The findings of a row that differ only in the buyer, together. */
function lawsOf(row) {
    const laws = new Map();
    for (const finding of row.findings) {
        const key = JSON.stringify([finding.verdict, finding.measure, finding.clause, finding.reason, finding.customer, finding.waiver]);
        if (laws.has(key))
            laws.get(key).push(finding);
        else
            laws.set(key, [finding]);
    }
    return [...laws.values()].sort((a, b) => severity.indexOf(a[0].verdict) - severity.indexOf(b[0].verdict));
}

// ---- The result: the five answers --------------------------------------

/* 0 is A. */
function columnLetters(index) {
    const rest = Math.floor(index / 26);
    return (rest > 0 ? columnLetters(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

/** Where in the file it stands; the evidence quotes the header of its column. */
function cellOf(finding, report) {
    const bom = report.boms.find((b) => b.path === finding.bom && (b.sheet ?? null) === finding.sheet)
        ?? report.boms.find((b) => b.path === finding.bom);
    const quoted = (header) => [`"${header}"`, `“${header}”`].some((q) => finding.evidence?.includes(q));
    const columns = ["manufacturer", "mpn", "maker-and-mpn"].flatMap((field) => {
        const all = bom?.columns[field] ?? [];
        return all.length === 1 ? all : all.filter((column) => quoted(column.header));
    });
    const at = (column) => (finding.sheet !== null
        ? columnLetters(column.index) + finding.line : t("column {0}", column.index + 1));
    const cells = [...new Set(columns.map(at))].join(", ");
    const place = finding.sheet !== null
        ? t("{0}, sheet “{1}”, row {2}", finding.bom, finding.sheet, finding.line)
        : t("{0}, line {1}", finding.bom, finding.line);
    return cells === "" ? place : `${place}: ${cells}`;
}

const relationTexts = () => ({
    "brand": t("through the brand {0}"),
    "former-name": t("through the former name {0}"),
    "owned-by": t("through its owner, {0}"),
    "owns": t("through {0}, which it owns"),
    "same-owner": t("through {0}, which has the same owner"),
    "may-contain": t("through {0}, whose parts may be inside"),
    "sold": t("through a business that went to {0}"),
});

function viaText(via) {
    if (via === null)
        return t("The rule reaches it.");
    const text = (relationTexts()[via.relation] ?? "{0}").replace("{0}", via.name);
    const since = via.from ? t("since {0}", via.from) : null;
    const until = via.until ? t("until {0}", via.until) : null;
    const days = [since, until].filter(Boolean).join(", ");
    return days === "" ? text : t("{0} ({1})", text, days);
}

/* Each reason leaves one of the five questions open, or answers it with no; of
   the others it says nothing. */
const reasonAnswers = () => ({
    "probable-maker": { maker: ["open", t("Probably, not certainly.")] },
    "contradiction": { maker: ["open", t("The manufacturer's name and the part number contradict each other.")] },
    "shared-name": { maker: ["open", t("Several companies have this name.")] },
    "affiliate": { listed: ["open", t("An affiliate of the company that is listed.")] },
    "unconfirmed": { listed: ["open", t("This rests on a fact that is not confirmed.")] },
    "open-origin": { listed: ["open", t("The country of origin is not known.")] },
    "inside": { covers: ["open", t("It depends on what is inside, which a bill of materials does not show.")] },
    "category": { covers: ["no", t("This kind of part is not covered.")] },
    "open-category": { covers: ["open", t("The kind of part is not known well enough.")] },
    "buyer": { binds: ["no", t("It binds other buyers.")] },
    "activity": { binds: ["no", t("It restricts something else than what is being done.")] },
    "export-side": { binds: ["no", t("It restricts selling to the company, not buying from it.")] },
    "open-profile": { binds: ["open", t("It depends on a more exact description of the buyer.")] },
    "check": { binds: ["open", t("The rule asks for a check.")] },
    "ended": { holds: ["no", t("It has ended.")] },
    "proposed": { holds: ["no", t("It is only proposed.")] },
    "open-date": { holds: ["open", t("The day from which it holds is not certain.")] },
});

function buyersOf(findings, report) {
    const names = [...new Set(findings.map((f) => report.profile_names[f.profile] ?? f.profile))];
    const first = names.slice(0, 3).join("; ");
    if (names.length <= 3)
        return first;
    return el("details", {}, el("summary", {}, t("Kinds of buyer: {0}", number(names.length))),
        el("ul", {}, names.map((name) => el("li", {}, name))));
}

function whenText(finding) {
    const from = finding.from === null ? "" : t("From {0}.", finding.from);
    if (finding.days_left === null)
        return from;
    const becomes = finding.becomes === null ? ""
        : t("Then it becomes: {0}.", verdictNames()[finding.becomes] ?? finding.becomes);
    return [from, t("Days left: {0}.", number(finding.days_left)), becomes].filter(Boolean).join(" ");
}

function makerAnswer(finding, report) {
    const owner = finding.owner && finding.owner !== finding.party && t("owned by {0}", finding.owner);
    return [
        finding.party_name && el("p", {}, el("b", {}, finding.party_name), owner && ` (${owner})`),
        el("p", {}, finding.evidence),
        el("p", { class: "hint" }, cellOf(finding, report)),
    ];
}

/** The five questions of a law, each with its answer and what that rests on. */
function questionsOf(findings, report) {
    const [f] = findings;
    const reason = f.reason === null ? null : (reasonAnswers()[f.reason] ?? {});
    // What is out of scope for one reason was not asked further.
    const otherwise = (key) => (f.verdict === "out-of-scope" && key !== "maker" && key !== "listed" ? "moot" : "yes");
    const answer = (key) => reason?.[key] ?? [otherwise(key), null];
    const maker = { certain: ["yes", null], probable: ["open", t("Probably, not certainly.")], none: ["open", null] };
    const upcoming = f.verdict === "upcoming" ? ["open", t("Not yet.")] : null;
    const day = t("Does it hold on {0}?", report.as_of);
    return [
        [t("Who made it?"), reason?.maker ?? (maker[f.confidence] ?? maker.none), makerAnswer(f, report)],
        [t("Does the rule list the maker?"), answer("listed"), el("p", {}, viaText(f.via))],
        [t("Does it cover this kind of part?"), answer("covers"), el("p", {}, f.category ?? t("The kind of part is not known."))],
        [t("Does it bind you?"), answer("binds"), buyersOf(findings, report)],
        [day, upcoming ?? answer("holds"), el("p", {}, whenText(f))],
    ];
}

function questionList(findings, report) {
    const words = { yes: t("Yes"), no: t("No"), open: t("To be checked"), moot: t("Does not matter here") };
    const known = { yes: t("Known"), open: t("To be checked") };
    return el("ol", { class: "questions" }, questionsOf(findings, report).map(([question, [state, told], content], i) =>
        el("li", {}, el("b", {}, question),
            el("span", { class: `answer ${i === 0 && state === "yes" ? "moot" : state}` }, (i === 0 ? known : words)[state]),
            told && el("p", {}, told), content)));
}

function lawBox(findings, report) {
    const [f] = findings;
    const waiver = f.waiver && t("Accepted until {0} by {1}: {2}", f.waiver.expires, f.waiver.approved_by, f.waiver.reason);
    return el("article", { class: "law" },
        el("h3", {}, badge(f.verdict), f.title ?? t("No rule was asked")),
        el("p", {}, f.why),
        el("p", { class: "do" }, f.do),
        waiver && el("p", {}, waiver),
        f.measure === null
            ? el("dl", {}, el("dt", {}, t("Who made it?")), el("dd", {}, makerAnswer(f, report).filter(Boolean)))
            : questionList(findings, report),
        f.measure !== null && el("p", {}, t("The law:"), " ", link(f.url, f.citation ?? f.title), " ",
            el("small", {}, `${f.measure}, ${f.clause}`)));
}

// ---- The result: alternatives ------------------------------------------

const fitNames = () => ({
    "drop-in": t("drop-in"),
    "equivalent": t("equivalent"),
    "supplier": t("makes this kind of part"),
});

function verdictsFor(alternative, report) {
    const verdicts = Object.entries(alternative.verdicts).filter(([, verdict]) => verdict !== alternative.verdict);
    if (verdicts.length === 0)
        return badge(alternative.verdict);
    return [badge(alternative.verdict), el("details", {}, el("summary", {}, t("For others it differs")),
        el("ul", {}, verdicts.map(([profile, verdict]) =>
            el("li", {}, `${report.profile_names[profile] ?? profile}: ${verdictNames()[verdict] ?? verdict}`))))];
}

function alternativeRow(a, report) {
    const cell = (label, ...content) => el("td", { "data-label": label }, ...content);
    const closes = a.closes && el("p", {}, t("From {0} prohibited: {1}", a.closes.from, a.closes.measure));
    return el("tr", {},
        cell(t("Maker"), `${a.party_name ?? a.party}${a.country ? ` (${a.country})` : ""}`),
        cell(t("Part number"), a.mpn ?? t("any of this kind")),
        cell(t("Fit"), fitNames()[a.fit] ?? a.fit),
        cell(t("Verdict"), verdictsFor(a, report), closes),
        cell(t("To qualify"), a.check ?? "", a.lifecycle && ` ${a.lifecycle}`),
        cell(t("Source"), a.source ?? ""));
}

function alternativesOf(row, report) {
    const { alternatives, alternatives_beyond: beyond, excluded } =
        row.findings.find((f) => f.alternatives.length + f.excluded.length > 0) ?? row.worst;
    if (alternatives.length + excluded.length === 0)
        return null;
    const heads = [t("Maker"), t("Part number"), t("Fit"), t("Verdict"), t("To qualify"), t("Source")];
    return el("section", { class: "instead" },
        el("h3", {}, t("What to buy instead")),
        el("p", { class: "hint" }, t("Each is a candidate that engineering must qualify.")),
        alternatives.length === 0 ? el("p", {}, t("No alternative is known that all rules allow.")) : el("table", { class: "stack" },
            el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
            el("tbody", {}, alternatives.map((a) => alternativeRow(a, report)))),
        beyond > 0 && el("p", { class: "hint" }, t("More alternatives: {0}", number(beyond))),
        excluded.length > 0 && el("details", {},
            el("summary", {}, t("Left out, and why: {0}", number(excluded.length))),
            el("ul", {}, excluded.map((e) => el("li", {}, e.why)))));
}

// ---- The result: the table ---------------------------------------------

const PAGE = 100;

const columnsShown = (report) => [
    { key: "verdict", name: t("Verdict"), of: (row) => row.rank },
    report.boms.length > 1 && { key: "bom", name: t("File"), of: (row) => row.worst.bom },
    { key: "line", name: t("Line"), of: (row) => row.order },
    { key: "refdes", name: t("Reference"), of: (row) => row.worst.refdes ?? "" },
    { key: "manufacturer", name: t("Manufacturer"), of: (row) => row.worst.manufacturer ?? "" },
    { key: "mpn", name: t("Part number"), of: (row) => row.worst.mpn ?? "" },
    { key: "why", name: t("Why"), of: (row) => row.worst.title ?? row.worst.why },
].filter(Boolean);

function detailOf(row, report) {
    const f = row.worst;
    const facts = [
        [t("Quantity"), f.quantity], [t("Own part number"), f.ipn], [t("Description"), f.description],
        [t("Note"), [!f.fitted && t("not fitted"), f.alternate && t("an alternate part of its line")].filter(Boolean).join("; ")],
    ].filter(([, value]) => value);
    return [
        facts.length > 0 && el("dl", {}, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
        lawsOf(row).map((findings) => lawBox(findings, report)),
        alternativesOf(row, report),
    ].flat().filter(Boolean);
}

function cellText(row, key) {
    const f = row.worst;
    const more = new Set(row.findings.map((other) => other.measure)).size - 1;
    if (key === "why")
        return [f.title ?? f.why, more > 0 && [" ", el("small", {}, t("and other rules: {0}", more))]];
    return f[key] === null ? "" : String(f[key]);
}

class Table {
    constructor(report, place) {
        this.report = report;
        this.rows = rowsOf(report);
        this.columns = columnsShown(report);
        this.wanted = { verdict: null, words: [], sort: "verdict", down: false, page: 0 };
        this.body = el("tbody", {});
        this.heads = el("tr", {}, this.columns.map((c) => el("th", { scope: "col", "data-key": c.key },
            el("button", { type: "button", onclick: () => this.sortBy(c.key) }, c.name))));
        this.said = el("p", { role: "status" });
        this.pager = el("nav", { class: "pager", "aria-label": t("Pages of findings") });
        place.replaceChildren(this.tools(),
            el("table", { class: "stack", "aria-labelledby": "findings-title" }, el("thead", {}, this.heads), this.body), this.pager);
        this.show();
    }

    tools() {
        const search = el("input", { type: "search", id: "search", autocomplete: "off", oninput: () => {
            this.want({ words: search.value.toLowerCase().split(/\s+/).filter(Boolean) });
        } });
        const sort = el("select", { id: "sort", onchange: () => this.want({ sort: sort.value, down: false }) },
            this.columns.map((c) => el("option", { value: c.key }, c.name)));
        this.sort = sort;
        return el("div", { class: "tools" },
            el("p", { class: "search" }, el("label", { for: "search" }, t("Search")), " ", search),
            el("p", { class: "narrow" }, el("label", { for: "sort" }, t("Sort by")), " ", sort),
            this.said);
    }

    want(change) {
        this.wanted = { ...this.wanted, page: 0, ...change };
        this.show();
    }

    sortBy(key) {
        this.want({ sort: key, down: this.wanted.sort === key && !this.wanted.down });
    }

    matching() {
        const { verdict, words, sort, down } = this.wanted;
        const { of } = this.columns.find((c) => c.key === sort);
        const order = new Intl.Collator(language, { numeric: true });
        const compare = (a, b) => (typeof of(a) === "number" ? of(a) - of(b) : order.compare(of(a), of(b)));
        return this.rows
            .filter((row) => (verdict === null || row.verdict === verdict) && words.every((word) => row.text.includes(word)))
            .sort((a, b) => (down ? compare(b, a) : compare(a, b)) || a.order - b.order);
    }

    show() {
        const found = this.matching();
        const { page, sort, down } = this.wanted;
        const first = page * PAGE;
        const shown = found.slice(first, first + PAGE);
        this.sort.value = sort;
        for (const head of this.heads.children)
            head.setAttribute("aria-sort", head.dataset.key !== sort ? "none" : down ? "descending" : "ascending");
        this.body.replaceChildren(...shown.map((row) => this.rowFor(row)));
        this.said.textContent = found.length === 0 ? t("Nothing found.")
            : t("Rows {0} to {1} of {2}", number(first + 1), number(first + shown.length), number(found.length));
        this.pager.hidden = found.length <= PAGE;
        this.pager.replaceChildren(
            this.turn(t("Previous page"), page - 1, page > 0),
            el("span", {}, t("Page {0} of {1}", number(page + 1), number(Math.max(1, Math.ceil(found.length / PAGE))))),
            this.turn(t("Next page"), page + 1, first + PAGE < found.length));
    }

    turn(name, page, possible) {
        return el("button", { type: "button", disabled: !possible, onclick: () => {
            this.want({ page });
            $("findings").scrollIntoView();
            this.body.querySelector("button")?.focus({ preventScroll: true });
        } }, name);
    }

    rowFor(row) {
        const cells = this.columns.map((c) => el("td", { "data-label": c.key === "verdict" || c.key === "mpn" ? null : c.name },
            c.key === "verdict" ? badge(row.verdict) : cellText(row, c.key)));
        const where = t("Line {0}", row.worst.line);
        const button = el("button", { type: "button", class: "plain", "aria-expanded": "false" },
            row.worst.mpn ?? row.worst.manufacturer ?? where);
        const cell = cells[this.columns.findIndex((c) => c.key === "mpn")];
        cell.replaceChildren(button);
        const made = el("tr", { class: "row" }, cells);
        const turn = () => this.toggle(row, made, button);
        // The whole row for the mouse, the button for everyone.
        made.addEventListener("click", () => getSelection().isCollapsed && turn());
        return made;
    }

    toggle(row, made, button) {
        const open = button.getAttribute("aria-expanded") === "true";
        button.setAttribute("aria-expanded", String(!open));
        made.classList.toggle("opened", !open);
        if (open)
            made.nextElementSibling.remove();
        else
            made.after(el("tr", { class: "detail" }, el("td", { colspan: this.columns.length }, detailOf(row, this.report))));
    }
}

/** The tiles filter: their counts are of lines, clear ones have no finding. */
function startTiles(table) {
    const buttons = [];
    for (const tile of $("tiles").children) {
        const verdict = severity.find((name) => tile.classList.contains(name));
        if (!table.rows.some((row) => row.verdict === verdict))
            continue;
        const button = el("button", { type: "button", "aria-pressed": "false" }, [...tile.childNodes]);
        button.addEventListener("click", () => {
            const on = button.getAttribute("aria-pressed") !== "true";
            buttons.forEach((other) => other.setAttribute("aria-pressed", String(on && other === button)));
            table.want({ verdict: on ? verdict : null });
        });
        tile.replaceChildren(button);
        buttons.push(button);
    }
}

// ---- The result: what it rests on --------------------------------------

function backgroundOf(report) {
    const section = (id, title, ...content) => el("section", { "aria-labelledby": id }, el("h2", { id }, title), ...content);
    const notes = report.not_checked.length > 0 && section("unchecked-title", t("What was not checked"),
        el("ul", {}, report.not_checked.map((text) => el("li", {}, text))));
    const boms = section("boms-title", t("How the files were read"), report.boms.map((bom) => el("div", {},
        el("h3", {}, bom.path), el("p", {}, bom.error ?? howRead(bom)), diagnosticList(bom.diagnostics, bom.diagnostics_more))));
    return [boms, notes].filter(Boolean);
}

function startLink() {
    const said = (text) => { $("kept").textContent = text; };
    $("link").value = location.origin + here();
    $("link").addEventListener("focus", () => $("link").select());
    $("copy").addEventListener("click", async () => {
        try {
            await navigator.clipboard.writeText($("link").value);
            said(t("Copied."));
        } catch {
            $("link").focus();
            said(t("Press Ctrl+C to copy it."));
        }
    });
    $("forget").addEventListener("click", async () => {
        if (!confirm(t("Forget this result? Its reports cannot be downloaded any more.")))
            return;
        const reply = await fetch(here(), { method: "DELETE" }).catch(() => null);
        if (reply?.ok)
            location.assign(withLanguage("/"));
        else
            said(reply ? await problemOf(reply) : unreachable());
    });
}

async function startResult() {
    if (document.body.dataset.state === "running")
        return waitForResult();
    if (document.body.dataset.state !== "done")
        return;
    startLink();
    try {
        const report = await getJson(`${here()}/report.json`);
        startTiles(new Table(report, $("findings")));
        $("background").replaceChildren(...backgroundOf(report));
    } catch (error) {
        $("findings").prepend(el("p", { class: "alarm", role: "alert" }, error.message));
    }
}

// ---- History -----------------------------------------------------------

function usesTable(found) {
    const heads = [t("Product"), t("Revision"), t("File"), t("Line"), t("Reference"), t("Manufacturer"), t("Part number"), t("Run")];
    const row = (u) => [u.product, u.revision, u.path, u.line, u.refdes, u.manufacturer, u.mpn,
        `${u.run} (${u.time.slice(0, 10)}${u.latest ? `, ${t("newest")}` : ""})`];
    return el("table", { class: "stack" },
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, found.uses.map((use) => el("tr", {}, row(use).map((text, i) =>
            el("td", { "data-label": heads[i] }, text === null ? "" : String(text)))))));
}

function startHistory() {
    $("where-used").addEventListener("submit", async (event) => {
        event.preventDefault();
        const query = new URLSearchParams({ q: $("q").value, lang: language });
        $("uses").replaceChildren();
        try {
            const found = await getJson(`/api/history/where-used?${query}`);
            const names = found.parties.map((party) => party.name).join("; ");
            $("used-found").textContent = [t("Found: {0}", number(found.uses.length)), names].filter(Boolean).join(" · ");
            if (found.uses.length > 0)
                $("uses").replaceChildren(usesTable(found));
        } catch (error) {
            $("used-found").textContent = error.message;
        }
    });
}

// ------------------------------------------------------------------------

async function start() {
    if (language !== "en")
        Object.assign(strings, await fetch(`/strings/${language}.json`).then((reply) => reply.json()).catch(() => ({})));
    document.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
    ({ upload: startUpload, result: startResult, history: startHistory })[document.body.dataset.page]();
}

start();
