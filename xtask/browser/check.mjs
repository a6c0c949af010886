// Opens a page as a phone and a desktop show it, light, dark and on paper, and fails on anything axe-core objects to, on any
// request but for the page itself, on any error of the page and on a page wider than a phone.
//
// node check.mjs PAGE.html SCREENSHOT_FOLDER CHROMIUM
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { axe, open, tags } from "./browser.mjs";

const [page_path, folder, executablePath] = process.argv.slice(2);
if (!executablePath) {
  console.error("usage: node check.mjs PAGE.html SCREENSHOT_FOLDER CHROMIUM");
  process.exit(2);
}
const address = pathToFileURL(page_path).href;
const name = basename(page_path).replace(/\.html?$/, "");

const views = [];
for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    views.push({ width, colorScheme, media: "screen" });
  }
}
// A4 at 96 px an inch, without margins of 15 mm.
views.push({ width: 680, colorScheme: "light", media: "print" });

const faults = [];
const browser = await open(executablePath);
try {
  await mkdir(folder, { recursive: true });
  for (const view of views) {
    await check(view);
  }
} finally {
  await browser.close();
}
for (const fault of faults) {
  console.error(`FAULT ${fault}`);
}
console.log(`${views.length} views of ${basename(page_path)}, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

async function check({ width, colorScheme, media }) {
  const title = `${media === "print" ? "print" : `${width} px`} ${colorScheme}`;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.on("request", (request) => {
    const own = request.url().split("#")[0] === address || request.url().startsWith("data:");
    if (!own) {
      faults.push(`${title}: asks for ${request.url()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`${title}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      faults.push(`${title}: ${message.text()}`);
    }
  });
  await page.goto(address, { waitUntil: "load" });
  await page.emulateMedia({ media, colorScheme });

  const wide = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  if (wide.page > wide.window) {
    faults.push(`${title}: ${wide.page} px wide in a window of ${wide.window} px`);
  }
  const file = `${name}-${media === "print" ? "print" : width}-${colorScheme}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: true });
  if (media === "print") {
    await page.pdf({ path: join(folder, `${name}.pdf`), format: "A4" });
  }

  // Evaluated, not added as a script: the page's own content security policy stays in force.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  if (passes.length === 0) {
    faults.push(`${title}: axe-core checked nothing`);
  }
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) {
      faults.push(`${title}: ${id}: ${help}: ${node.target.join(" ")}: ${node.html.slice(0, 200)}`);
    }
  }
  await context.close();
}
