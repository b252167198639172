// The upload page: files, how each is read, who is buying, and sending it all.

import { alarm, byId, diagnosticList, el, fill, getJson, howRead, language, number, problemOf, start, t,
    unreachable, withLanguage } from "./app.js";

// ---- How a file is read --------------------------------------------------

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
    "fitted": t("Fitted"),
    "not-fitted": t("Not fitted"),
    "item": t("Item number"),
    "note": t("Remark"),
});

let files = [];     // the browser's File objects, posted again at each change
let maps = [];      // "mpn=Part No.": what the user said of columns
let reading = null; // stops the readings under way

const fieldOf = (map) => map.slice(0, map.indexOf("="));

function settings() {
    return [
        ...maps.map((map) => ["map", map]),
        ["sheet", byId("sheet").value.trim()],
        ["encoding", byId("encoding").value.trim()],
    ].filter(([, value]) => value !== "");
}

function columnsOf(file, signal) {
    const form = new FormData();
    form.append("lang", language);
    settings().forEach(([name, value]) => form.append(name, value));
    form.append("bom", file);
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
function mapsAfter(read, index, field) {
    const fields = assigned(read);
    const named = new Set([fields[index], field, ...maps.map(fieldOf)]);
    if (fields.filter((other) => other === field).length === 1)
        fields[fields.indexOf(field)] = null;
    fields[index] = field;
    return fields
        .map((name, i) => (named.has(name) && read.headers[i] !== "" ? `${name}=${read.headers[i]}` : null))
        .filter((map) => map !== null);
}

/* A column is named by its header: without one of its own it cannot be. */
const canBeNamed = (read, index) =>
    read.headers[index] !== "" && read.headers.indexOf(read.headers[index]) === index;

function columnMenu(read, index, field) {
    const names = fieldNames();
    const option = (name) => el("option", { value: name, selected: name === field }, names[name] ?? name);
    const menu = el("select", {
        "aria-label": t("Column {0}, “{1}”, is", index + 1, read.headers[index]),
        "data-column": index,
        disabled: !canBeNamed(read, index),
        onchange: () => {
            maps = mapsAfter(read, index, menu.value);
            readAgain(menu.closest(".reading"), index);
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

function readingTable(read, name) {
    const fields = assigned(read);
    const order = columnOrder(fields);
    const look = (i) => (fields[i] === null ? null : "named");
    const row = (cells) => el("tr", {}, order.map((i) => el("td", { class: look(i), title: cells[i] }, cells[i])));
    return el("div", { class: "wide", role: "region", tabindex: "0", "aria-label": t("Columns and first rows of {0}", name) },
        el("table", {},
            el("thead", {},
                el("tr", {}, order.map((i) => el("td", { class: look(i) }, columnMenu(read, i, fields[i])))),
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

function readingContent(read, file) {
    const columns = read.headers.length > 0 && readingTable(read, file.name);
    if (read.error) {
        return [unread(read.error), columns
            ? [el("p", {}, t("If one of these columns holds part numbers, choose it in its menu. Otherwise name the sheet or the encoding below, or export the bill of materials again as Excel or CSV.")), columns]
            : el("p", {}, t("Name the sheet or the encoding below, or export the bill of materials again as Excel or CSV."))];
    }
    const lack = lacking(read);
    return [
        el("p", {}, howRead(read)),
        read.lost > 0 && alarm(t("Rows that could not be read: {0}. The report will be incomplete.", number(read.lost))),
        lack && alarm(lack),
        read.header_line === null && alarm(t("The file has no row of headers; its columns were told by what is in them. If you change one, the first row is taken for headers and not checked. Better write headers into the file.")),
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

/** @return what is said of it, once it is shown. */
async function readOne(file, box, signal) {
    const how = box.querySelector(".how");
    try {
        const read = await columnsOf(file, signal);
        if (signal.aborted)
            return "";
        fill(how, readingContent(read, file));
        return `${file.name}: ${read.error ?? howRead(read)}`;
    } catch (error) {
        if (error.name === "AbortError")
            return "";
        fill(how, unread(error.message));
        return `${file.name}: ${error.message}`;
    }
}

async function readInto(boxes) {
    reading?.abort();
    reading = new AbortController();
    const { signal } = reading;
    byId("reading-options").hidden = files.length === 0;
    const said = await Promise.all(files.map((file, i) => readOne(file, boxes[i], signal)));
    if (!signal.aborted)
        byId("read-status").textContent = said.join("; ");
    return !signal.aborted;
}

function readAll() {
    const boxes = files.map(readingBox);
    fill(byId("readings"), boxes);
    return readInto(boxes);
}

/** After a change in a menu: the focus stays with its column. */
async function readAgain(box, column) {
    if (await readInto([...byId("readings").children]))
        box.querySelector(`[data-column="${column}"]`)?.focus();
}

function takeFiles(list) {
    files = [...list];
    maps = [];
    byId("bom").required = false;
    showProblem(null);
    readAll();
}

function dropFile(file) {
    files = files.filter((other) => other !== file);
    maps = files.length === 0 ? [] : maps;
    byId("bom").value = "";
    byId("bom").focus();
    readAll();
}

function startFiles() {
    const zone = byId("drop");
    const over = (on) => zone.classList.toggle("over", on);
    byId("bom").addEventListener("change", () => byId("bom").files.length > 0 && takeFiles(byId("bom").files));
    zone.addEventListener("dragover", () => over(true));
    zone.addEventListener("dragleave", () => over(false));
    zone.addEventListener("drop", (event) => {
        over(false);
        if (event.dataTransfer.files.length > 0)
            takeFiles(event.dataTransfer.files);
    });
    // A file that misses the zone must not replace the page.
    for (const kind of ["dragover", "drop"])
        addEventListener(kind, (event) => event.preventDefault());
    for (const id of ["sheet", "encoding"])
        byId(id).addEventListener("change", readAll);
    // The browser may have kept a choice from before a reload.
    if (byId("bom").files.length > 0)
        takeFiles(byId("bom").files);
}

// ---- Who is buying -------------------------------------------------------

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
    const told = await getJson("/api/profiles").catch(() => ({ profiles: [] }));
    groupProfiles(Object.fromEntries(told.profiles.map((profile) => [profile.id, profile.within])));
    byId("profiles").addEventListener("change", showChosen);
    byId("profile-search").addEventListener("input", searchProfiles);
    byId("profile-search").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    showChosen();
}

// ---- Sending -------------------------------------------------------------

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
    let told = null;
    try {
        told = JSON.parse(request.responseText);
    } catch { /* no JSON: its status is all there is */ }
    if (request.status === 202 && told?.result)
        return told.result;
    throw new Error(problemOf(request.status, told));
}

function formData() {
    const form = new FormData(byId("form"));
    ["bom", "sheet", "encoding"].forEach((name) => form.delete(name));
    settings().forEach(([name, value]) => form.append(name, value));
    // The files come last: what they are checked for is known when they arrive.
    files.forEach((file) => form.append("bom", file));
    return form;
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

start(() => {
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
});
