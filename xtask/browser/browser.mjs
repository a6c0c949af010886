// What the checks in a browser share: how Chromium is opened, how a desk is served, and what axe-core is asked for.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

// The text of axe-core, to be evaluated in a page.
export const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// The rules it checks.
export const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Opens Chromium.
export function open(executablePath) {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

// Serves a desk that is empty with these options, hands on the address it prints, and takes everything away afterwards.
export async function serve(program, options, run) {
  const data = await mkdtemp(join(tmpdir(), "offdesk-browser-"));
  const server = spawn(program, ["serve", "--data-dir", data, ...options], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const address = await new Promise((found, lost) => {
      let said = "";
      server.stderr.on("data", (text) => {
        said += text;
        const match = said.match(/(http:\S+)/);
        if (match) found(match[1]);
      });
      server.on("exit", (code) => lost(new Error(`the server ended with ${code}: ${said}`)));
    });
    await run(address);
  } finally {
    server.removeAllListeners("exit");
    server.kill("SIGTERM");
    await new Promise((ended) => server.on("exit", ended));
    await rm(data, { recursive: true });
  }
}

// The code that an authenticator app shows now, of RFC 6238.
export function oneTime(secret) {
  const bits = [...secret.replace(/[\s=]/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(time).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
