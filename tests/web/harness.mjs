// A server to test, a browser to test it with, and what holds on every page.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const sample = (name) => path.join(root, "sample-boms", name);

const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const canRun = existsSync(chromiumPath);

export function check(holds, what) {
    if (!holds)
        throw new Error(what);
}

export function equal(got, wanted, what) {
    check(got === wanted, `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

/** `bomgate serve` on a free port; its address once it listens. */
export class Server {
    static async start(program, options = []) {
        const server = new Server();
        server.folder = mkdtempSync(path.join(tmpdir(), "bomgate-web-"));
        server.process = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...options],
            { cwd: server.folder, stdio: ["ignore", "pipe", "pipe"] });
        server.said = "";
        server.process.stderr.on("data", (bytes) => { server.said += bytes; });
        server.ended = new Promise((resolve) => server.process.on("exit", (status, signal) => resolve(status ?? signal)));
        server.address = await new Promise((resolve, reject) => {
            let said = "";
            server.process.stdout.on("data", (bytes) => {
                said += bytes;
                const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
                if (address)
                    resolve(address[0]);
            });
            server.ended.then((status) => reject(new Error(`bomgate serve ended at once: ${status}`)));
        });
        return server;
    }

    async stop() {
        this.process.kill("SIGTERM");
        const status = await this.ended;
        rmSync(this.folder, { recursive: true, force: true });
        // Its log of requests is nothing to tell; what a sanitizer says is.
        process.stdout.write(this.said.replace(/^bomgate: .*\n/gm, ""));
        equal(status, 0, "exit status of bomgate serve after SIGTERM");
    }
}

/** A browser whose pages may say nothing on the console and ask nobody else. */
export class Browser {
    static async start(pictures) {
        const browser = new Browser();
        browser.pictures = pictures;
        browser.complaints = [];
        if (pictures)
            mkdirSync(pictures, { recursive: true });
        // As root, as in a container, Chromium has no sandbox of its own.
        browser.chromium = await chromium.launch({
            executablePath: chromiumPath, args: process.getuid() === 0 ? ["--no-sandbox"] : [],
        });
        return browser;
    }

    /** @param options  Of playwright's newContext(), and `expected`: what may be said. */
    async page(server, { expected, ...options } = {}) {
        const context = await this.chromium.newContext({ viewport: { width: 1200, height: 900 }, ...options });
        const page = await context.newPage();
        const complain = (text) => expected?.test(text) || this.complaints.push(text);
        page.setDefaultTimeout(10000);
        page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
        page.on("pageerror", (error) => complain(error.message));
        page.on("dialog", (dialog) => {
            complain(`a dialog: ${dialog.message()}`);
            dialog.dismiss();
        });
        page.on("request", (request) =>
            request.url().startsWith(server.address) || complain(`asks for ${request.url()}`));
        return page;
    }

    async picture(page, name) {
        if (this.pictures)
            await page.screenshot({ path: path.join(this.pictures, `${name}.png`), fullPage: true });
    }

    stop() {
        return this.chromium.close();
    }

    /** What the pages said since the last time. */
    takeComplaints() {
        return this.complaints.splice(0);
    }
}

/** Wait until the function holds in the page, whose policy allows no polling
    of playwright's own. */
export async function until(page, holds, given) {
    for (let i = 0; i < 200; i++) {
        if (await page.evaluate(holds, given))
            return;
        await page.waitForTimeout(100);
    }
    throw new Error(`never holds: ${holds}`);
}

/** No violation that axe knows, in both colour schemes. */
export async function accessible(page, what) {
    for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }));
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
        check(told.length === 0, `${what}, ${colorScheme}: ${told.join("\n")}`);
    }
    await page.emulateMedia({ colorScheme: null });
}

/** Nothing stands outside of the screen, however narrow. */
export async function fits(page, what) {
    const size = page.viewportSize();
    for (const width of [320, 768]) {
        await page.setViewportSize({ width, height: size.height });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        check(beyond <= 0, `${what}: ${beyond} pixels too wide for ${width}`);
    }
    await page.setViewportSize(size);
}
