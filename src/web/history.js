// The history page: where a company or a part is used.

import { byId, fill, getJson, language, number, start, t, table } from "./app.js";

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

start(() => byId("where-used").addEventListener("submit", (event) => {
    event.preventDefault();
    find();
}));
