// SEC-13 in a browser, whole: texts that would run in a page that does not take care, into every text field of every form that can be
// found by following the desk's own links, as its owner and as somebody who works for them, and into the columns and the name of a
// file that is imported. Each answer is read by the browser's own parser; then every page is opened, with the policy of its content
// and without it. A dialog, a request to elsewhere, an element or an attribute that no page of the desk has: each is a fault.
//
// node corpus.mjs OFFDESK EVERY CHROMIUM [told]
//
// EVERY: each so-manieth group of texts goes into each form, 1 takes all of them; with "told" each form is named with what came of it.
import { readFile } from "node:fs/promises";
import { open, serve } from "./browser.mjs";
import { denied, payloads } from "./payloads.mjs";

const [program, every, executablePath, isTold] = process.argv.slice(2);
const thin = Number(every);
if (!executablePath || !(thin >= 1)) {
  console.error("usage: node corpus.mjs OFFDESK EVERY CHROMIUM [told]");
  process.exit(2);
}
// Forms that end what the others need; they come last, or not at all.
const never = /sign-out|\/sessions|\/password|second-factor|passkey|workspaces$|\/calendars|theme/;
const late = /undo|delet|remov|\/end|cancel|close|revo|withdraw|drop|leave|suspend|link|take-back|move$|example|demo/;
const faults = new Set();
// The pages' own policy lets no text become a function; what looks at them is there before they are.
const looks = `globalThis.denied = ${denied};`;
const inbox = await readFile(new URL("../../crates/offdesk-actions/src/example/inbox.md", import.meta.url), "utf8");
const counts = { forms: 0, sent: 0, kept: 0, pages: 0 };

const browser = await open(executablePath);
try {
  await serve(program, ["--listen", "127.0.0.1:0"], async (address) => {
    const origin = new URL(address).origin;
    await sound();
    const { owner, worker } = await begin(address, origin);
    const sides = [[worker, "worker", ["/my/work", "/my/handoffs", "/my/progress", "/my/pay", "/my/week", "/my/hours", "/my/record", "/notices", "/security"]], [owner, "owner", ["/desk", "/hours", "/next", "/plan", "/work", "/review", "/people", "/handoffs", "/pay", "/pay/bills", "/return", "/notices", "/blueprints", "/import", "/worth", "/settings", "/members", "/security", "/workspaces", "/audit-log"]]];
    for (const [page, name, paths] of sides) await fillAll(page, origin, name, paths, (action) => !late.test(action));
    for (const [page, name, paths] of sides) await view(page, origin, name, paths);
    for (const [page, name, paths] of sides) await fillAll(page, origin, name, paths, (action) => late.test(action));
    for (const [page, name, paths] of sides) await view(page, origin, name, paths);
  });
} finally {
  await browser.close();
}
for (const fault of [...faults].slice(0, 60)) console.error(`FAULT ${fault}`);
console.log(`${payloads.length} texts; ${counts.forms} forms with fields for text, ${counts.sent} times sent, ${counts.kept} times taken; ${counts.pages} pages opened; ${faults.size} faults`);
const tooFew = counts.forms < 25 || counts.kept < counts.sent / 10;
if (tooFew) console.error("FAULT so few forms or answers do not show anything");
process.exit(faults.size === 0 && !tooFew ? 0 : 1);

/// What is looked for would be found: most of the texts, put into a page as they are, leave something there that is denied.
async function sound() {
  const page = await (await context({ offline: true })).newPage();
  await page.goto("about:blank");
  const found = await page.evaluate((texts) => texts.filter((text) => globalThis.denied(new DOMParser().parseFromString(`<p title="x">${text}</p>`, "text/html")).length > 0).length, payloads);
  if (found < payloads.length / 3) faults.add(`only ${found} of ${payloads.length} texts would be noticed`);
  await page.context().close();
}

async function context(options) {
  const made = await browser.newContext({ reducedMotion: "reduce", ...options });
  await made.addInitScript(looks);
  return made;
}

function watch(page, origin, name) {
  page.on("dialog", (dialog) => { faults.add(`${name} ${page.url()}: a text ran: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:") && !request.url().startsWith("blob:")) faults.add(`${name} ${page.url()}: asks for ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) faults.add(`${name} ${page.url()}: ${message.text().slice(0, 200)}`);
  });
}

/// An owner with hours, a blueprint, a person and work that is under way, and that person signed in.
async function begin(address, origin) {
  const [owner, worker] = await Promise.all([{ width: 1280, height: 900 }, { width: 390, height: 844 }].map(async (viewport) => (await context({ viewport })).newPage()));
  for (const [page, name] of [[owner, "owner"], [worker, "worker"]]) {
    watch(page, origin, name);
    page.setDefaultTimeout(20_000);
  }
  await owner.goto(address);
  for (const [field, text] of [["#name", "Noor Haddad"], ["#email", "noor@example.com"], ["#password", "three brown foxes"]]) await owner.fill(field, text);
  await owner.click("text=Set up the desk");
  await owner.waitForURL(`${origin}/worth`);
  await owner.fill("#income", "150000");
  await owner.click("text=Go on");
  await owner.waitForURL(`${origin}/import`);
  // The texts in every column of a file, and in its name.
  const quoted = (text) => `"${text.replaceAll("\"", "\"\"")}"`;
  const rows = payloads.map((text, at) => ["2026-10-05", "09:00", `${10 + (at % 8)}:00`, ...[0, 1, 2, 3, 4].map((column) => quoted(payloads[(at + column * 7) % payloads.length]))].join(","));
  const usual = Array.from({ length: 40 }, (_, at) => `2026-${String(9 + (at % 2)).padStart(2, "0")}-${String((at % 28) + 1).padStart(2, "0")},08:00,10:00,Inbox,,,,`);
  const file = { name: `"><img src=x onerror=alert('ran')>.csv`, mimeType: "text/csv", buffer: Buffer.from(`Date,Start,End,Description,Project,Client,Task,Tags\n${[...usual, ...rows].join("\n")}\n`) };
  await owner.setInputFiles("#files", file);
  await owner.waitForURL(/\/import\/./);
  await owner.click("text=Import it");
  await owner.waitForURL(/\/sources\//, { timeout: 60_000 });
  const made = await owner.evaluate(async (text) => {
    const ask = async (path, body) => {
      const answer = await fetch(`/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return answer.json();
    };
    const { activities } = await (await fetch("/api/v1/activities")).json();
    const person = await ask("/people", { name: "Ana", email: "ana@example.com" });
    await ask(`/people/${person.id}/terms`, { unit: "assignment", amount: "20", currency: "USD" });
    const blueprint = await ask("/blueprints", { text });
    await ask(`/blueprints/${blueprint.id}/publication`, { version: 1, untested: true });
    const inbox = activities.find((one) => one.name === "Inbox") ?? activities[0];
    const handoff = await ask("/handoffs", { activity: inbox.id, blueprint: blueprint.id, person: person.id });
    return { person: person.id, handoff: handoff.id };
  }, inbox);
  await owner.goto(`${origin}/people/${made.person}`);
  await owner.click("text=Make the link");
  await worker.goto(await owner.locator("code.secret").textContent());
  await worker.fill("#name", "Ana");
  await worker.fill("#password", "four green frogs");
  await worker.click("text=Join the workspace");
  await worker.waitForURL(`${origin}/my/work`);
  await worker.click("main .banner a");
  await worker.click("text=Accept it");
  await worker.waitForURL(/done=accepted/);
  await owner.evaluate(async ({ handoff }) => {
    const ask = async (path, body) => (await fetch(`/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json();
    const now = await (await fetch(`/api/v1/handoffs/${handoff}`)).json();
    await ask(`/handoffs/${handoff}/move`, { move: "begin", version: now.version });
    for (let at = 0; at < 6; at++) await ask(`/handoffs/${handoff}/assignments`, { due: new Date(Date.now() + (at + 2) * 86_400_000).toISOString() });
  }, made);
  // Some of it is begun, some handed in, one asked about: what such work shows has forms of its own.
  for (let at = 0; at < 4; at++) {
    await worker.goto(`${origin}/my/work`);
    const take = worker.locator("main >> text=Accept it").first();
    if ((await take.count()) === 0) break;
    await take.click();
    await worker.waitForURL(/\/my\/assignments\//);
    if (at % 2 === 0) continue;
    await worker.fill("#text", "Done.");
    await worker.click("button:text-is('Hand it in')");
    await worker.waitForURL(/done=handed_in/);
  }
  return { owner, worker };
}

/// The pages that can be reached from some, two of each kind at most, and those that are given out as files.
async function reach(page, origin, paths) {
  return page.evaluate(async ([paths, origin]) => {
    const kind = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/\/\d+/g, "/N").replace(/=[^&]*/g, "=");
    const seen = new Map();
    const [found, files] = [[], []];
    const waiting = [...paths];
    while (waiting.length > 0 && found.length < 160) {
      const path = waiting.shift();
      const count = seen.get(kind(path)) ?? 0;
      if (count >= 2 || found.includes(path) || files.includes(path)) continue;
      seen.set(kind(path), count + 1);
      const answer = await fetch(path);
      if (!(answer.headers.get("content-type") ?? "").startsWith("text/html") || answer.status >= 500) continue;
      const isFile = (answer.headers.get("content-disposition") ?? "").startsWith("attachment");
      (isFile ? files : found).push(path);
      if (isFile) continue;
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const link of read.querySelectorAll("a[href]")) {
        const to = new URL(link.getAttribute("href"), location.href);
        if (to.origin === origin && !link.hasAttribute("download")) waiting.push(to.pathname + to.search);
      }
    }
    return { found, files };
  }, [paths, origin]);
}

/// Sends the texts through every form with a field for text, and has the browser read each answer.
async function fillAll(page, origin, name, paths, takes) {
  await page.goto(`${origin}${paths[0]}`);
  const done = new Set();
  for (const path of (await reach(page, origin, paths)).found) {
    const forms = await page.evaluate(async (path) => {
      const read = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
      return [...read.querySelectorAll("form")].map((form, at) => ({
        at,
        action: form.getAttribute("action") ?? path,
        fields: [...form.elements].filter((one) => one.name && ["text", "search", "textarea", "url"].includes(one.type)).map((one) => one.name),
      }));
    }, path);
    for (const { at, action, fields } of forms) {
      const kind = `${action.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/\/\d+/g, "/N")} ${fields.map((one) => one.replace(/-\d+/, "-N")).join(" ")}`;
      if (fields.length === 0 || never.test(action) || !takes(action) || done.has(kind)) continue;
      done.add(kind);
      counts.forms += 1;
      const told = await page.evaluate(send, { path, at, payloads, thin, first: counts.forms % thin });
      if (isTold) console.error(`${name} ${kind}: ${told.kept} of ${told.sent}${told.kept === 0 ? `, last: ${told.why}` : ""}`);
      counts.sent += told.sent;
      counts.kept += told.kept;
      for (const fault of told.faults) faults.add(`${name}, the form ${action} on ${path}: ${fault}`);
    }
  }
}

/// Sends one form again and again, filled with one group of texts after the other. First each field alone, to learn which of them take
/// any text: those are filled together from then on, and of the others, which want a figure or a currency, one after the other. Runs in
/// the page.
async function send({ path, at, payloads, thin, first }) {
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const told = { sent: 0, kept: 0, faults: [] };
  const isText = (one) => one.name && !one.disabled && ["text", "search", "url", "textarea"].includes(one.type);
  let html = await (await fetch(path)).text();
  const shape = parse(html).querySelectorAll("form")[at];
  const names = [...new Set([...shape.elements].filter(isText).map((one) => one.name))];
  const room = [...shape.elements].some((one) => one.localName === "textarea") ? 2000 : 110;
  const groups = [];
  for (const text of payloads) {
    const last = groups.at(-1);
    if (last && last.length + text.length < room) groups[groups.length - 1] = `${last} ${text}`;
    else groups.push(text);
  }
  const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16);
  const usual = (name) => {
    if (/currency/.test(name)) return "USD";
    if (/zone/.test(name)) return "Europe/Berlin";
    if (/amount|rate|low|high|income|days|questions|minutes|weeks|owner_hours/.test(name)) return "10";
    return /name|title|text|what|said|reason|note|line|finding/.test(name) ? "x" : "";
  };
  /// Sends it with a text in some fields; whether it was taken, or nothing where the form is gone.
  const once = async (text, filled) => {
    // What the page says of its version, and of what is chosen, is taken anew each time.
    let form = parse(html).querySelectorAll("form")[at];
    if (!form || form.elements.length !== shape.elements.length) {
      html = await (await fetch(path)).text();
      form = parse(html).querySelectorAll("form")[at];
    }
    if (!form) return undefined;
    const fields = new FormData();
    for (const one of form.elements) {
      if (!one.name || one.disabled || ["submit", "button", "reset", "image"].includes(one.type)) continue;
      if (one.type === "checkbox" || one.type === "radio") {
        const alone = ![...form.elements].some((other) => other.type === one.type && other.checked) && !fields.has(one.name);
        if (one.checked || alone) fields.append(one.name, one.value);
      } else if (one.type === "file") {
        fields.append(one.name, new File(["a,b\n1,2\n"], `${text.slice(0, 200).replaceAll("/", "_")}.txt`, { type: "text/plain" }));
      } else if (isText(one)) {
        const own = one.name === "line" ? `1h ${text}` : text;
        fields.append(one.name, filled.has(one.name) ? (one.localName === "textarea" ? own : own.slice(0, 118)) : one.value || usual(one.name));
      } else if (one.type === "email") {
        fields.append(one.name, one.value || `a${told.sent}@example.com`);
      } else if (one.type === "password") {
        fields.append(one.name, "three brown foxes");
      } else {
        fields.append(one.name, one.value || [...(one.options ?? [])].map((option) => option.value).find(Boolean) || (one.type === "number" ? "1" : one.type === "datetime-local" ? soon : ""));
      }
    }
    const method = (form.getAttribute("method") ?? "get").toUpperCase();
    const action = form.getAttribute("action") ?? path;
    const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
    const answer = method === "GET" ? await fetch(`${action}?${new URLSearchParams(fields)}`) : await fetch(action, { method, body });
    told.sent += 1;
    if (answer.status >= 500) told.faults.push(`${answer.status} for ${text.slice(0, 90)}`);
    if (answer.ok) told.kept += 1;
    if ((answer.headers.get("content-type") ?? "").startsWith("text/html")) {
      const said = await answer.text();
      if (!answer.ok) told.why = `${answer.status} ${[...parse(said).querySelectorAll("[id$=-fault], .wrong")].map((one) => one.textContent).join(" | ").slice(0, 200)}`;
      for (const found of globalThis.denied(parse(said))) told.faults.push(`${found} in the answer to ${text.slice(0, 90)}`);
      // A page that refuses has what was sent in its fields.
      const isSame = answer.ok && new URL(answer.url).pathname === new URL(path, location.href).pathname;
      html = isSame ? said : await (await fetch(path)).text();
    }
    return answer.ok;
  };
  const [free, strict] = [new Set(), []];
  for (const name of names.slice(0, 24)) {
    const isTaken = await once(groups[first % groups.length], new Set([name]));
    if (isTaken === undefined) return told;
    if (isTaken) free.add(name);
    else strict.push(name);
  }
  const step = Math.min(thin, Math.max(1, Math.floor(groups.length / 6)));
  for (let group = first % step; group < groups.length && told.faults.length < 5; group += step) {
    const wanting = strict[Math.floor(group / step) % Math.max(1, strict.length)];
    for (const filled of [free, new Set(wanting ? [wanting] : [])]) {
      if (filled.size > 0 && (await once(groups[group], filled)) === undefined) return told;
    }
  }
  return told;
}

/// Opens every page that can be reached, under its own policy and without it.
async function view(from, origin, name, paths) {
  await from.goto(`${origin}${paths[0]}`);
  const { found, files } = await reach(from, origin, paths);
  const storageState = await from.context().storageState();
  for (const bypassCSP of [false, true]) {
    const own = await context({ storageState, bypassCSP });
    const page = await own.newPage();
    watch(page, origin, name);
    for (const path of found) {
      await page.goto(`${origin}${path}`, { waitUntil: "load" });
      await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
      for (const one of await page.evaluate(() => globalThis.denied(document))) faults.add(`${name} ${path}: ${one}`);
      counts.pages += 1;
    }
    // A page that is given out as a file stands alone: its rules are within, and no policy of ours is with it.
    for (const path of bypassCSP ? files : []) {
      const left = await page.evaluate(async (path) => globalThis.denied(new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html")), path);
      for (const one of left.filter((one) => !/^<(style|meta http-equiv="Content-Security-Policy")/.test(one))) faults.add(`${name} ${path}: ${one}`);
    }
    await own.close();
  }
}
