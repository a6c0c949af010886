// Pages as they are when something that was sent is refused, and what has failed: in a desk of its own, with the demo's hours in it.
import { oneTime } from "./browser.mjs";

const ADDRESS = "noor@example.com";
const PASSWORD = "three brown foxes";

/// Fills fields in and sends them: what comes is a page that says what is wrong.
///
/// A file is given as `{ name, mimeType, buffer }`, `before` changes the page as somebody would who sends what the page does not offer.
export function refused(fields, button, fault, before) {
  return async (page) => {
    // What the browser itself would keep back is sent, too.
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("main details")) details.open = true;
      for (const form of document.forms) form.noValidate = true;
    });
    if (before) await page.evaluate(before);
    for (const [selector, text] of Object.entries(fields)) {
      const field = page.locator(selector).first();
      await (typeof text === "string" ? field.fill(text) : field.setInputFiles(text));
    }
    const [answer] = await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST"), page.locator(button).first().click()]);
    await page.waitForLoadState("load");
    if (answer.status() < 400 || answer.status() === 429) fault(`${page.url()}: ${JSON.stringify(fields)} is answered with ${answer.status()}`);
    if (!(await page.locator("[role=alert], .wrong").count())) fault(`${page.url()}: ${JSON.stringify(fields)} is refused without a word`);
  };
}

/// Goes to every one of them; `look` opens pages as somebody who is signed in in a context.
export async function refusals({ browser, address, demo, look, fault }) {
  const origin = new URL(address).origin;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const refuse = (fields, button, before) => refused(fields, button, fault, before);
  await begin(page, address);
  const failed = await failedImport(page, origin, demo);
  const unread = await upload(page, origin, { name: "letter.bin", mimeType: "application/octet-stream", buffer: Buffer.from("\u0001\u0002 no table at all") });
  const known = await imported(page, origin, demo);
  await page.goto(`${origin}/people/new`);
  await page.fill("#name", "Ana");
  await page.click("text=Add the person");
  await page.waitForURL(/\/people\/[0-9a-f]{8}-/);
  const person = new URL(page.url()).pathname;
  await look(context, origin, [
    failed,
    unread,
    { path: "/import", name: "import-failed" },
    { path: known.activity, name: "activity-merge", act: refuse({}, "text=Merge >> nth=-1", () => {
      // The page does not offer an activity itself.
      const own = location.pathname.split("/").pop();
      const into = document.querySelector("#into");
      into.append(new Option("itself", own, true, true));
    }) },
    { path: known.activity, name: "activity-split", act: refuse({ "#split_name": "Letters" }, "text=Split them off") },
    { path: known.activity, name: "activity-split-name", act: refuse({ "#split_name": known.other }, "text=Split them off", () => {
      document.querySelector("[name=wording]").checked = true;
    }) },
    { path: known.activity, name: "activity-price", act: refuse({ "#low": "-5" }, "text=Set the price") },
    ...wrongs(known.activity, person, refuse),
  ], "wrong");
  await secondFactor({ browser, page, context, origin, look, refuse });
  await context.close();
}

/// What the forms of an owner refuse.
function wrongs(activity, person, refuse) {
  const next = activity.replace("/activities/", "/next/");
  const noZip = { name: "workspace.zip", mimeType: "application/zip", buffer: Buffer.from("no archive") };
  return [
    { path: "/worth", act: refuse({ "#income": "nothing" }, "main form button") },
    { path: "/settings", act: refuse({ "#currency": "shells" }, "text=Keep the settings") },
    { path: "/people/new", act: refuse({ "#name": "Bo", "#place": "nowhere" }, "text=Add the person") },
    { path: `${person}/edit`, act: refuse({ "#zone": "the moon" }, "main form button") },
    { path: activity, act: refuse({ "#name": "" }, "text=Rename") },
    { path: `${next}/decision`, act: refuse({ "#rate-1": "cheap" }, "text=Weigh and keep them") },
    { path: "/blueprints/new", act: refuse({ "#recording": "on my phone" }, "text=Keep the draft") },
    { path: "/import", act: refuse({ "#line": "soon" }, "text=Log it") },
    { path: "/security", act: refuse({ "form[action='/security/tokens'] [name=name]": "x" }, "text=Make the token") },
    { path: "/members", name: "members-invite", act: refuse({ "form[action='/members/invitations'] [name=email]": "noor" }, "text=Make the link") },
    { path: "/members", name: "members-rules", act: refuse({ "#idle_days": "soon" }, "text=Keep the rules") },
    { path: "/workspaces", name: "workspaces-name", act: refuse({ "#name": "" }, "text=Make the workspace") },
    { path: "/workspaces", name: "workspaces-file", act: refuse({ "#workspace-file": noZip }, "text=Bring it in") },
  ];
}

async function begin(page, address) {
  await page.goto(address);
  await page.fill("#name", "Noor Haddad");
  await page.fill("#email", ADDRESS);
  await page.fill("#password", PASSWORD);
  await page.click("text=Set up the desk");
  await page.waitForURL(/\/worth/);
  await page.fill("#income", "150000");
  await page.click("text=Go on");
  await page.waitForURL(/\/import/);
}

/// Sends a file; gives the page on which it is looked at.
async function upload(page, origin, file) {
  await page.goto(`${origin}/import`);
  await page.setInputFiles("#files", file);
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

/// A file that is to be read by a column which it has not: what it could not be imported for stands on its page.
async function failedImport(page, origin, demo) {
  const path = await upload(page, origin, demo);
  await page.locator("summary:has-text('How it is read')").click();
  await page.fill("#map-hours", "No such column");
  await page.click("text=Import it");
  await page.waitForSelector("text=It could not be imported", { timeout: 60_000 });
  return { path, name: "failed" };
}

/// An activity of the imported demo, and the name of another one.
async function imported(page, origin, demo) {
  await upload(page, origin, demo);
  await page.click("text=Import it");
  await page.waitForURL(/\/sources\//, { timeout: 60_000 });
  await page.goto(`${origin}/hours`);
  const link = (name) => page.locator(`#list a:has-text("${name}")`).first();
  const other = await link("Bookkeeping").or(link("Assistant work")).first().textContent();
  return { activity: await link("Inbox triage").getAttribute("href"), other };
}

/// A code that is wrong: when the second factor is set up, and when somebody signs in with it.
async function secondFactor({ browser, page, context, origin, look, refuse }) {
  const form = "form[action='/security/second-factor']";
  const wrong = { path: "/security/second-factor", act: refuse({ "#code": "000000", "#old": PASSWORD }, `${form} button`) };
  await look(context, origin, [wrong], "wrong");
  await page.goto(`${origin}/security/second-factor`);
  await page.fill("#old", PASSWORD);
  await page.fill("#code", oneTime(await page.locator("input[name=secret]").inputValue()));
  await page.click(`${form} button`);
  await page.waitForSelector("code.code");
  const away = await browser.newContext({ reducedMotion: "reduce" });
  const door = await away.newPage();
  await door.goto(`${origin}/sign-in`);
  await door.fill("#email", ADDRESS);
  await door.fill("#password", PASSWORD);
  await door.click("main form button");
  await door.waitForURL(/\/sign-in\/code/);
  await look(away, origin, ["/sign-in/code", { path: "/sign-in/code", name: "sign-in-code-wrong", act: refuse({ "#code": "000000" }, "main form button") }], "wrong");
  await away.close();
}
