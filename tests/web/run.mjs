// Runs the browser tests, once what they need is here.
//
// usage: node run.mjs PROGRAM [OPTION …]   exit 77: something is not to be had

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SKIPPED = 77;
const folder = path.dirname(fileURLToPath(import.meta.url));
const registry = process.env.npm_config_registry ?? "https://registry.npmjs.org/";

/** What package-lock.json names, as `npm ci` would: Debian's npm brings four
    hundred packages for this. */
async function install(place, { version, integrity }) {
    const name = place.replace(/^node_modules\//, "");
    const target = path.join(folder, place);
    const manifest = path.join(target, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest)).version === version)
        return;
    const address = new URL(`${name}/-/${path.posix.basename(name)}-${version}.tgz`, registry);
    const reply = await fetch(address);
    if (!reply.ok)
        throw new Error(`${address}: ${reply.status}`);
    const bytes = Buffer.from(await reply.arrayBuffer());
    const digest = createHash("sha512").update(bytes).digest("base64");
    if (integrity !== `sha512-${digest}`)
        throw new Error(`${address} is not what package-lock.json names`);
    const fresh = `${target}.${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    execFileSync("tar", ["-xzf", "-", "--strip-components=1", "-C", fresh], { input: bytes });
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
}

const { packages } = JSON.parse(readFileSync(path.join(folder, "package-lock.json")));
try {
    for (const [place, entry] of Object.entries(packages).filter(([place]) => place))
        await install(place, entry);
} catch (fault) {
    console.log(`skipped: the browser's driver cannot be had: ${fault.message}`);
    process.exit(SKIPPED);
}
await import("./page.mjs");
