// The script of all pages. They work without it; with it they show how a file is
// read before it is checked, and make a result searchable.
// Nothing from a BOM or a report ever becomes markup: el() makes text of it.

const language = document.documentElement.lang;
const strings = {};

/** The English text in the page's language; {0}, {1} … are the values. */
function t(text, ...values) {
    return (strings[text] ?? text).replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
}

/** A text of the rules: what they are called stands in the catalogue too. */
const ruleText = (text) => strings[text] ?? text;

const number = (n) => n.toLocaleString(language);
const byId = (id) => document.getElementById(id);

/* A character that would reorder or hide its neighbours is told by its number. */
const harmless = (text) => text.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (c) =>
    (/\s/.test(c) ? c : `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));

/* What is null, false or empty is left out. */
const pieces = (content) => content.flat(Infinity)
    .filter((piece) => piece != null && piece !== false && piece !== "")
    .map((piece) => (typeof piece === "string" ? harmless(piece) : piece));

/** An element, and what is in it: elements, texts, and lists of them. */
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
    made.append(...pieces(content));
    return made;
}

/** Put the content in the place of what is there. */
function fill(place, ...content) {
    place.replaceChildren(...pieces(content));
}

const alarm = (...lines) =>
    el("div", { class: "alarm" }, pieces(lines).map((line) => el("p", {}, line)));

/** A table; on a narrow screen each row stands as a card of labelled cells. */
function table(heads, rows, attributes = {}) {
    return el("table", { class: "stack", ...attributes },
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, i) =>
            el("td", { "data-label": heads[i] }, cell))))));
}

const withLanguage = (path) => `${path}?lang=${encodeURIComponent(language)}`;

const unreachable = () =>
    t("The server cannot be reached. Is bomgate serve still running? Nothing of your files was lost; try again.");

/** What the server says went wrong. @param said  Its answer, if it was JSON. */
const problemOf = (status, said) =>
    Object.assign(new Error(said?.error?.message ?? t("The server answered with an error ({0}). Try again.", status)), { status });

/** @throws Error whose message says what to do; AbortError as it is. */
async function ask(path, options) {
    let reply;
    try {
        reply = await fetch(path, options);
    } catch (error) {
        throw error.name === "AbortError" ? error : new Error(unreachable());
    }
    if (!reply.ok)
        throw problemOf(reply.status, await reply.json().catch(() => null));
    return reply;
}

const getJson = (path, options) => ask(path, options).then((reply) => reply.json());

// ---- Words that several pages show ------------------------------------------

const severity = ["prohibited", "upcoming", "restricted", "review", "unknown", "out-of-scope", "clear", "waived"];

function verdictName(verdict) {
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

const badge = (verdict) => el("span", { class: `v ${verdict}` }, verdictName(verdict));

/** How a file was read, in one line: an entry of `boms`, or bomgate-columns/1. */
function howRead(bom) {
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

const remark = ({ line, message }) => (line ? t("Line {0}: {1}", line, message) : message);

function diagnosticList(bom) {
    const { diagnostics, diagnostics_more: more } = bom;
    return diagnostics.length > 0 && el("details", {},
        el("summary", {}, t("Remarks on the file: {0}", number(diagnostics.length + more))),
        el("ul", {}, diagnostics.map((d) => el("li", {},
            remark(d),
            d.severity === "lost" && [" ", el("b", {}, t("(not read)"))]))));
}

// ==== The upload page ========================================================

// ---- How a file is read -----------------------------------------------------

// In the order in which the columns stand: what a part is bought by comes first.
const fieldNames = () => ({
    "mpn": t("Part number"),
    "manufacturer": t("Manufacturer"),
    "maker-and-mpn": t("Manufacturer and part number"),
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
    "parent": t("Assembly it is in"),
    "fitted": t("Fitted"),
    "not-fitted": t("Not fitted"),
    "item": t("Item number"),
    "note": t("Remark"),
});

let files = []; // the browser keeps them, to be posted again at each change
const said = new Map(); // of each file, how the user says it is to be read

/** What nobody has said anything of yet. */
const unsaid = () => ({ maps: [], sheet: "", encoding: "" });
const fieldOf = (map) => map.slice(0, map.indexOf("="));

/* A form's field of one file has its number behind its name. */
function addSaid(form, file, number) {
    const { maps, sheet, encoding } = said.get(file);
    maps.forEach((map) => form.append(`map.${number}`, map));
    if (sheet !== "")
        form.append(`sheet.${number}`, sheet);
    if (encoding !== "")
        form.append(`encoding.${number}`, encoding);
}

/* All that the form says, and what its menus say of each file. */
function formData() {
    const form = new FormData(byId("form"));
    files.forEach((file, i) => addSaid(form, file, i + 1));
    return form;
}

function columnsOf(file, signal) {
    const form = new FormData();
    form.append("bom", file);
    form.append("lang", language);
    addSaid(form, file, 1);
    return getJson("/api/columns", { method: "POST", body: form, signal });
}

/** The field of each column, by its index; null: not used. */
function assigned(read) {
    const fields = read.headers.map(() => null);
    for (const [field, columns] of Object.entries(read.columns)) {
        for (const column of columns)
            fields[column.index] = field;
    }
    return fields;
}

/* A field that one column had moves to the new one; one that several have, as
   alternates do, gains it. A field that is named is read from nowhere else, so
   each column of it is named. */
function mapsAfter(read, maps, index, field) {
    const fields = assigned(read);
    const named = new Set([fields[index], field, ...maps.map(fieldOf)]);
    if (fields.filter((other) => other === field).length === 1)
        fields[fields.indexOf(field)] = null;
    fields[index] = field;
    return fields
        .map((name, i) => [name, read.headers[i]])
        .filter(([name, header]) => name !== null && header !== "" && named.has(name))
        .map(([name, header]) => `${name}=${header}`);
}

/* A column is named by its header: without one of its own it cannot be. */
const canBeNamed = (read, index) =>
    read.headers[index] !== "" && read.headers.indexOf(read.headers[index]) === index;

function columnMenu(read, file, index, field) {
    const names = fieldNames();
    const option = (name) => el("option", { value: name, selected: name === field }, names[name] ?? name);
    const menu = el("select", {
        "aria-label": t("Column {0}, “{1}”, is", index + 1, read.headers[index]),
        "data-menu": `column-${index}`,
        disabled: !canBeNamed(read, index),
        onchange: () => {
            const { maps } = said.get(file);
            say(file, { maps: mapsAfter(read, maps, index, menu.value) }, menu);
        },
    }, field === null && el("option", { value: "", selected: true, disabled: true }, t("not used")),
    Object.keys(names).filter((name) => read.fields.includes(name)).map(option));
    return menu;
}

/** Indexes of the columns, those that are used first. */
function columnOrder(fields) {
    const order = Object.keys(fieldNames());
    const rank = (i) => (fields[i] === null ? order.length : order.indexOf(fields[i]));
    return fields.map((_, i) => i).sort((a, b) => rank(a) - rank(b) || a - b);
}

function readingTable(read, file) {
    const fields = assigned(read);
    const order = columnOrder(fields);
    const look = (i) => (fields[i] === null ? null : "named");
    const row = (cells) => el("tr", {}, order.map((i) => el("td", { class: look(i), title: cells[i] }, cells[i])));
    return el("div", { class: "wide", role: "group", tabindex: "0", "aria-label": t("Columns and first rows of {0}", file.name) },
        el("table", {},
            el("thead", {},
                el("tr", {}, order.map((i) => el("td", { class: look(i) }, columnMenu(read, file, i, fields[i])))),
                el("tr", {}, order.map((i) => el("th", { scope: "col", class: look(i) }, read.headers[i] || t("(no header)"))))),
            el("tbody", {}, read.rows.map(row))));
}

/* What a table that could be read still lacks. */
function lacking(read) {
    const names = fieldNames();
    if ("maker-and-mpn" in read.columns || ("mpn" in read.columns && "manufacturer" in read.columns))
        return null;
    const missing = "mpn" in read.columns ? names.manufacturer : names.mpn;
    return t("No column was taken for: {0}. If the file has one, choose it in the menu above that column.", missing);
}

const unread = (message) => alarm(el("b", {}, t("This file could not be read.")), message);

const LOST_SHOWN = 5; // before one looks at all remarks

/** What is not read must be seen before the report is asked for. */
function lostAlarm({ lost, diagnostics }) {
    const told = diagnostics.filter(({ severity }) => severity === "lost").slice(0, LOST_SHOWN);
    return alarm(el("b", {}, t("Not everything was read; the report will be incomplete.")),
        told.map(remark), lost > told.length && t("More: {0}", number(lost - told.length)));
}

const remedy = (columns) => (columns
    ? t("If one of these columns holds part numbers, choose it in its menu. Otherwise choose another sheet or text encoding, or export the bill of materials again as Excel or CSV.")
    : t("Choose another sheet or text encoding, or export the bill of materials again as Excel or CSV."));

// What exporters write; a text is taken for one of them unless it is said.
const encodings = ["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR",
    "Windows-1250", "Windows-1251", "Windows-1252", "ISO-8859-1"];

/** A menu of what can be said of a file beside its columns, which are then
    those of another table. */
function fileMenu(file, what, label, options) {
    const menu = el("select", {
        "data-menu": what, "aria-label": `${label}: ${file.name}`,
        onchange: () => say(file, { ...unsaid(), [what]: menu.value }, menu),
    }, options.map(([value, text, chosen]) => el("option", { value, selected: chosen }, text)));
    return el("p", {}, el("span", { class: "label", "aria-hidden": "true" }, label), menu);
}

function sheetMenu(read, file) {
    const { sheet: wanted } = said.get(file);
    const names = read.sheets.map(({ name, hidden, read: isRead }) =>
        [name, hidden ? t("{0} (hidden)", name) : name, wanted === "" ? isRead : name === wanted]);
    const none = names.every(([, , chosen]) => !chosen) && [["", t("choose one"), true]];
    return fileMenu(file, "sheet", t("Sheet"), [...(none || []), ...names]);
}

function encodingMenu(read, file) {
    const { encoding: wanted } = said.get(file);
    const found = wanted === "" && read.encoding ? t("as found: {0}", read.encoding) : t("as found");
    return fileMenu(file, "encoding", t("Text encoding"),
        [["", found, wanted === ""], ...encodings.map((name) => [name, name, name === wanted])]);
}

const undoButton = (file) => el("button", {
    type: "button", class: "undo", "data-menu": "undo", "aria-label": t("Undo the changes of {0}", file.name),
    onclick: (event) => say(file, unsaid(), event.currentTarget),
}, t("Undo the changes"));

/* A workbook has sheets, a text has an encoding. */
function fileMenus(read, file) {
    const isText = read.sheets.length === 0;
    const isChanged = Object.values(said.get(file)).some((value) => value.length > 0);
    const menus = [
        read.sheets.length > 1 && sheetMenu(read, file),
        isText && encodingMenu(read, file),
        isChanged && el("p", {}, undoButton(file)),
    ].filter(Boolean);
    return menus.length > 0 && el("div", { class: "fields" }, menus);
}

function readingContent(read, file) {
    const columns = read.headers.length > 0 && readingTable(read, file);
    if (read.error)
        return [unread(read.error), el("p", {}, remedy(columns)), fileMenus(read, file), columns];
    const lack = lacking(read);
    return [
        el("p", {}, howRead(read)),
        fileMenus(read, file),
        read.lost > 0 && lostAlarm(read),
        lack && alarm(lack),
        read.header_line === null && alarm(t("No row of headers was found: the columns were told by what is in them, and every row is read as a part. If you change one, the row in bold is taken for the headers.")),
        el("p", { class: "hint" }, t("Each menu says what its column is taken for. Wrong? Choose another.")),
        columns,
        diagnosticList(read),
    ];
}

function readingBox(file, index) {
    return el("article", { class: "reading", "aria-labelledby": `file-${index}` },
        el("header", {},
            el("h3", { id: `file-${index}` }, file.name),
            el("button", { type: "button", onclick: () => dropFile(file), "aria-label": t("Remove {0}", file.name) }, t("Remove"))),
        el("div", { class: "how" }, el("p", { class: "hint" }, t("Reading …"))));
}

const readings = new Map(); // what stops the reading of a file that is under way

/** @return whether it was read: nobody asked for another reading meanwhile. */
async function readOne(file, box) {
    readings.get(file)?.abort();
    const reading = new AbortController();
    const { signal } = reading;
    readings.set(file, reading);
    const how = box.querySelector(".how");
    const read = await columnsOf(file, signal).catch((error) => ({ failed: error.message }));
    if (signal.aborted)
        return false;
    fill(how, read.failed ? unread(read.failed) : readingContent(read, file));
    byId("read-status").textContent = `${file.name}: ${read.failed ?? read.error ?? howRead(read)}`;
    return true;
}

function readAll() {
    const boxes = files.map(readingBox);
    fill(byId("readings"), boxes);
    files.forEach((file, i) => readOne(file, boxes[i]));
}

/** Read a file again by what a menu says; the focus stays there. */
async function say(file, change, menu) {
    const box = menu.closest(".reading");
    said.set(file, { ...said.get(file), ...change });
    if (await readOne(file, box))
        (box.querySelector(`[data-menu="${menu.dataset.menu}"]`) ?? box.querySelector("button")).focus();
}

/* The form's own field holds the files, so that it shows and sends them. */
function setFiles(list) {
    const data = new DataTransfer();
    list.forEach((file) => data.items.add(file));
    byId("bom").files = data.files;
    takeFiles();
}

function takeFiles() {
    const kept = [...byId("bom").files];
    files.filter((file) => !kept.includes(file)).forEach((file) => {
        readings.get(file)?.abort();
        said.delete(file);
    });
    kept.filter((file) => !said.has(file)).forEach((file) => said.set(file, unsaid()));
    files = kept;
    showProblem(null);
    readAll();
}

function dropFile(file) {
    byId("bom").focus();
    setFiles(files.filter((other) => other !== file));
}

function startFiles() {
    const zone = byId("drop");
    const over = (on) => zone.classList.toggle("over", on);
    byId("bom").addEventListener("change", takeFiles);
    zone.addEventListener("dragover", () => over(true));
    zone.addEventListener("dragleave", () => over(false));
    zone.addEventListener("drop", (event) => {
        over(false);
        if (event.dataTransfer.files.length > 0)
            setFiles([...event.dataTransfer.files]);
    });
    // A file that misses the zone must not replace the page.
    for (const kind of ["dragover", "drop"])
        addEventListener(kind, (event) => event.preventDefault());
    // The browser may have kept a choice from before a reload.
    if (byId("bom").files.length > 0)
        takeFiles();
}

// ---- Who is buying ----------------------------------------------------------

const boxesOf = (root) => [...root.querySelectorAll("input[name=profile]")];
const labelOf = (box) => box.closest("label");
const nameOf = (box) => labelOf(box).querySelector("b").textContent;

/* The first part of a profile's id: a country, by its ISO code but for one. */
const regionOf = (code) => (code === "uk" ? "GB" : code.toUpperCase());

function countryName(region) {
    try {
        return new Intl.DisplayNames([language], { type: "region" }).of(region);
    } catch {
        return region;
    }
}

/** A profile that is within another one stands below it. */
function inOrder(boxes, within) {
    const ids = new Set(boxes.map((box) => box.value));
    const parentOf = (box) => (ids.has(within[box.value]) ? within[box.value] : null);
    const below = (id) => boxes.filter((box) => parentOf(box) === id).flatMap((box) => [box, ...below(box.value)]);
    boxes.forEach((box) => labelOf(box).classList.toggle("within", parentOf(box) !== null));
    return below(null).map(labelOf);
}

function groupProfiles(within) {
    const groups = new Map();
    for (const box of boxesOf(byId("profiles"))) {
        const code = box.value.split("-")[0];
        groups.set(code, [...(groups.get(code) ?? []), box]);
    }
    // The country that the language is written for comes first: zh-CN.
    const own = (group) => language.endsWith(`-${group.region}`);
    fill(byId("profiles"), [...groups]
        .map(([code, boxes]) => ({ region: regionOf(code), name: countryName(regionOf(code)), labels: inOrder(boxes, within) }))
        .sort((a, b) => own(b) - own(a) || a.name.localeCompare(b.name, language))
        .map(({ name, labels }) => el("details", { class: "country" },
            el("summary", {}, name, " ", el("small", {}, `(${labels.length})`)), el("div", {}, labels))));
}

function unchoose(box) {
    box.checked = false;
    showChosen();
    (byId("chosen").querySelector("button") ?? byId("profile-search")).focus();
}

function showChosen() {
    const chosen = boxesOf(byId("profiles")).filter((box) => box.checked);
    const chip = (box) => el("li", {}, el("button", {
        type: "button", onclick: () => unchoose(box), "aria-label": t("Remove {0}", nameOf(box)),
    }, nameOf(box), " ", el("span", { "aria-hidden": "true" }, "×")));
    fill(byId("chosen"), chosen.length === 0
        ? el("p", { class: "hint" }, t("None chosen: every kind of buyer is screened."))
        : el("ul", { class: "chosen", "aria-label": t("Chosen") }, chosen.map(chip)));
}

function searchProfiles() {
    const words = byId("profile-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const group of byId("profiles").children) {
        const country = group.querySelector("summary").textContent;
        const labels = boxesOf(group).map(labelOf);
        for (const label of labels) {
            const text = `${country} ${label.textContent} ${label.querySelector("input").value}`.toLowerCase();
            label.hidden = !words.every((word) => text.includes(word));
        }
        const here = labels.filter((label) => !label.hidden).length;
        group.hidden = here === 0;
        group.open = words.length > 0;
        found += here;
    }
    byId("profile-found").textContent = words.length === 0 ? "" : t("Found: {0}", number(found));
}

async function startProfiles() {
    const { profiles } = await getJson("/api/profiles").catch(() => ({ profiles: [] }));
    groupProfiles(Object.fromEntries(profiles.map((profile) => [profile.id, profile.within])));
    byId("profiles").addEventListener("change", showChosen);
    byId("profile-search").addEventListener("input", searchProfiles);
    byId("profile-search").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    showChosen();
}

// ---- Sending ----------------------------------------------------------------

function showProblem(message) {
    byId("problem").hidden = message === null;
    byId("problem").textContent = message ?? "";
    if (message !== null)
        byId("problem").focus();
}

/* fetch() cannot tell how much of an upload is sent. */
function post(form, onSent) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", "/api/check");
        request.setRequestHeader("Prefer", "respond-async");
        request.upload.addEventListener("progress", (event) => event.lengthComputable && onSent(event.loaded / event.total));
        request.addEventListener("load", () => resolve(request));
        request.addEventListener("error", () => reject(new Error(unreachable())));
        request.send(form);
    });
}

/** The address of the result. */
function answerOf(request) {
    let said = null;
    try {
        said = JSON.parse(request.responseText);
    } catch { /* no JSON: its status is all there is */ }
    if (request.status === 202 && said?.result)
        return said.result;
    throw problemOf(request.status, said);
}

async function send() {
    const button = byId("form").querySelector("button[type=submit]");
    const bar = el("progress", { max: "1", value: "0", "aria-labelledby": "sending" });
    const words = el("p", { id: "sending" }, t("Sending the files …"));
    button.disabled = true;
    showProblem(null);
    fill(byId("progress"), words, bar);
    try {
        location.assign(withLanguage(answerOf(await post(formData(), (part) => { bar.value = part; }))));
    } catch (error) {
        fill(byId("progress"));
        button.disabled = false;
        showProblem(error.message);
    }
}

/** What stands in the way of sending, in words. */
function obstacle() {
    const limit = Number(byId("bom").dataset.limit);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length === 0)
        return t("Choose a file first.");
    if (limit > 0 && size > limit * 1024 * 1024)
        return t("These files are larger than {0} MB together. Check fewer at once, or save them as CSV.", limit);
    return null;
}

function startUpload() {
    startFiles();
    startProfiles();
    byId("form").addEventListener("submit", (event) => {
        event.preventDefault();
        const message = obstacle();
        if (message === null)
            send();
        else
            showProblem(message);
    });
    // Back from the result: the form is ready again.
    addEventListener("pageshow", (event) => {
        if (event.persisted) {
            fill(byId("progress"));
            byId("form").querySelector("button[type=submit]").disabled = false;
        }
    });
}

// ==== The result page: what opens under a row ================================

/* Only an address of the web becomes a link. */
function lawLink(finding) {
    const text = finding.citation ?? ruleText(finding.title);
    return /^https?:\/\//i.test(finding.url ?? "")
        ? el("a", { href: finding.url, rel: "noopener noreferrer", target: "_blank" }, text) : text;
}

// ---- Who made it, and where that stands -------------------------------------

/* 0 is A. */
function columnLetters(index) {
    const rest = Math.floor(index / 26);
    return (rest > 0 ? columnLetters(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

/** The columns that the maker was found in: its evidence quotes their headers,
    and alternates have columns of their own set. */
function evidenceColumns(finding, bom) {
    const columns = ["manufacturer", "mpn", "maker-and-mpn"].map((field) => bom?.columns[field] ?? []);
    const isQuoted = ({ header }) => [`"${header}"`, `“${header}”`].some((text) => finding.evidence?.includes(text));
    const sets = new Set(columns.flat().filter(isQuoted).map((column) => column.set));
    return columns.flatMap((same) => (same.length === 1 ? same : same.filter((column) => sets.has(column.set))));
}

function placeOf(finding, report) {
    const sameFile = report.boms.filter((bom) => bom.path === finding.bom);
    const bom = sameFile.find((other) => other.sheet === finding.sheet) ?? sameFile[0];
    const columns = evidenceColumns(finding, bom).map((column) => column.index);
    if (finding.sheet === null) {
        const names = columns.map((index) => t("column {0}", index + 1));
        return [finding.bom, t("line {0}", finding.line), ...names].join(" · ");
    }
    const cells = columns.map((index) => columnLetters(index) + finding.line);
    return [finding.bom, t("sheet “{0}”", finding.sheet),
        ...(cells.length > 0 ? cells : [t("line {0}", finding.line)])].join(" · ");
}

function makerFacts(finding, report) {
    const owner = finding.owner !== null && finding.owner !== finding.party && t("owned by {0}", finding.owner);
    return [
        finding.party_name !== null && el("p", {}, el("strong", {}, finding.party_name), owner && ` (${owner})`),
        el("p", {}, finding.evidence),
        el("p", { class: "hint" }, placeOf(finding, report)),
    ];
}

// ---- The five answers -------------------------------------------------------

/* A reason leaves one of the questions open, or answers it with no. */
const reasons = () => ({
    "probable-maker": ["maker", "open", t("Probably, not certainly.")],
    "contradiction": ["maker", "open", t("The manufacturer's name and the part number contradict each other.")],
    "shared-name": ["maker", "open", t("Several companies have this name.")],
    "affiliate": ["listed", "open", t("It is an affiliate of the company that is listed.")],
    "unconfirmed": ["listed", "open", t("This rests on a fact that is not confirmed.")],
    "open-origin": ["listed", "open", t("The rule goes by the origin, which the bill of materials does not say.")],
    "inside": ["covers", "open", t("What is inside decides, and no bill of materials shows it.")],
    "contents": ["covers", "open", t("What is inside decides, and nobody declares it.")],
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
    "contains": t("By what is inside, as its supplier declares"),
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

const profileName = (id, report) => ruleText(report.profile_names[id] ?? id);

function buyers(profiles, report) {
    const names = profiles.map((id) => profileName(id, report));
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

function questionList({ finding, profiles }, report) {
    const words = { known: t("Known"), yes: t("Yes"), no: t("No"), open: t("To be checked"), later: t("Not yet"),
        moot: t("Does not matter here") };
    const questions = [
        ["maker", t("Who made it?"), makerFacts(finding, report)],
        ["listed", t("Does the rule select it?"), el("p", {}, viaText(finding.via))],
        ["covers", t("Does the rule cover this kind of part?"), el("p", {}, kindText(finding))],
        ["binds", report.declared ? t("Does the rule bind you?") : t("Whom does the rule bind?"), buyers(profiles, report)],
        ["holds", t("Does the rule hold on {0}?", report.as_of), el("p", {}, dayText(finding))],
    ];
    return el("ol", { class: "questions" }, questions.map(([question, text, facts]) => {
        const [state, told] = answerTo(question, finding, report);
        return el("li", {}, el("b", {}, text), " ", el("span", { class: `answer ${state}` }, words[state]),
            told && el("p", {}, told), facts);
    }));
}

// ---- The rules --------------------------------------------------------------

function ruleBox(rule, report) {
    const { finding } = rule;
    const { waiver } = finding;
    return el("article", { class: "rule" },
        el("h3", {}, badge(finding.verdict), el("span", {}, finding.title === null ? t("No maker, so no rule could be asked") : ruleText(finding.title))),
        el("p", {}, finding.why),
        el("p", { class: "do" }, finding.do),
        waiver && el("p", {}, t("Accepted until {0} by {1}: {2}", waiver.expires, waiver.approved_by, waiver.reason)),
        finding.measure === null ? makerFacts(finding, report) : questionList(rule, report),
        finding.measure !== null && el("p", { class: "law" }, el("b", {}, t("The law")), " ", lawLink(finding), " ",
            el("small", {}, `${finding.measure}, ${finding.clause}`)));
}

/* What does not bind stands behind what does. */
function ruleList({ worst, rules }, report) {
    const applies = ({ finding }) => finding.verdict !== "out-of-scope" || worst.verdict === "out-of-scope";
    const outside = rules.filter((rule) => !applies(rule));
    return [
        rules.filter(applies).map((rule) => ruleBox(rule, report)),
        outside.length > 0 && el("details", {},
            el("summary", {}, t("Rules that name it but do not apply: {0}", number(outside.length))),
            outside.map((rule) => ruleBox(rule, report))),
    ];
}

// ---- Alternatives -----------------------------------------------------------

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
                el("li", {}, `${profileName(profile, report)}: ${verdictName(verdict)}`)))),
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
    const { alternatives, alternatives_beyond: beyond, excluded } = row.instead;
    if (alternatives.length + excluded.length === 0)
        return null;
    const heads = [t("Maker"), t("Part number"), t("Fit"), t("Verdict"), t("To qualify"), t("Source")];
    return el("section", { class: "instead" },
        el("h3", {}, t("What to buy instead")),
        alternatives.length > 0
            ? [el("p", { class: "hint" }, t("Each is a candidate that engineering must qualify.")),
                table(heads, alternatives.map((alternative) => alternativeCells(alternative, report)))]
            : el("p", {}, t("None is known that may be bought.")),
        beyond > 0 && el("p", { class: "hint" }, t("{0} more are known that rank lower; no report lists them.", number(beyond))),
        excluded.length > 0 && el("details", {},
            el("summary", {}, t("Left out, and why: {0}", number(excluded.length))),
            el("ul", {}, excluded.map(({ why }) => el("li", {}, why)))));
}

/** All that is known of a row: a part of a line, with its findings. */
function detailOf(row, report) {
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

// ==== The result page: waiting, the table, the link ==========================

const PAGE = 100; // rows of findings
const address = location.pathname.replace(/\/$/, "");

// ---- Waiting ----------------------------------------------------------------

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* The server renders what is done: the page is loaded again. */
async function wait() {
    const words = el("p", {});
    fill(byId("progress"), el("progress", { "aria-labelledby": "running" }), words);
    for (;;) {
        const status = await getJson(`${address}/status`).catch((error) =>
            ({ state: error.status === 404 ? "gone" : "lost", message: error.message }));
        if (status.state !== "running" && status.state !== "lost")
            return location.reload();
        words.textContent = status.message ?? (status.lines > 0 ? t("Lines read so far: {0}", number(status.lines)) : "");
        await pause(status.state === "lost" ? 3000 : 400);
    }
}

// ---- The report -------------------------------------------------------------

const rankOf = (finding) => severity.indexOf(finding.waiver === null ? finding.verdict : "waived");
const isSame = (a, b, keys) => keys.every((key) => a[key] === b[key]);
const PART = ["bom", "sheet", "line", "alternate", "manufacturer", "mpn"];
const RULE = ["verdict", "measure", "clause", "reason", "customer"];

/** What report.jsonl says, an object a line: too much, of many lines for many
    buyers, to be one text. A row is a part of a line, with all that the rules
    say of it; findings of it that differ only in the buyer are one rule's. */
class Report {
    constructor() {
        this.rows = [];
        this.boms = [];
        this.texts = new Map();
        this.count = 0;
        this.whole = false;
    }

    add({ kind, ...said }) {
        if (kind === "finding")
            this.addFinding(said);
        else if (kind === "bom")
            this.boms.push(said);
        else if (kind === "run" || kind === "summary")
            Object.assign(this, said, { whole: kind === "summary" });
    }

    /* The findings of a part follow one another. */
    addFinding(finding) {
        this.count++;
        let row = this.rows.at(-1);
        if (row === undefined || !isSame(row.rules[0].finding, finding, PART)) {
            row = { order: this.rows.length, rules: [], instead: finding };
            this.rows.push(row);
        }
        const waiver = JSON.stringify(finding.waiver);
        const rule = row.rules.find((other) => isSame(other.finding, finding, RULE)
            && JSON.stringify(other.finding.waiver) === waiver);
        if (rule)
            rule.profiles.push(finding.profile);
        else
            row.rules.push({ finding: this.shared(finding, row), profiles: [finding.profile] });
    }

    /* Thousands of findings say the same: each text is kept once, and what to
       buy instead once a row. */
    shared(finding, row) {
        const { alternatives, excluded, ...rest } = finding;
        if (row.instead.alternatives.length + row.instead.excluded.length === 0)
            row.instead = { alternatives, excluded, alternatives_beyond: finding.alternatives_beyond };
        for (const [key, value] of Object.entries(rest)) {
            if (typeof value !== "string")
                continue;
            if (!this.texts.has(value))
                this.texts.set(value, value);
            rest[key] = this.texts.get(value);
        }
        return rest;
    }

    finish() {
        for (const row of this.rows) {
            row.rules.sort((a, b) => rankOf(a.finding) - rankOf(b.finding));
            row.worst = row.rules[0].finding;
            row.verdict = severity[rankOf(row.worst)];
            row.text = searchText(row);
        }
        this.texts.clear();
    }
}

function searchText({ worst, verdict, rules }) {
    const { bom, sheet, refdes, manufacturer, mpn, ipn, description, party_name: maker } = worst;
    const names = new Set(rules.flatMap(({ finding }) => [finding.title && ruleText(finding.title), finding.measure]));
    return [verdictName(verdict), bom, sheet, refdes, manufacturer, mpn, ipn, description, maker, ...names]
        .filter(Boolean).join("\n").toLowerCase();
}

/** @param onCount  Is told from time to time how many findings there are. */
async function readReport(path, onCount) {
    const reply = await ask(path);
    const stream = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    const next = () => stream.read().catch(() => {
        throw new Error(unreachable());
    });
    const report = new Report();
    let rest = "";
    for (let { value, done } = await next(); !done; { value, done } = await next()) {
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        lines.forEach((line) => report.add(JSON.parse(line)));
        onCount(report.count);
    }
    if (!report.whole)
        throw new Error(t("The report breaks off. Check the files again."));
    report.finish();
    return report;
}

// ---- The table --------------------------------------------------------------

/* Numbers sort as numbers, texts as the language sorts them. */
const columnsFor = (report) => [
    { name: t("Verdict"), by: (row) => severity.indexOf(row.verdict) },
    report.boms.length > 1 && { name: t("File"), by: (row) => row.worst.bom },
    { name: t("Line"), by: (row) => row.order, show: (row) => String(row.worst.line) },
    { name: t("Reference"), by: (row) => row.worst.refdes ?? "" },
    { name: t("Manufacturer"), by: (row) => row.worst.manufacturer ?? "" },
    { name: t("Part number"), by: (row) => row.worst.mpn ?? "", show: partCell },
    { name: t("Why"), by: whyText, show: whyCell },
].filter(Boolean);

const whyText = ({ worst }) => (worst.title === null ? worst.why : ruleText(worst.title));

function partCell({ worst }) {
    return [worst.mpn, worst.alternate && [" ", el("small", {}, t("alternate"))],
        !worst.fitted && [" ", el("small", {}, t("not fitted"))]];
}

function whyCell(row) {
    const { worst, rules } = row;
    const applying = rules.filter(({ finding }) => finding.verdict !== "out-of-scope" || worst.verdict === "out-of-scope");
    const more = new Set(applying.map(({ finding }) => finding.measure)).size - 1;
    return [whyText(row), more > 0 && [" ", el("small", {}, t("and other rules: {0}", number(more)))]];
}

class FindingTable {
    constructor(report) {
        this.report = report;
        this.rows = report.rows;
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
        made.addEventListener("click", (event) =>
            (event.target === button || getSelection().isCollapsed) && this.turn(row, made, button));
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

// ---- What it rests on, and its link -----------------------------------------

function backgroundOf(report) {
    const section = (id, title, content) => el("section", { "aria-labelledby": id }, el("h2", { id }, title), content);
    const list = (texts) => el("ul", {}, texts.map((text) => el("li", {}, text)));
    return [
        section("boms-title", t("How the files were read"), report.boms.map((bom) => el("div", {},
            el("h3", {}, bom.path), el("p", {}, bom.error ?? howRead(bom)), diagnosticList(bom)))),
        report.skipped.length > 0 && section("skipped-title", t("Files that are no bill of materials"),
            list(report.skipped.map(({ path, why }) => `${path}: ${why}`))),
    ];
}

const tell = (text) => { byId("kept").textContent = text; };

async function copyLink() {
    try {
        await navigator.clipboard.writeText(byId("link").value);
        tell(t("Copied."));
    } catch {
        byId("link").focus();
        tell(t("Press Ctrl+C to copy it."));
    }
}

async function forget() {
    if (!confirm(t("Forget this result? Its reports cannot be downloaded any more.")))
        return;
    try {
        await ask(address, { method: "DELETE" });
        location.assign(withLanguage("/"));
    } catch (error) {
        tell(error.message);
    }
}

function startLink() {
    byId("link").value = location.origin + address;
    byId("link").addEventListener("focus", () => byId("link").select());
    byId("copy").addEventListener("click", copyLink);
    byId("forget").addEventListener("click", forget);
}

/* A result that could not see everything says so first. */
const shortOf = (report) => [
    el("p", {}, el("b", {}, report.complete
        ? t("INCONCLUSIVE: too little could be compared for an answer")
        : t("INCOMPLETE: not everything could be checked"))),
    report.problems.map((problem) => el("p", {}, problem)),
];

async function show() {
    startLink();
    const status = el("p", { class: "hint", role: "status" });
    byId("findings").prepend(status);
    try {
        const report = await readReport(`${address}/report.jsonl`, (count) => {
            status.textContent = t("Findings read so far: {0}", number(count));
        });
        if (!report.complete || !report.conclusive)
            fill(byId("message"), shortOf(report));
        if (report.rows.length > 0)
            new FindingTable(report);
        else
            fill(byId("findings"), el("p", {}, t("There are none.")));
        fill(byId("background"), backgroundOf(report));
    } catch (error) {
        status.replaceWith(el("p", { class: "alarm", role: "alert" }, error.message));
    }
}

function startResult() {
    ({ running: wait, done: show })[document.body.dataset.state]?.();
}

// ==== The history page =======================================================

function usesTable(uses) {
    const heads = [t("Product"), t("Revision"), t("File"), t("Line"), t("Reference"), t("Manufacturer"), t("Part number"), t("Run")];
    const run = (use) => `${use.run} (${use.time.slice(0, 10)}${use.latest ? `, ${t("newest")}` : ""})`;
    return table(heads, uses.map((use) => [use.product, use.revision, use.path, String(use.line), use.refdes,
        use.manufacturer, use.mpn, run(use)]));
}

async function find() {
    const query = new URLSearchParams({ q: byId("q").value, lang: language });
    fill(byId("uses"));
    try {
        const { uses, parties } = await getJson(`/api/history/where-used?${query}`);
        const names = parties.map((party) => party.name).join("; ");
        byId("used-found").textContent = [t("Found: {0}", number(uses.length)), names].filter(Boolean).join(" · ");
        fill(byId("uses"), uses.length > 0 && usesTable(uses));
    } catch (error) {
        byId("used-found").textContent = error.message;
    }
}

function startHistory() {
    byId("where-used").addEventListener("submit", (event) => {
        event.preventDefault();
        find();
    });
}

// ==== The page that this is ==================================================

async function start() {
    if (language !== "en")
        Object.assign(strings, await getJson(`/strings/${language}.json`).catch(() => ({})));
    for (const part of document.querySelectorAll("[data-script]"))
        part.hidden = false;
    ({ upload: startUpload, result: startResult, history: startHistory })[document.body.dataset.page]();
}

start();
