// The pages of `bomgate serve`, used as people use them.
//
// usage: node page.mjs PROGRAM [--pictures FOLDER] [TEST …]

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessible, Browser, canRun, check, equal, fits, root, sample, Server, until } from "./harness.mjs";

const SKIPPED = 77;

// ---- Steps ---------------------------------------------------------------

async function openUpload(page, server, language = "en") {
    await page.goto(`${server.address}/?lang=${language}`);
    await page.waitForSelector("details.country");
}

async function choose(page, files) {
    await page.setInputFiles("#bom", files);
    await page.waitForSelector(".reading table, .reading .alarm");
}

/* page.check() looks at once whether the click took, which a busy browser may
   tell later. */
async function declare(page, words, profile) {
    await page.fill("#profile-search", words);
    await page.click(`input[value=${profile}]`);
    await page.waitForSelector(`input[value=${profile}]:checked`);
}

async function openNames(page) {
    if (!(await page.locator("details:has(#product)").evaluate((names) => names.open)))
        await page.click("details:has(#product) > summary");
}

async function send(page) {
    await page.click("#form button[type=submit]");
    await page.waitForSelector("table.findings");
}

async function download(page, selector) {
    const [got] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
    return { name: got.suggestedFilename(), bytes: readFileSync(await got.path()) };
}

/** All that is there in light and dark, narrow and wide, and a picture of it. */
async function inspect(browser, page, name) {
    await browser.picture(page, name);
    await fits(page, name);
    await accessible(page, name);
}

const texts = (page, selector) => page.locator(selector).allInnerTexts();
const tile = (page, verdict) => page.locator(`.tile.${verdict} b`).innerText();

/** Tab until the selector has the focus, which must be seen. */
async function tabTo(page, selector) {
    for (let i = 0; i < 150; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate((wanted) => {
            const { activeElement: active } = document;
            return { there: active.matches(wanted), outline: getComputedStyle(active).outlineStyle, html: active.outerHTML.slice(0, 100) };
        }, selector);
        check(at.outline !== "none" || at.html.startsWith("<body"), `no focus is seen on ${at.html}`);
        if (at.there)
            return;
    }
    throw new Error(`the keyboard does not reach ${selector}`);
}

// ---- Tests ---------------------------------------------------------------

const tests = {
    async "the whole way in English"({ browser, server }) {
        const page = await browser.page(server);
        await openUpload(page, server);
        await inspect(browser, page, "en-1-start");
        await choose(page, sample("orangecrab-r0.2.1.csv"));
        equal((await texts(page, ".how > p"))[0], "CSV · UTF-8 · separated by “,” · header on line 1 · part lines: 47", "how it is read");
        equal((await texts(page, ".reading th"))[0], "PN", "the first column");
        await inspect(browser, page, "en-2-read");
        await declare(page, "critical infra", "cn-cii-operator");
        equal((await texts(page, "#chosen button"))[0], "China: operator of critical information infrastructure ×", "what is chosen");
        await inspect(browser, page, "en-3-buyer");
        await send(page);
        equal(await tile(page, "prohibited"), "1", "prohibited lines");
        equal(await tile(page, "unknown"), "7", "unknown lines");
        check(/^Judged for purchase on \d{4}-\d\d-\d\d, by the rules /.test(await page.locator("#judged").innerText()), "what was asked is not said");
        await inspect(browser, page, "en-5-result");

        await page.click("details:has(.words) > summary");
        await page.click(".row .opener");
        const detail = page.locator(".detail");
        equal(await detail.locator(".questions > li").count(), 5, "answers");
        const said = await detail.innerText();
        for (const words of ["Micron Technology, Inc.", "line 44", "column 9 · column 11", "ddr3l", "From 2023-05-21.", "cn-cac-micron-2023",
            "What to buy instead", "equivalent"])
            check(said.includes(words), `what opens does not say ${words}`);
        check(/^https?:/.test(await detail.locator(".law a").getAttribute("href")), "the law has no link");
        await inspect(browser, page, "en-6-open");
    },

    async "the reports are downloaded, the result has a link and is forgotten"({ browser, server }) {
        const page = await browser.page(server, { expected: /a dialog: Forget|404/, permissions: ["clipboard-read", "clipboard-write"] });
        await openUpload(page, server);
        await choose(page, sample("orangecrab-r0.2.1.csv"));
        await send(page);
        const excel = await download(page, ".downloads li:first-child a");
        check(excel.name.endsWith(".xlsx") && excel.bytes.subarray(0, 2).toString() === "PK", `${excel.name} is no workbook`);
        const json = await download(page, ".downloads a[href$='.json']");
        equal(JSON.parse(json.bytes).schema, "bomgate-check/1", "the JSON report");

        await page.click("#copy");
        const link = await page.evaluate(() => navigator.clipboard.readText());
        const other = await browser.page(server, { expected: /404/ });
        await other.goto(link);
        await other.waitForSelector("table.findings");

        page.removeAllListeners("dialog");
        page.on("dialog", (dialog) => dialog.accept());
        await page.click("#forget");
        await page.waitForSelector("#form");
        const gone = await other.goto(link);
        equal(gone.status(), 404, "a forgotten result");
        check((await other.locator("#message").innerText()).length > 20, "nothing says that the result is gone");
        await accessible(other, "a result that is gone");
    },

    async "the whole way in Chinese, with Excel"({ browser, server }) {
        const page = await browser.page(server, { locale: "zh-CN" });
        await page.goto(`${server.address}/`);
        await page.waitForSelector("details.country");
        equal(await page.locator("html").getAttribute("lang"), "zh-CN", "the language that the browser asks for");
        equal((await texts(page, "h1"))[0], "检查物料清单", "the title");
        await choose(page, sample("beaglebone-ai-a2.xlsx"));
        check((await texts(page, ".how > p"))[0].includes("工作表“A2 BOM + DNP 200603”"), "how it is read");
        await inspect(browser, page, "zh-2-read");
        await declare(page, "国防部", "us-dod-contractor");
        await inspect(browser, page, "zh-3-buyer");
        await send(page);
        await page.click(".row .opener");
        await inspect(browser, page, "zh-6-open");
        const main = await page.locator("main").innerText();
        for (const word of ["Findings", "Who made it?", "Part number", "Search"])
            check(!main.includes(word), `the Chinese page says ${word}: ${main}`);
        check(/ · [A-Z]+\d+/.test(await page.locator(".detail").innerText()), "no cell is named");
        await page.click(".languages a[lang=en]");
        await page.waitForSelector("table.findings");
        equal((await texts(page, "h1"))[0], "Result", "the title after the other language");
    },

    async "by keyboard alone"({ browser, server }) {
        const page = await browser.page(server);
        await openUpload(page, server);
        await tabTo(page, ".skip");
        await tabTo(page, "#bom");
        const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
        await chooser.setFiles(sample("orangecrab-r0.2.1.csv"));
        await page.waitForSelector(".reading table");
        await tabTo(page, ".reading td select");
        await tabTo(page, "#profile-search");
        await page.keyboard.type("critical information infrastructure");
        await tabTo(page, "input[value=cn-cii-operator]");
        await page.keyboard.press("Space");
        check(await page.locator("input[value=cn-cii-operator]").isChecked(), "the profile is not chosen");
        await tabTo(page, "#activity");
        await tabTo(page, "#form button[type=submit]");
        await page.keyboard.press("Enter");
        await page.waitForSelector("table.findings");
        await tabTo(page, ".tile.unknown button");
        await page.keyboard.press("Enter");
        equal(await page.locator(".row").count(), 7, "rows of the tile that is pressed");
        await page.keyboard.press("Enter");
        await tabTo(page, "#search");
        await page.keyboard.type("micron");
        await tabTo(page, "th:nth-child(2) button");
        await page.keyboard.press("Enter");
        equal(await page.locator("th:nth-child(2)").getAttribute("aria-sort"), "ascending", "the order");
        await tabTo(page, ".row .opener");
        await page.keyboard.press("Enter");
        equal(await page.locator(".row .opener").first().getAttribute("aria-expanded"), "true", "the row");
        await tabTo(page, ".detail .law a");
        await tabTo(page, "#copy");
    },

    async "without script"({ browser, server }) {
        const page = await browser.page(server, { javaScriptEnabled: false });
        await page.goto(`${server.address}/?lang=en`);
        await browser.picture(page, "plain-1-start");
        await page.setInputFiles("#bom", sample("orangecrab-r0.2.1.csv"));
        await page.click("input[value=cn-cii-operator]");
        await page.waitForSelector("input[value=cn-cii-operator]:checked");
        await page.click("#form button[type=submit]");
        for (let i = 0; i < 50 && await page.locator("body[data-state=running]").count() > 0; i++) {
            await page.waitForTimeout(200);
            await page.reload();
        }
        equal(await tile(page, "prohibited"), "1", "prohibited lines");
        check((await texts(page, "#findings td")).includes("MT41K64M16TW-107:J TR"), "the finding is not listed");
        const main = await page.locator("main").innerText();
        for (const words of ["Judged for purchase on ", "What was not checked", "the foundry, what is inside modules", "What to buy instead", " · equivalent · clear"])
            check(main.includes(words), `without script nothing says ${words}`);
        // What looks for violations is a script itself.
        const other = await browser.page(server, { expected: /ERR_FAILED/ });
        await other.route("**/app.js", (route) => route.abort());
        await other.goto(page.url());
        await inspect(browser, other, "plain-5-result");
        const excel = await download(page, ".downloads li:first-child a");
        equal(excel.bytes.subarray(0, 2).toString(), "PK", "the workbook");
    },

    async "what nobody declares is listed, with and without script"({ browser, server }) {
        const words = ["Contents undeclared", "nobody declares it", "beaglebone-ai-a2.xlsx:106 U37: AzureWave AW-CM256SM; asked by us-fascsa-orders, us-kaspersky-1634, us-ndaa-5949"];
        for (const script of [true, false]) {
            const page = await browser.page(server, script ? {} : { javaScriptEnabled: false });
            await page.goto(`${server.address}/?lang=en`);
            if (script) {
                await choose(page, sample("beaglebone-ai-a2.xlsx"));
                await declare(page, "federal contractor", "us-federal-contractor");
                await send(page);
            } else {
                await page.setInputFiles("#bom", sample("beaglebone-ai-a2.xlsx"));
                await page.click("input[value=us-federal-contractor]");
                await page.click("#form button[type=submit]");
            }
            for (let i = 0; !script && i < 50 && await page.locator("body[data-state=running]").count() > 0; i++) {
                await page.waitForTimeout(200);
                await page.reload();
            }
            const main = await page.locator("main").innerText();
            for (const said of words)
                check(main.includes(said), `script ${script}: nothing says ${said}: ${main.slice(0, 2000)}`);
            await browser.picture(page, `contents-${script ? "script" : "plain"}`);
        }
    },

    async "a hostile BOM does nothing"({ browser, server }) {
        const page = await browser.page(server);
        const evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
        const rows = [["Reference", "Qty", "Manufacturer", "MPN", "Description"], ["U1", "1", "Micron", "MT40A512M16TB-062E:R", evil],
            [evil, "1", evil, evil, "{{Check}} {%rules%} javascript:alert(3)"], ["U3", "1", "\u202eMicron", "MT41K256M16TW-107:P", "=HYPERLINK(\"http://example.com\")"]];
        const csv = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
        await openUpload(page, server);
        await choose(page, { name: "<img src=x onerror=alert(4)>.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
        equal((await texts(page, ".reading h3"))[0], "<img src=x onerror=alert(4)>.csv", "the file's name");
        check((await texts(page, ".reading td")).includes(evil), "the cell does not stand as it is");
        await openNames(page);
        await page.fill("#product", evil);
        await send(page);
        for (const opener of await page.locator(".row .opener").all())
            await opener.click();
        equal(await page.locator("main img, main script, main [onerror]").count(), 0, "markup out of a BOM");
        check((await page.locator(".row").allInnerTexts()).some((text) => text.includes(evil)), "the part does not stand as it is");
        const all = await page.locator("main").innerText();
        check(!/[\u202a-\u202e]/.test(all) && all.includes("⟨U+202E⟩Micron"), "what turns a text around is not told of");
        await inspect(browser, page, "hostile");
        await page.goto(page.url().replace("?", "/report.html?"));
        equal(await page.locator("img, script, [onerror]").count(), 0, "markup in the HTML report");
    },

    async "a column is corrected"({ browser, server }) {
        const page = await browser.page(server);
        await openUpload(page, server);
        await choose(page, { name: "own.csv", mimeType: "text/csv", buffer: Buffer.from("Where,Who,What,Order code\nU1,Micron,DRAM,MT41K256M16TW-107:P\nU2,Samsung,DRAM,K4B4G1646E-BYMA\n") });
        await browser.picture(page, "columns-1");
        const menu = (header) => page.locator(`select[aria-label*="“${header}”"]`);
        const set = async (header, field) => {
            await menu(header).selectOption(field);
            await until(page, ([name, value]) =>
                [...document.querySelectorAll(".reading select")].find((s) => s.getAttribute("aria-label").includes(`“${name}”`))?.value === value
                && document.activeElement.matches(".reading select"), [header, field]);
        };
        await set("Order code", "mpn");
        await set("Who", "manufacturer");
        await set("Where", "refdes");
        await inspect(browser, page, "columns-2");
        equal(await menu("Order code").inputValue(), "mpn", "the first correction after the others");
        await declare(page, "critical infra", "cn-cii-operator");
        await send(page);
        equal(await tile(page, "prohibited"), "1", "prohibited lines");
        check((await page.locator(".row").first().innerText()).includes("U1"), "the column is not taken");

        // One column takes a field from another.
        await openUpload(page, server);
        await choose(page, sample("glasgow-revc3.csv"));
        const before = await page.locator(".reading td select").evaluateAll((all) => all.filter((s) => s.value === "mpn").length);
        equal(before, 1, "columns of part numbers");
        const other = await page.locator(".reading td select").evaluateAll((all) => all.find((s) => s.value === "")?.getAttribute("aria-label")
            ?? all.find((s) => s.value !== "mpn").getAttribute("aria-label"));
        await page.locator(`select[aria-label="${other}"]`).selectOption("mpn");
        await until(page, (label) => document.activeElement.getAttribute("aria-label") === label && document.activeElement.value === "mpn", other);
        const after = await page.locator(".reading td select").evaluateAll((all) => all.filter((s) => s.value === "mpn").length);
        equal(after, 1, "columns of part numbers after the correction");
        await page.click(".undo");
        await until(page, () => document.querySelector(".reading th")?.textContent === "MPN");
        equal(await page.locator(".undo").count(), 0, "what is left to undo");
    },

    async "a file that cannot be read says what to do"({ browser, server }) {
        const page = await browser.page(server, { expected: /status of 4\d\d/ });
        await openUpload(page, server);
        await choose(page, [{ name: "picture.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004 junk") },
            { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("Dear Sir,\nplease find nothing.\n") }]);
        await until(page, () => document.querySelectorAll(".reading .alarm").length === 2);
        for (const text of await texts(page, ".reading .alarm"))
            check(text.includes("could not be read") && text.length > 60, `not clear: ${text}`);
        await inspect(browser, page, "unreadable-1");
        await page.click("#form button[type=submit]");
        await page.waitForSelector("#message:not(:empty)");
        check((await page.locator("#message").innerText()).length > 40, "the result does not say why");
        await inspect(browser, page, "unreadable-2");

        await openUpload(page, server);
        await page.click("#form button[type=submit]");
        equal(await page.locator("#problem").isVisible() || await page.locator("#bom:invalid").count() === 1, true, "no file is chosen");
    },

    async "files are dropped on the page, and taken away"({ browser, server }) {
        const page = await browser.page(server);
        await openUpload(page, server);
        await page.evaluate(() => {
            const data = new DataTransfer();
            data.items.add(new File(["MPN,Company\nMT41K256M16TW-107:P,Micron\n"], "one.csv"));
            data.items.add(new File(["MPN,Manufacturer\nK4B4G1646E-BYMA,Samsung\n"], "two.csv"));
            document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        });
        await until(page, () => document.querySelectorAll(".reading table").length === 2);
        await inspect(browser, page, "dropped");

        // A menu's word holds for its file alone, and so does its undoing.
        const menus = (file) => page.locator(`.reading:nth-child(${file}) td select`);
        const of = (file, header) => page.locator(`.reading:nth-child(${file}) select[aria-label*="“${header}”"]`);
        await of(1, "Company").selectOption("manufacturer");
        await page.waitForSelector(".reading:nth-child(1) .undo");
        equal(await page.locator(".reading:nth-child(2) .undo").count(), 0, "what is to be undone of the other file");
        await of(2, "MPN").selectOption("value");
        await page.waitForSelector(".reading:nth-child(2) .undo");
        check(await page.evaluate(() => document.activeElement.matches(".reading:nth-child(2) select")), "the focus has left the menu");
        equal(await of(1, "MPN").inputValue(), "mpn", "the first file's part numbers");
        await page.click(".reading:nth-child(2) .undo");
        await until(page, () => document.querySelectorAll(".undo").length === 1);
        equal(await of(2, "MPN").inputValue(), "mpn", "the second file's part numbers after all");
        equal(await of(1, "Company").inputValue(), "manufacturer", "the column that was changed");
        await page.click("button[aria-label='Remove two.csv']");
        await until(page, () => document.querySelectorAll(".reading table").length === 1);
        equal(await menus(1).nth(1).inputValue(), "manufacturer", "the column that was changed");
        await send(page);
        equal(await page.locator(".row").count(), 1, "rows");
    },

    async "each file has its own columns, sheet and encoding"({ browser, server }) {
        const page = await browser.page(server);
        const book = (name) => ({ name, mimeType: "", buffer: readFileSync(path.join(root, "tests/golden/oddities-tables/other-sheets.xlsx")) });
        const text = (name, words) => ({ name, mimeType: "text/csv", buffer: Buffer.from(words) });
        const gbk = Buffer.concat([Buffer.from("Reference,Manufacturer,MPN,Description\nU1,Micron,MT40A512M16TB-062E:R,"), Buffer.from([0xc4, 0xda, 0xb4, 0xe6]), Buffer.from("\n")]);
        await openUpload(page, server);
        await choose(page, [book("one.xlsx"), book("two.xlsx"), { name: "三.csv", mimeType: "text/csv", buffer: gbk },
            text("four.csv", "Where,Who,What\nU1,MT41K256M16TW-107:P,Micron\n"), text("five.csv", "Where,Who,What\nU1,Micron,MT41K256M16TW-107:P\n")]);
        await until(page, () => document.querySelectorAll(".reading table").length === 5);
        const menu = (file, what) => page.locator(`.reading:nth-child(${file}) [data-menu=${what}]`);
        const set = async (file, what, value) => {
            await menu(file, what).selectOption(value);
            await until(page, ([n, name, wanted]) => {
                const now = document.querySelector(`.reading:nth-child(${n}) [data-menu=${name}]`);
                return now?.value === wanted && now === document.activeElement && document.querySelector(`.reading:nth-child(${n}) .undo`);
            }, [file, what, value]);
        };
        equal(await menu(1, "sheet").inputValue(), "BOM", "the sheet that is read");
        equal((await menu(1, "sheet").locator("option").allInnerTexts()).join(), "Change log,BOM,DNP", "the sheets");
        equal(await menu(1, "encoding").count() + await menu(3, "sheet").count(), 0, "menus that a file has no use for");
        await set(2, "sheet", "DNP");
        equal(await menu(1, "sheet").inputValue(), "BOM", "the other workbook's sheet");
        await set(3, "encoding", "GB18030");
        await set(4, "column-1", "mpn");
        await set(4, "column-2", "manufacturer");
        await set(5, "column-1", "manufacturer");
        await set(5, "column-2", "mpn");
        equal(await menu(4, "column-1").inputValue(), "mpn", "the fourth file's second column");
        await inspect(browser, page, "own-readings");
        await declare(page, "critical infra", "cn-cii-operator");
        await send(page);
        const { boms } = await (await fetch(page.url().replace(/\?.*/, "/report.json"))).json();
        equal(boms.map((bom) => bom.sheet).join(), "BOM,DNP,,,", "the sheets that were checked");
        equal(boms[2].encoding, "GB18030", "the encoding that was said");
        equal(boms.slice(3).map((bom) => bom.columns.mpn[0].header).join(), "Who,What", "the columns that were said");
        await browser.picture(page, "own-result");
    },

    async "a result says how long it stays, and in which language it is"({ browser, program }) {
        const server = await Server.start(program, ["--keep", "90"]);
        try {
            const page = await browser.page(server);
            await openUpload(page, server);
            await choose(page, sample("orangecrab-r0.2.1.csv"));
            await send(page);
            const main = await page.locator("main").innerText();
            check(main.includes("for 90 minutes at most"), "how long it stays is not said");
            check(!main.includes("This result was made in"), "the page's own language is told of");
            await page.click(".languages a[lang=zh-CN]");
            await page.waitForSelector("table.findings");
            check((await page.locator("main").innerText()).includes("此结果以 English 生成"), "the result's language is not said");
            equal(await page.locator("#headline").getAttribute("lang"), "en", "the headline's language");
        } finally {
            await server.stop();
        }
    },

    async "ten thousand findings stay quick"({ browser, server }) {
        const page = await browser.page(server);
        const makers = [["Micron", "MT41K256M16TW-107:P"], ["Nobody Ltd", "XX1"], ["YMTC", "YMN09TC1B1JC6C"]];
        const rows = Array.from({ length: 10000 }, (_, i) => [`U${i + 1}`, ...makers[i % 3].with(1, `${makers[i % 3][1]}${i % 3 === 1 ? i : ""}`)]);
        const csv = ["Reference,Manufacturer,MPN", ...rows.map((row) => row.join(","))].join("\n");
        await openUpload(page, server);
        await choose(page, { name: "big.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
        await declare(page, "supplier to the Department of Defense", "us-dod-contractor");
        await declare(page, "critical infra", "cn-cii-operator");
        await page.click("#form button[type=submit]");
        await page.waitForSelector("table.findings", { timeout: 60000 });
        check((await page.locator(".tools [role=status]").innerText()).endsWith("of 10,000 parts"), "not all parts are there");
        equal(await page.locator(".row").count(), 100, "rows on a page");
        const took = async (act) => page.evaluate(act);
        const search = await took(() => {
            const field = document.querySelector("#search");
            const from = performance.now();
            field.value = "xx19997";
            field.dispatchEvent(new Event("input"));
            document.body.getBoundingClientRect();
            return performance.now() - from;
        });
        equal(await page.locator(".row").count(), 1, "rows found");
        const sort = await took(() => {
            document.querySelector("#search").value = "";
            document.querySelector("#search").dispatchEvent(new Event("input"));
            const from = performance.now();
            document.querySelector("th:nth-child(3) button").click();
            document.body.getBoundingClientRect();
            return performance.now() - from;
        });
        check(search < 300 && sort < 600, `search took ${Math.round(search)} ms, sorting ${Math.round(sort)} ms`);
        await page.click(".pager button:last-child");
        check((await page.locator(".tools [role=status]").innerText()).startsWith("101 to 200"), "the second page");
        check(await page.evaluate(() => document.activeElement.matches(".row .opener")), "the focus is not in the page that was turned to");
        await browser.picture(page, "big");
    },

    async "the history is looked at and audited"({ browser, program }) {
        const server = await Server.start(program, ["--history", "history.db"]);
        try {
            const page = await browser.page(server);
            await openUpload(page, server);
            await choose(page, sample("orangecrab-r0.2.1.csv"));
            await openNames(page);
            await page.fill("#product", "OrangeCrab");
            await declare(page, "critical infra", "cn-cii-operator");
            await send(page);
            await page.click(".pages a[href^='/history']");
            await page.fill("#q", "micron");
            await page.keyboard.press("Enter");
            await page.waitForSelector("#uses table");
            check((await page.locator("#uses").innerText()).includes("OrangeCrab"), "the product is not found");
            check((await page.locator("#runs-title + div").innerText()).includes("OrangeCrab"), "the run is not listed");
            await inspect(browser, page, "history");
            const audit = await download(page, "form[action='/audit'] button");
            equal(audit.bytes.subarray(0, 2).toString(), "PK", "the audit's workbook");
        } finally {
            await server.stop();
        }
    },

    async "a token is asked for as a password"({ browser, program }) {
        const folder = mkdtempSync(path.join(tmpdir(), "bomgate-token-"));
        const token = "0123456789abcdef-a-token";
        writeFileSync(path.join(folder, "token"), token);
        const server = await Server.start(program, ["--token-file", path.join(folder, "token")]);
        try {
            equal((await fetch(server.address)).status, 401, "without the token");
            const page = await browser.page(server, { httpCredentials: { username: "buyer", password: token } });
            await openUpload(page, server);
            await choose(page, sample("orangecrab-r0.2.1.csv"));
            await send(page);
            equal(await tile(page, "unknown"), "7", "unknown lines");
        } finally {
            await server.stop();
            rmSync(folder, { recursive: true });
        }
    },

    async "a server that is gone is told of"({ browser, program }) {
        const server = await Server.start(program);
        const page = await browser.page(server, { expected: /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET/ });
        await openUpload(page, server);
        await choose(page, sample("orangecrab-r0.2.1.csv"));
        await server.stop();
        await page.click("#form button[type=submit]");
        await page.waitForSelector("#problem:not([hidden])");
        check((await page.locator("#problem").innerText()).includes("cannot be reached"), "the page does not say so");
        check(await page.locator("#form button[type=submit]").isEnabled(), "one cannot try again");
    },
};

// --------------------------------------------------------------------------

/** @return whether it passed; what its pages said counts too. */
async function runTest(name, fixture) {
    const from = Date.now();
    try {
        await tests[name](fixture);
        const complaints = fixture.browser.takeComplaints();
        check(complaints.length === 0, `said on the console: ${complaints.join("; ")}`);
        console.log(`passed  ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
        return true;
    } catch (error) {
        fixture.browser.takeComplaints();
        console.log(`FAILED  ${name}\n${error.stack}`);
        return false;
    }
}

async function main() {
    const [program, ...rest] = process.argv.slice(2);
    const at = rest.indexOf("--pictures");
    const pictures = at < 0 ? null : rest.splice(at, 2)[1];
    const wanted = rest.length > 0 ? Object.keys(tests).filter((name) => rest.some((part) => name.includes(part))) : Object.keys(tests);
    if (!canRun) {
        console.log("skipped: chromium is not installed");
        return SKIPPED;
    }
    const server = await Server.start(path.resolve(program));
    const browser = await Browser.start(pictures);
    const passed = [];
    for (const name of wanted)
        passed.push(await runTest(name, { browser, server, program: path.resolve(program) }));
    await browser.stop();
    await server.stop();
    const failed = passed.filter((ok) => !ok).length;
    console.log(`${passed.length} tests, ${failed} failed`);
    return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
