// The keyboard alone, end to end: set-up, the worth, a file, a new name, a judgement, signing out and in again. No mouse is moved; what has
// the focus is seen at every stop on the way.

/// So many stops a page has at most.
const STOPS = 400;
/// Pages that are walked through from their first stop to the last.
const PAGES = ["/desk", "/work", "/review", "/hours", "/next", "/next/roll-out", "/plan", "/blueprints", "/blueprints/new", "/people", "/people/new", "/handoffs/new", "/pay", "/return", "/notices", "/import", "/sources/1", "/worth", "/settings", "/members", "/security", "/security/second-factor", "/audit-log", "/workspaces"];

/// Goes the way in a desk that is empty; gives what is not as it should be.
export async function byKeys(page, address, demo, title) {
  const faults = [];
  const origin = new URL(address).origin;
  const hands = new Hands(page, (text) => faults.push(`${title}: ${text}`));
  try {
    await page.goto(address);
    await hands.type("#name", "Noor Haddad");
    await hands.type("#email", "noor@example.com");
    await hands.type("#password", "three brown foxes");
    await hands.press('button:text-is("Set up the desk")', "Enter", `${origin}/worth`);
    await worth(hands, origin);
    await bringIn(hands, demo, origin);
    await rename(hands, origin);
    await judge(hands, origin);
    await signOutAndIn(hands, origin);
    for (const path of PAGES) {
      await page.goto(`${origin}${path}`);
      await hands.walk();
    }
  } catch (error) {
    faults.push(`${title}: ${new URL(page.url()).pathname}: ${error.message.split("\n")[0]}`);
  }
  return faults;
}

/// A mistake is told where it was made; Enter in the field sends it.
async function worth(hands, origin) {
  await hands.type("#income", "nothing");
  await hands.page.keyboard.press("Enter");
  await hands.page.waitForSelector("#income-fault");
  await hands.type("#income", "150000");
  await hands.press('button:text-is("Go on")', "Space", `${origin}/import`);
}

/// The dialog in which a file is chosen is the browser's own; all else is keys.
async function bringIn(hands, demo, origin) {
  const { page } = hands;
  await hands.to("#files");
  await page.setInputFiles("#files", demo);
  if (!(await hands.hasScript())) await hands.press('button:text-is("Look at them")', "Enter");
  await page.waitForURL(/\/import\/./);
  await hands.to('summary:text-is("How it is read")');
  await page.keyboard.press("Enter");
  await hands.to("#date_order");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await hands.press('button:text-is("Import it")', "Enter");
  for (let tries = 0; !page.url().includes("/sources/") && tries < 80; tries++) {
    await page.waitForTimeout(500);
    if (!(await hands.hasScript())) await page.reload();
  }
  await hands.press('a:text-is("See where the hours go")', "Enter", `${origin}/hours`);
}

/// On Hours: "Only I" and back, then an activity gets another name.
async function rename(hands, origin) {
  const { page } = hands;
  for (const [now, then] of [["No", "Yes"], ["Yes", "No"]]) {
    const button = (says) => `button[aria-label="${says}: only I can do Inbox triage"]`;
    await hands.press(button(now), "Space");
    await page.waitForSelector(button(then));
    // Where the page is changed in place, whoever pressed the button is still at it.
    if (await hands.hasScript()) await page.waitForFunction((says) => document.activeElement?.ariaLabel?.startsWith(says), then, { timeout: 5_000 });
  }
  await hands.press('#list a:has-text("Inbox triage")', "Enter", /\/activities\/./);
  await hands.type("#name", "My mails");
  await hands.press('button:text-is("Rename")', "Space", /\/activities\/./);
  await page.waitForSelector('h1:has-text("My mails")');
  await hands.press('.top nav a:text-is("Hours")', "Enter", `${origin}/hours`);
  await hands.to('#list a:has-text("My mails")');
}

/// On Next: not now, for a reason; it is out of the list, and back in it.
async function judge(hands, origin) {
  const { page } = hands;
  if (await hands.hasScript()) {
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await page.waitForURL(`${origin}/next`);
  } else {
    await hands.press('.top nav a:text-is("Next")', "Enter", `${origin}/next`);
  }
  await hands.press('.ranked a:has-text("My mails")', "Enter", /\/next\/./);
  await hands.type("#reason", "After the summer");
  await hands.press('button[value="not_now"]', "Enter", /\/next\?of=/);
  if (!(await page.locator(".said").textContent()).includes("My mails is put off")) hands.fault("Next does not say that it is put off");
  if (!(await page.locator("main").textContent()).includes("After the summer")) hands.fault("the reason for not now is not told");
  if (await page.locator('.ranked a:has-text("My mails")').count()) hands.fault("what is not for now is in the list still");
  await hands.press('.said button:text-is("Undo")', "Space");
  await page.waitForSelector('.ranked a:has-text("My mails")');
}

/// Out and in again; where there is the script, the palette leads to a page.
async function signOutAndIn(hands, origin) {
  const { page } = hands;
  await hands.press('button:text-is("Sign out")', "Enter", `${origin}/sign-in`);
  await hands.type("#email", "noor@example.com");
  await hands.type("#password", "three brown foxes");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/desk`);
  if (!(await hands.hasScript())) return;
  const next = '.top nav a:text-is("Next")';
  await hands.to(next);
  await page.keyboard.press("Control+k");
  await hands.seen();
  await page.keyboard.press("Escape");
  if (!(await page.locator(next).evaluate((link) => link === document.activeElement))) hands.fault("the palette, left, does not give the focus back");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("worth");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/worth`);
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[aria-label=Keys] button");
  await hands.seen();
  await page.keyboard.press("Enter");
  if (await page.locator("dialog[open]").count()) hands.fault("the list of keys stays open");
}

/// Someone at a keyboard.
export class Hands {
  constructor(page, fault) {
    this.page = page;
    this.fault = fault;
  }

  /// Whether the page's own script runs.
  async hasScript() {
    return (await this.page.evaluate(() => document.documentElement.dataset.theme)) !== undefined;
  }

  /// Goes on with Tab until the focus is where it is meant to be; every stop on the way is seen.
  async to(selector) {
    const goal = this.page.locator(selector).first();
    await goal.waitFor({ state: "attached" });
    for (let at = 0; at < STOPS; at++) {
      if (await goal.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
      await this.seen();
    }
    throw new Error(`no Tab leads to ${selector}`);
  }

  /// Goes through a page from its first stop to the last: Tab leaves each of them, and comes to all there is to use.
  async walk() {
    const where = new URL(this.page.url()).pathname;
    const goOn = () => {
      const it = document.activeElement;
      if (it !== document.body) it.dataset.stop = "";
      return it !== document.body;
    };
    let at = 0;
    do {
      if (++at > STOPS) return this.fault(`${where}: Tab does not come to an end`);
      await this.page.keyboard.press("Tab");
      await this.seen();
    } while (await this.page.evaluate(goOn));
    const left = await this.page.evaluate(() => {
      const all = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")];
      // Of several that exclude one another the chosen one is a stop; arrows lead to the others.
      const isReached = (it) => "stop" in it.dataset || (it.type === "radio" && all.some((other) => other.name === it.name && "stop" in other.dataset));
      return all.filter((it) => it.checkVisibility() && !it.disabled && !isReached(it)).map((it) => it.outerHTML.slice(0, 80));
    });
    for (const one of left) this.fault(`${where}: no Tab leads to ${one}`);
  }

  /// What is in the field gives way to what is typed.
  async type(selector, text) {
    await this.to(selector);
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.type(text);
  }

  /// Goes there and presses a key; then waits for an address.
  async press(selector, key, url) {
    await this.to(selector);
    await this.page.keyboard.press(key);
    if (url) await this.page.waitForURL(url);
  }

  /// What has the focus is outlined, and nothing hides all of it.
  async seen() {
    const wrong = await this.page.evaluate(() => {
      const it = document.activeElement;
      // Past the last stop the focus is the browser's.
      if (!it || it === document.body || it === document.documentElement) return "";
      const name = `${it.localName}${it.id ? `#${it.id}` : ""} "${(it.ariaLabel || it.textContent || it.name || "").trim().slice(0, 40)}"`;
      const style = getComputedStyle(it);
      if (style.outlineStyle === "none" || Number.parseFloat(style.outlineWidth) < 1) return `${name} has the focus and no outline`;
      const { left, top, right, bottom, width, height } = it.getBoundingClientRect();
      if (width < 1 || height < 1) return `${name} has the focus and no size`;
      // What contains it is its own ground; a bar that lies above it is not. A link of two lines has a box that is not all its own.
      const spots = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
      const boxes = [...it.getClientRects()].map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
      const shows = [...spots, ...boxes].some(([x, y]) => {
        const there = document.elementFromPoint(x, y);
        return there && (it.contains(there) || there.contains(it));
      });
      return shows ? "" : `${name} has the focus and is hidden`;
    });
    if (wrong) this.fault(`${new URL(this.page.url()).pathname.replace(/[0-9a-f-]{36}/, "ID")}: ${wrong}`);
  }
}
