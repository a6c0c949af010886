// Work that is handed off, on both sides: given by the owner on a desktop, done on a phone, asked about, returned with a finding, done
// again, accepted; the trial of three passes, and the owner's Desk says what it gave back.

/// Goes the way with an owner's page and a worker's; gives what is not as it should be.
export async function workTogether({ page, own, phone, origin, handoff, views }) {
  const faults = [];
  const see = async (where, text) => {
    if (!(await where.locator("main").textContent()).includes(text)) faults.push(`${new URL(where.url()).pathname} does not say "${text}"`);
  };
  const id = handoff.split("/").pop();

  const give = async (title) => {
    await page.goto(`${origin}/work?handoff=${id}`);
    for (const box of await page.locator("input[name^=have-]").all()) await box.check();
    await page.fill("#due", "2099-01-15T17:00");
    await page.fill("#title", title);
    await page.click("text=Give it");
    if (await page.locator("#due-fault").count()) {
      // More than five years ahead is told; a day soon is not.
      await page.fill("#due", soon());
      await page.click("text=Give it");
    }
    await page.waitForURL(/given=1/);
  };
  const take = async (title) => {
    await own.goto(`${origin}/my/work`);
    await own.click(`article:has-text("${title}") >> text=Accept it`);
    await own.waitForURL(/\/my\/assignments\/.*done=agree/);
  };
  const handIn = async (text) => {
    await own.fill("#text", text);
    await own.fill("#hours", "0.5");
    await own.click("button:text-is('Hand it in')");
    await own.waitForURL(/done=handed_in/);
  };
  const review = async (verdict, finding) => {
    await page.goto(`${origin}/review`);
    await page.click("main table a");
    await page.waitForURL(/\/review\/./);
    if ((await page.locator("main").textContent()).includes("Ana")) faults.push("a review names who made it");
    await judge(page, verdict, finding);
  };

  await give("Inbox of Monday");
  await own.goto(`${origin}/my/work`);
  await see(own, "Declining is free");
  if (views) await views(phone, ["/my/work"], "given");
  await take("Inbox of Monday");
  const mine = new URL(own.url()).pathname;
  await own.click("#tick-1");
  await own.waitForSelector("#tick-1[aria-pressed=true]");
  const box = await own.locator("#tick-1").boundingBox();
  if (box.width < 44 || box.height < 44) faults.push(`a tick is ${box.width} by ${box.height}`);
  await own.click("#step-2 summary");
  await own.fill("#ask-2", "Which folder is meant?");
  await own.click("#step-2 >> text=Ask it");
  await own.waitForURL(/done=asked/);
  await see(own, "Your due date stands still");
  if (views) await views(phone, [mine], "asked");

  await page.goto(`${origin}/desk`);
  await see(page, "Answer a question");
  if (views) await views(page.context(), ["/desk", "/work", mine.replace("/my/assignments/", "/work/")], "asked");
  await page.click("text=Answer a question");
  await page.fill("textarea[name=text]", "The one called Later.");
  await page.check("[name=for_blueprint]");
  await page.click("button:text-is('Answer')");
  await page.waitForSelector("text=The answer went into the draft");
  await own.goto(`${origin}${mine}`);
  await see(own, "The one called Later.");

  await own.setInputFiles("#file", { name: "answers.txt", mimeType: "text/plain", buffer: Buffer.from("Dear customer") });
  await handIn("All of Monday is answered.");
  await see(own, "answers.txt");
  await page.goto(`${origin}/desk`);
  await see(page, "Look at the deliverable");
  if (views) await views(page.context(), ["/desk", "/review", mine.replace("/my/assignments/", "/review/")], "delivered");
  await review("text=Return it", "One answer names no date.");
  await own.goto(`${origin}/my/work`);
  await see(own, "It was returned");
  await own.goto(`${origin}${mine}`);
  await see(own, "One answer names no date.");
  if (views) await views(phone, ["/my/work", mine], "returned");
  await handIn("Now each has a date.");
  await review("text=Accept the deliverable");
  for (const title of ["Inbox of Tuesday", "Inbox of Wednesday"]) {
    await give(title);
    await take(title);
    await handIn("Done.");
    await review("text=Accept the deliverable");
  }

  await own.goto(`${origin}/my/progress`);
  await see(own, "2 of 10 clean in a row");
  await see(own, "One answer names no date.");
  await own.goto(`${origin}/my/pay`);
  await see(own, "accepted so far");
  if (views) await views(phone, ["/my/work", mine, "/my/progress", "/my/pay", "/my/record"], "accepted");
  await page.goto(`${origin}${handoff}`);
  if (!(await page.locator(".lead").textContent()).includes("Active")) faults.push("three were accepted, and the trial goes on");
  await page.goto(`${origin}/desk`);
  await see(page, "in the last seven days");
  if (views) await views(page.context(), ["/desk", "/work"], "accepted");
  await pay();
  return faults;

  /// What was accepted stands on a statement, at both sides.
  async function pay() {
    await page.goto(`${origin}/pay`);
    if (views) await views(page.context(), ["/pay"], "earned");
    await page.fill("[name=until]", new Date().toISOString().slice(0, 10));
    await page.click("form[action='/pay/statements'] button");
    await page.waitForURL(/done=drawn/);
    await see(page, "ST-0001");
    if (views) await views(page.context(), ["/pay", "/pay/bills", "/pay/statements/1", "/return"], "stated");
    await own.goto(`${origin}/my/pay`);
    await see(own, "ST-0001");
    if (views) await views(phone, ["/my/pay", "/my/statements/1", "/my/week", "/my/hours", "/notices"], "stated");
  }
}

/// Two days from now, as a browser's field takes it.
function soon() {
  return new Date(Date.now() + 2 * 24 * 3600 * 1000).toISOString().slice(0, 16);
}

/// Judges the deliverable whose page is open: every criterion is said to be met, a finding gets a place.
export async function judge(page, verdict, finding) {
  for (const met of await page.locator('input[name="met"]').all()) await met.check();
  if (finding) {
    await page.fill("#finding-0", finding);
    const place = page.locator('select[name="place"]').first();
    if (await place.count()) await place.selectOption({ index: 1 });
  }
  await page.click(verdict);
  await page.waitForURL(/\/review\?done=/);
}
