// Goes the whole way in a browser, as an owner would: set-up, worth, a file, the hours, an activity; once with the script and once
// without it. Then every page in both themes on a phone and on a desktop, empty and full, with axe-core; any request to elsewhere,
// any error of a page, and any page wider than a phone is a fault. Then once more by keys alone.
//
// node desk.mjs OFFDESK DEMO.csv SCREENSHOT_FOLDER CHROMIUM [PART]
//
// With the name of a part, that one alone.
import { createServer } from "node:http";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { axe, oneTime, open, serve, tags } from "./browser.mjs";
import { byKeys } from "./keys.mjs";
import { refusals, refused } from "./refusals.mjs";
import { workTogether } from "./work.mjs";

const [program, demo, folder, executablePath, part] = process.argv.slice(2);
const parts = {
  script: (address) => story(address, true),
  plain: (address) => story(address, false),
  refusals: (address) => refusals({ browser, address, demo, look, fault }),
  keys: (address) => keysAlone(address, 1280, true),
  "keys-plain": (address) => keysAlone(address, 320, false),
};
if (!executablePath || (part && !parts[part])) {
  console.error(`usage: node desk.mjs OFFDESK DEMO.csv SCREENSHOT_FOLDER CHROMIUM [${Object.keys(parts).join(" | ")}]`);
  process.exit(2);
}
const faults = [];
const fault = (text) => faults.push(text);
let views = 0;

// A calendar at an address, on this machine, which offdesk is allowed to reach.
const calendar = createServer((_, answer) => {
  answer.end("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Call with Ana\r\nDTSTART:20261005T090000Z\r\nDTEND:20261005T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
});
await new Promise((listens) => calendar.listen(0, "127.0.0.1", listens));
const calendarAddress = `http://127.0.0.1:${calendar.address().port}/s3cret/basic.ics`;

const browser = await open(executablePath);
try {
  await mkdir(folder, { recursive: true });
  for (const one of part ? [part] : Object.keys(parts)) {
    await serve(program, ["--listen", "127.0.0.1:0", "--allow-fetch", `127.0.0.1:${calendar.address().port}`], parts[one]);
  }
} finally {
  await browser.close();
  calendar.close();
}
for (const fault of faults) console.error(`FAULT ${fault}`);
console.log(`${views} views of the desk, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

function watch(page, origin, title) {
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) faults.push(`${title}: asks for ${request.url()}`);
  });
  page.on("pageerror", (error) => faults.push(`${title}: ${error.message}`));
  page.on("console", (message) => {
    // A refusal is what some of these steps are about.
    if (message.type() === "error" && !message.text().includes("status of 4")) faults.push(`${title}: ${message.text()}`);
  });
}

async function story(address, javaScriptEnabled) {
  const origin = new URL(address).origin;
  const title = javaScriptEnabled ? "with the script" : "without the script";
  // Without motion, so that a quick click does not cut a transition short.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  watch(page, origin, title);
  await page.goto(address);
  if (javaScriptEnabled) {
    const entry = new URL(page.url());
    const wrong = { path: entry.pathname + entry.search, name: "setup", act: refused({ "#name": "Noor", "#email": "noor", "#password": "x" }, "text=Set up the desk", fault) };
    await look(await browser.newContext(), origin, [entry.pathname + entry.search, wrong], "first");
  }
  await page.fill("#name", "Noor Haddad");
  await page.fill("#email", "noor@example.com");
  await page.fill("#password", "three brown foxes");
  await page.click("text=Set up the desk");
  await page.waitForURL(`${origin}/worth`);
  if (javaScriptEnabled) await look(context, origin, ["/desk", "/work", "/review", "/hours", "/next", "/plan", "/blueprints", "/blueprints/new", "/blueprints/import", "/people", "/people/new", "/handoffs", "/handoffs/new", "/pay", "/return", "/notices", "/import", "/worth", "/settings", "/members", "/security", "/audit-log", "/workspaces"], "empty");
  await page.fill("#income", "nothing");
  await page.click("text=Go on");
  const told = await page.locator("#income-fault, .wrong").first().textContent();
  if (!told) faults.push(`${title}: a wrong income is not told`);
  await page.fill("#income", "150000");
  await page.click("text=Go on");
  await page.waitForURL(`${origin}/import`);
  await page.setInputFiles("#files", demo);
  if (!javaScriptEnabled) await page.click("text=Look at them");
  await page.waitForURL(/\/import\/./);
  if (javaScriptEnabled) await look(context, origin, [new URL(page.url()).pathname], "preview");
  await bringIn(page, javaScriptEnabled);
  await page.click("text=See where the hours go");
  await page.waitForURL(`${origin}/hours`);
  const headline = await page.locator("h1").textContent();
  if (!/About \$\d\d,000 a year/.test(headline)) faults.push(`${title}: the headline is "${headline}"`);
  await page.click('#list a:has-text("Inbox triage")');
  await page.waitForURL(/\/activities\/./);
  await page.fill("#name", "My mails");
  await page.click("text=Rename");
  await page.waitForSelector('h1:has-text("My mails")');
  const activity = new URL(page.url()).pathname;
  await page.goto(`${origin}/next`);
  if (!(await page.locator("body").textContent()).includes("My mails")) faults.push(`${title}: the new name is not in the list`);
  await decide(page, origin, activity, title);
  await page.goto(`${origin}/import`);
  await page.fill("#line", "2h inbox");
  await page.click("text=Log it");
  await page.waitForURL(/logged/);
  if (javaScriptEnabled) await resume(page, origin);
  await page.fill("#address", calendarAddress);
  await page.click('form[action="/import/calendars"] button');
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
  await bringIn(page, javaScriptEnabled);
  await page.goto(`${origin}/import`);
  await page.click('[aria-label="Read it now: 127.0.0.1"]');
  await page.waitForURL(/nothing_new/);
  if ((await page.locator("body").innerHTML()).includes("s3cret")) faults.push(`${title}: the calendar's address is shown`);
  const blueprint = await write(page, origin, activity, title);
  await narrow(page, origin, title);
  const { person, handoff } = await handOff(page, origin, activity, title, javaScriptEnabled);
  if (javaScriptEnabled) {
    const written = ["/blueprints", "/blueprints?q=calender", "/blueprints/new", `/blueprints/new?activity=${activity.split("/").pop()}`, blueprint, `${blueprint}/edit`, `${blueprint}/edit?as=markdown`, `${blueprint}/versions/2`];
    const handed = ["/people", person, `${person}/edit`, "/people/new?name=Bo", "/handoffs", handoff, `/handoffs/new?activity=${activity.split("/").pop()}`];
    const paths = [...written, ...handed, "/desk", "/work", "/review", "/hours", "/next", activity.replace("/activities/", "/next/"), `${activity.replace("/activities/", "/next/")}/decision`, "/next/roll-out", "/plan", "/pay", "/pay/bills", "/return", "/notices", "/import", "/sources/1", "/worth", "/settings", "/members", "/security", "/security/second-factor", "/audit-log", "/workspaces", activity, "/nothing-there"];
    await look(context, origin, paths, "full");
    await keys(page, origin);
    await passkeys(context, page, origin);
  }
  await page.goto(`${origin}/import`);
  await page.click('[aria-label="Undo import 1"]');
  await page.waitForURL(/undone/);
  await secondFactor(context, page, origin, javaScriptEnabled);
  await page.click("text=Sign out");
  await page.waitForURL(`${origin}/sign-in`);
  const wrong = { path: "/sign-in", name: "sign-in-wrong", act: refused({ "#email": "noor@example.com", "#password": "wrong" }, "main form button", fault) };
  if (javaScriptEnabled) await look(await browser.newContext(), origin, ["/sign-in", "/forgot", "/reset?token=x", "/invitation?token=x", wrong], "away");
  await context.close();
}

/// The core of it at a keyboard, on a desktop with the script and on a phone without it.
async function keysAlone(address, width, javaScriptEnabled) {
  const title = `by keys, ${width} px`;
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  watch(page, new URL(address).origin, title);
  faults.push(...(await byKeys(page, address, demo, title)));
  await context.close();
}

/// A second factor: a wrong code is told, a right one gives recovery codes; from then on a password alone does not let in.
async function secondFactor(context, page, origin, looks) {
  await page.goto(`${origin}/security/second-factor`);
  const secret = await page.locator("input[name=secret]").inputValue();
  const set = async (code) => {
    await page.fill("form[action='/security/second-factor'] [name=old]", "three brown foxes");
    await page.fill("form[action='/security/second-factor'] [name=code]", code);
    await page.click("form[action='/security/second-factor'] button");
  };
  await set("000000");
  if (!(await page.locator("#code-fault, .wrong").first().textContent())) faults.push("second factor: a wrong code is not told");
  await set(oneTime(await page.locator("input[name=secret]").inputValue()));
  const codes = await page.locator("code.code").allTextContents();
  if (codes.length < 8 || secret.length < 16) faults.push(`second factor: ${codes.length} recovery codes`);
  await page.click("text=Sign out");
  await page.waitForURL(`${origin}/sign-in`);
  await page.fill("#email", "noor@example.com");
  await page.fill("#password", "three brown foxes");
  await page.click("main form button");
  await page.waitForURL(`${origin}/sign-in/code`);
  if (looks) await look(context, origin, ["/sign-in/code"], "code");
  await page.fill("[name=code]", codes[0]);
  await page.click("main form button");
  await page.waitForURL(`${origin}/desk`);
}

/// A passkey of a phone or computer that has made sure of its owner: made, then shown in the place of address and password.
async function passkeys(context, page, origin) {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.goto(`${origin}/security`);
  await page.fill("#passkey-name", "My laptop");
  await page.fill("#passkey-old", "wrong brown foxes");
  await page.click("text=Make a passkey");
  await page.waitForSelector("[data-passkey] [role=status]:has-text('another one')");
  await page.fill("#passkey-old", "three brown foxes");
  await page.click("text=Make a passkey");
  await page.waitForURL(/passkey_added/);
  if (!(await page.locator("body").textContent()).includes("My laptop")) faults.push("passkeys: the new one is not in the list");
  await look(context, origin, ["/security"], "passkey");
  await page.click("text=Sign out");
  await page.waitForURL(`${origin}/sign-in`);
  await page.click("text=Sign in with a passkey");
  await page.waitForURL(`${origin}/desk`);
  await session.detach();
}

/// On a phone the pages stand in a bar at the bottom, and what does not fit is behind its last word; none of it hides what is written.
async function narrow(page, origin, title) {
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${origin}/hours`);
  const bar = await page.locator(".top nav").boundingBox();
  if (bar.height > 60 || bar.y + bar.height !== 640) faults.push(`${title}: the bar of a phone is ${bar.height} px high and ends at ${bar.y + bar.height}`);
  await page.keyboard.press("End");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const last = await page.locator("footer").boundingBox();
  if (last.y + last.height > bar.y) faults.push(`${title}: the bar hides the end of the page`);
  await page.click(".top .more summary");
  await page.click(".top .more a:has-text('Security')");
  await page.waitForURL(`${origin}/security`);
  await page.setViewportSize(wide);
}

/// Imports what is previewed, and waits until it is there.
async function bringIn(page, javaScriptEnabled) {
  await page.click("text=Import it");
  for (let tries = 0; !page.url().includes("/sources/") && tries < 40; tries++) {
    await page.waitForTimeout(500);
    if (!javaScriptEnabled) await page.reload();
  }
}

/// An activity's blueprint: drafted, filled in, published, changed, beside one that came as a file.
async function write(page, origin, activity, title) {
  await page.goto(`${origin}${activity}`);
  await page.click("text=Write its blueprint");
  await page.click("text=Keep the draft");
  await page.waitForURL(/\/blueprints\/[0-9a-f]{8}-/);
  const blueprint = new URL(page.url()).pathname;
  await page.click("text=Edit");
  const fields = {
    owner: "Noor", outcome: "Every message of today has an answer or a date.", inputs: "Access to the inbox\nTemplates (optional)",
    criteria: "No message of today is unread", stops: "Refund up to 50 USD, ask above", examples: "> Dear Ana, see you on Tuesday at 10:00.",
  };
  for (const [name, text] of Object.entries(fields)) await page.fill(`#${name}`, text);
  await page.click("text=Save the draft");
  await page.waitForURL(/done=saved/);
  await page.check("[name=untested]");
  await page.click("text=Publish version 1");
  await page.waitForURL(/done=published/);
  await page.click("text=Edit");
  await page.fill("#trigger", "Every weekday at 8:30.");
  await page.fill("#note", "Half an hour earlier");
  await page.click("text=Save the draft");
  await page.waitForURL(/done=saved/);
  await page.goto(`${origin}/blueprints/import`);
  await page.setInputFiles("#files", { name: "booking.md", mimeType: "text/markdown", buffer: Buffer.from("# Booking\n\n- open the calendar\n- call each patient\n") });
  await page.click("text=Look at them");
  await page.click("text=Bring them in as drafts");
  await page.waitForURL(/brought=/);
  const said = await page.locator(".said").textContent();
  if (!said.includes("1 draft was brought in.")) faults.push(`${title}: the import says "${said}"`);
  return blueprint;
}

/// An option becomes a person, the activity is handed off to them, and they join on a phone: what they accept, the owner sees.
async function handOff(page, origin, activity, title, javaScriptEnabled) {
  await page.goto(`${origin}${activity.replace("/activities/", "/next/")}/decision`);
  await page.click("text=Add Ana as a person");
  await page.fill("#email", "ana@example.com");
  await page.click("text=Add the person");
  await page.waitForURL(/\/handoffs\/new/);
  await page.fill("#note", "The shared mailbox, too.");
  await page.fill("#trial_length", "many");
  await page.click("text=Propose it to them");
  if (!(await page.locator("#trial_length-fault").textContent())) faults.push(`${title}: a wrong number is not told`);
  await page.fill("#trial_length", "3");
  await page.click("text=Propose it to them");
  await page.waitForURL(/done=proposed/);
  const handoff = new URL(page.url()).pathname;
  await page.click("dd a[href^='/people/']");
  const person = new URL(page.url()).pathname;
  await page.click("text=Note an access");
  await page.fill("#what", "Shared mailbox");
  await page.click("text=Note it");
  await page.waitForURL(/done=granted/);
  await page.click("text=Make the link");
  const link = await page.locator("code.secret").textContent();
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled, reducedMotion: "reduce" });
  const own = await phone.newPage();
  own.setDefaultTimeout(20_000);
  watch(own, origin, `${title}, a worker`);
  await own.goto(link);
  if (javaScriptEnabled) await look(await browser.newContext(), origin, [link.replace(origin, "")], "away");
  await own.fill("#name", "Ana");
  await own.fill("#password", "four green frogs");
  await own.click("text=Join the workspace");
  await own.waitForURL(`${origin}/my/work`);
  await own.click("main .banner a");
  await own.waitForURL(/\/my\/handoffs\/./);
  const mine = new URL(own.url()).pathname;
  if (javaScriptEnabled) await look(phone, origin, ["/my/handoffs", mine], "proposed");
  await own.click("text=Accept it");
  await own.waitForURL(/done=accepted/);
  await own.goto(`${origin}/my/work`);
  await own.fill("#off_until", "2099-01-01");
  await own.click("text=Note it");
  if (!(await own.locator("#off_until-fault").textContent())) faults.push(`${title}: a day too far away is not told`);
  if (javaScriptEnabled) await look(phone, origin, ["/my/handoffs", mine, "/my/record", "/my/week", "/notices", "/security", "/workspaces", "/hours"], "worker");
  await page.goto(`${origin}${handoff}`);
  await page.click("text=Begin the trial");
  await page.waitForURL(/done=moved/);
  if (!(await page.locator(".lead").textContent()).includes("0 of 3")) faults.push(`${title}: the trial has not begun`);
  const views = javaScriptEnabled ? (from, paths, state) => look(from, origin, paths, state) : null;
  for (const fault of await workTogether({ page, own, phone, origin, handoff, views })) faults.push(`${title}: ${fault}`);
  await phone.close();
  return { person, handoff };
}

/// Two people side by side, with a mistake on the way; then the list has them.
async function decide(page, origin, activity, title) {
  await page.goto(`${origin}${activity.replace("/activities/", "/next/")}/decision`);
  await page.fill("#name-1", "Ana");
  await page.fill("#rate-1", "cheap");
  await page.click("text=Weigh and keep them");
  if (!(await page.locator("#rate-1-fault").textContent())) faults.push(`${title}: a wrong rate is not told`);
  await page.fill("#rate-1", "8 14 25");
  await page.locator("fieldset").nth(2).locator("summary").first().click();
  await page.fill("#name-2", "Print desk Ltd");
  await page.selectOption("#kind-2", "agency");
  await page.fill("#rate-2", "45");
  await page.click("text=Weigh and keep them");
  await page.waitForURL(/done=kept/);
  const verdict = await page.locator("h1").textContent();
  if (!verdict.includes("Ana")) faults.push(`${title}: the verdict is "${verdict}"`);
  await page.goto(`${origin}/next`);
  if (!(await page.locator(".ranked").textContent()).includes("with Ana")) faults.push(`${title}: the list does not know Ana`);
}

/// A large file whose sending breaks off: how far it is is shown, and chosen again it goes on where it stopped.
async function resume(page, origin) {
  const rows = Array.from({ length: 60_000 }, (_, at) => `2025-${String((at % 12) + 1).padStart(2, "0")}-${String((at % 28) + 1).padStart(2, "0")},${(at % 9) + 8}:00,${(at % 9) + 8}:40,kind of work ${at % 60}`);
  const buffer = Buffer.from(`Date,Start,End,Description\n${rows.join("\n")}\n`);
  const file = { name: "large.csv", mimeType: "text/csv", buffer };
  const sent = [];
  let breaks = true;
  await page.goto(`${origin}/import`);
  await page.route("**/api/v1/uploads/*/parts/*", async (route) => {
    const start = Number(route.request().url().split("/").pop());
    if (breaks && start > 1_000_000) return route.abort("connectionreset");
    sent.push(start);
    return route.continue();
  });
  const quiet = faults.length;
  await page.setInputFiles("#files", file);
  await page.waitForSelector("text=Choose the file again", { timeout: 60_000 });
  // What the browser says of the broken connection is what this is about.
  faults.splice(quiet);
  const shown = await page.locator("progress").evaluate((bar) => bar.value);
  if (!(shown > 0.2 && shown < 1)) faults.push(`resume: ${shown} is shown`);
  breaks = false;
  const before = sent.length;
  // The browser gives the file another time when it is chosen again; the page knows it by name, length and time.
  await page.evaluate(() => {
    const known = Object.keys(localStorage).find((key) => key.startsWith("offdesk:large.csv:"));
    const input = document.querySelector("#files");
    const modified = Number(known.split(":").pop());
    const again = new File([input.files[0]], "large.csv", { type: "text/csv", lastModified: modified });
    const all = new DataTransfer();
    all.items.add(again);
    input.files = all.files;
    input.dispatchEvent(new Event("change"));
  });
  await page.waitForURL(/\/import\/./, { timeout: 60_000 });
  const [first] = sent.slice(before);
  if (!(first >= 1_000_000)) faults.push(`resume: it begins again at ${first}`);
  if (new Set(sent).size !== sent.length) faults.push("resume: a part was sent twice");
  await page.unroute("**/api/v1/uploads/*/parts/*");
  await page.click("text=Leave it").catch(() => faults.push("resume: the file cannot be dropped"));
}

/// The keyboard alone: the skip link, a page by its keys, the palette.
async function keys(page, origin) {
  await page.goto(`${origin}/hours`);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.textContent);
  if (!first.startsWith("Skip")) faults.push(`keys: the first stop is "${first}"`);
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await page.waitForURL(`${origin}/next`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("worth");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/worth`);
}

async function look(from, origin, paths, state) {
  const storageState = await from.storageState();
  for (const width of [320, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, storageState, reducedMotion: "reduce" });
      const page = await context.newPage();
      for (const one of paths) {
        const path = one.path ?? one;
        const title = `${state} ${path.replace(/[0-9a-f-]{36}/, "ID")} ${width} ${colorScheme}`;
        const watched = [];
        const listen = (message) => message.type() === "error" && !message.text().includes("status of 4") && watched.push(message.text());
        page.on("console", listen);
        await page.goto(`${origin}${path}`, { waitUntil: "load" });
        if (one.act) await one.act(page);
        page.off("console", listen);
        for (const text of watched) faults.push(`${title}: ${text}`);
        await page.evaluate(() => { for (const details of document.querySelectorAll("main details")) details.open = true; });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) faults.push(`${title}: ${wide} px wide`);
        // The page's own policy lets nothing in; the checker is let in by the browser, as an extension would be.
        const session = await context.newCDPSession(page);
        await session.send("Page.setBypassCSP", { enabled: true });
        await session.send("Runtime.evaluate", { expression: axe });
        const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), tags);
        for (const violation of found.violations) {
          for (const node of violation.nodes.slice(0, 3)) faults.push(`${title}: ${violation.id}: ${node.target.join(" ")}`);
        }
        await session.detach();
        const file = `desk-${state}-${(one.name ?? path).replace(/[0-9a-f-]{36}/, "one").replace(/\W+/g, "")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
        views += 1;
      }
      await context.close();
    }
  }
}
