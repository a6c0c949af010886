// Everything works without this file. It makes it quicker: files sent in parts, a palette, keys.
"use strict";
(() => {
  const $ = (what, where = document) => where.querySelector(what);
  const $$ = (what, where = document) => [...where.querySelectorAll(what)];
  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  // Light or dark, where it was chosen in this browser; else the system's.
  const root = document.documentElement;
  const wear = (theme) => {
    root.dataset.theme = theme;
    const meta = $("meta[name=color-scheme]");
    if (meta) meta.content = theme || "light dark";
  };
  wear(localStorage.getItem("offdesk:theme") || "");

  const local = $("[data-local]");
  if (local) {
    const keep = (key, value) => (value ? localStorage.setItem(key, value) : localStorage.removeItem(key));
    local.hidden = false;
    for (const radio of $$("[data-theme]", local)) {
      radio.checked = radio.value === root.dataset.theme;
      radio.addEventListener("change", () => { keep("offdesk:theme", radio.value); wear(radio.value); });
    }
    const keys = $("[data-keys]", local);
    keys.checked = localStorage.getItem("offdesk:keys") !== "off";
    keys.addEventListener("change", () => keep("offdesk:keys", keys.checked ? "" : "off"));
  }

  // Whoever signs out leaves no names of files here.
  if (location.pathname === "/sign-in") {
    for (const key of Object.keys(localStorage)) if (/^offdesk:(?!theme$|keys$)/.test(key)) localStorage.removeItem(key);
  }

  // Files: sent in parts, so that an interrupted upload goes on where it was.
  const PART = 512 * 1024;
  async function send(file, show) {
    const key = `offdesk:${file.name}:${file.size}:${file.lastModified}`;
    let upload = null;
    const known = localStorage.getItem(key);
    if (known) {
      const answer = await fetch(`/api/v1/uploads/${known}`);
      if (answer.ok) upload = await answer.json();
      if (upload && upload.state !== "receiving" && upload.state !== "waiting") upload = null;
    }
    if (!upload) {
      const answer = await fetch("/api/v1/uploads", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ file: file.name, length: file.size }),
      });
      upload = await answer.json();
      if (!answer.ok) throw new Error(upload.title);
      localStorage.setItem(key, upload.id);
    }
    let tries = 0;
    while (upload.received < upload.length) {
      try {
        const part = file.slice(upload.received, upload.received + PART);
        const answer = await fetch(`/api/v1/uploads/${upload.id}/parts/${upload.received}`, { method: "PUT", body: part });
        const said = await answer.json();
        if (answer.status === 409 || answer.status === 404) {
          const now = await fetch(`/api/v1/uploads/${upload.id}`);
          const other = await now.json();
          if (now.ok && other.state === "waiting" && other.received === other.length) { upload = other; continue; }
          if (!now.ok || other.state !== "receiving") { tries = 5; throw new Error("This file was left somewhere else"); }
          if (other.received <= upload.received) throw new Error(said.title);
          upload = other;
          continue;
        }
        if (!answer.ok) throw new Error(said.title);
        upload = said;
        tries = 0;
      } catch (error) {
        if (++tries > 5) throw error;
        await new Promise((done) => setTimeout(done, 400 * 2 ** tries));
      }
      show(upload.received, upload.length);
    }
    localStorage.removeItem(key);
    return upload.id;
  }

  for (const form of $$("form[data-files]")) {
    const input = $("input[type=file]", form);
    const status = make("p", { role: "status" });
    const bar = make("progress", { max: "1", value: "0", "aria-label": "Sent" });
    const begin = async (files) => {
      if (!files.length) return;
      form.append(bar, status);
      try {
        const ids = [];
        for (const file of files) {
          status.textContent = `Sending ${file.name}…`;
          ids.push(await send(file, (done, all) => { bar.value = done / all; }));
        }
        location.href = ids.length === 1 ? `/import/${ids[0]}` : "/import";
      } catch (error) {
        status.textContent = `${error.message}. Choose the file again to go on where it stopped.`;
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      begin(input.files);
    });
    input.addEventListener("change", () => begin(input.files));
    const drop = $(".drop", form) || form;
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); begin(event.dataTransfer.files); });
  }

  // An import that is under way: look again until it is done.
  const waiting = $("[data-upload]");
  if (waiting) {
    const look = async () => {
      const answer = await fetch(`/api/v1/uploads/${waiting.dataset.upload}`).catch(() => null);
      const upload = answer && answer.ok ? await answer.json() : null;
      if (upload && !["queued", "importing"].includes(upload.state)) location.reload();
      else setTimeout(look, 700);
    };
    setTimeout(look, 700);
  }

  // Passkeys: the browser makes and shows them; what it is asked and answers goes as text without padding.
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const post = async (path, body) => {
    const answer = await fetch(path, { method: "POST", body, headers: { "x-offdesk": "1" } });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.title);
    return said;
  };
  async function passkey(kind, base, fields, more) {
    const asked = await post(`${base}/challenge`, new URLSearchParams(fields));
    const options = asked.options.publicKey;
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const one of options.excludeCredentials || []) one.id = bytes(one.id);
    const made = await navigator.credentials[kind]({ publicKey: options });
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    const credential = { id: made.id, rawId: text(made.rawId), type: made.type, response, extensions: made.getClientExtensionResults() };
    location.href = (await post(base, JSON.stringify({ ceremony: asked.ceremony, credential, ...more }))).next;
  }
  if (window.PublicKeyCredential) {
    for (const place of $$("[data-passkey]")) {
      const status = $("[role=status]", place);
      const run = async (work) => {
        status.textContent = "";
        try {
          await work();
        } catch (error) {
          status.textContent = error.name === "NotAllowedError" ? "Not done: it was cancelled, or took too long." : `Not done: ${error.message}.`;
        }
      };
      place.hidden = false;
      $$("[data-without-script]").forEach((hint) => { hint.hidden = true; });
      if (place.dataset.passkey === "sign-in") {
        $("button", place).addEventListener("click", () => run(() => passkey("get", "/sign-in/passkey", {}, { next: place.dataset.next })));
      } else {
        place.addEventListener("submit", (event) => {
          event.preventDefault();
          const [name, old] = $$("input", place).map((input) => input.value);
          run(() => passkey("create", "/security/passkeys", { old }, { name }));
        });
      }
    }
  }

  // The palette, and keys: g and a letter goes to a page, ? shows the keys.
  const pages = $$("nav a[data-key]").map((link) => ({ name: link.textContent, href: link.getAttribute("href"), key: link.dataset.key }));
  let palette = null;
  function open() {
    if (!pages.length) return;
    if (!palette) {
      palette = make("dialog", { class: "palette", "aria-label": "Go to" });
      const input = make("input", {
        type: "text", "aria-label": "Go to, find or do", placeholder: "Go to, or do…", autocomplete: "off",
        role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
      });
      const list = make("ul", { id: "palette-list", role: "listbox", "aria-label": "Pages, things and what can be done" });
      palette.append(input, list);
      document.body.append(palette);
      const places = () => [
        ...$$("main [data-key]").map((act) => ({ name: act.textContent.trim(), act, hint: act.dataset.key })),
        ...pages.map((page) => ({ ...page, hint: `g ${page.key}` })),
        ...$$("a[data-find]").map((link) => ({ name: link.textContent, href: link.getAttribute("href"), hint: "" })),
      ];
      let at = 0;
      const draw = () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        const found = places().filter((place) => words.every((word) => place.name.toLowerCase().includes(word))).slice(0, 12);
        at = Math.min(at, Math.max(found.length - 1, 0));
        input.setAttribute("aria-activedescendant", found.length ? `palette-${at}` : "");
        list.replaceChildren(...found.map((place, index) => {
          const item = make("li", { role: "presentation" });
          const link = make("a", { id: `palette-${index}`, href: place.href || "#", role: "option", "aria-selected": String(index === at) }, place.name);
          if (place.act) link.addEventListener("click", (event) => { event.preventDefault(); palette.close(); place.act.click(); });
          if (place.hint) link.append(make("kbd", {}, place.hint));
          item.append(link);
          return item;
        }));
      };
      input.addEventListener("input", () => { at = 0; draw(); });
      input.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) { event.preventDefault(); at = Math.max(0, at + step); draw(); }
        if (event.key === "Enter") $("a[aria-selected=true]", list)?.click();
      });
      palette.draw = draw;
    }
    palette.showModal();
    $("input", palette).value = "";
    palette.draw();
    $("input", palette).focus();
  }
  function keys() {
    const help = make("dialog", { "aria-label": "Keys" });
    const list = make("ul");
    const add = (key, text) => { const item = make("li"); item.append(make("kbd", {}, key), ` ${text}`); list.append(item); };
    add("Ctrl K", "go to anything");
    for (const page of pages) add(`g ${page.key}`, page.name);
    for (const act of $$("main [data-key]")) add(act.dataset.key, act.textContent.trim());
    if ($("main a[rel=prev], main a[rel=next]")) add("[ ]", "the time before, and after");
    add("j k", "to the next row, and back; Enter opens it");
    add("/", "filter the list");
    help.append(make("h2", {}, "Keys"), list);
    const close = make("button", { class: "small" }, "Close");
    close.addEventListener("click", () => help.close());
    help.addEventListener("close", () => help.remove());
    help.append(close);
    document.body.append(help);
    help.showModal();
  }
  // To the next row that something can be opened of, or back.
  function step(by) {
    const rows = $$("main tbody tr, main li").filter((row) => row.offsetParent && $("a[href]", row));
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    if (row) $("a[href]", row).focus();
  }
  let isGoing = false;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); return; }
    const isTyping = event.target.closest("input,select,textarea,dialog,[contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("offdesk:keys") === "off") return;
    if (isGoing) {
      isGoing = false;
      const page = pages.find((page) => page.key === event.key);
      if (page) location.href = page.href;
      return;
    }
    if (event.key === "g") isGoing = true;
    if (event.key === "?") keys();
    const act = $(`main [data-key="${CSS.escape(event.key)}"]`);
    if (act) { event.preventDefault(); act.click(); return; }
    const turn = { "[": "prev", "]": "next" }[event.key];
    if (turn) $(`main a[rel=${turn}]`)?.click();
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    if (event.key === "/") { const filter = $("[data-filter]"); if (filter) { event.preventDefault(); filter.focus(); } }
  });

  // Where a zone was only guessed at, that of this browser takes its place: to be seen, and to be put right.
  for (const box of $$("[data-zone]")) {
    const field = $("input", box);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone && field.value === box.dataset.zone) field.value = zone;
  }

  // Filters a list as one types; without this file the list is whole.
  const sift = (filter) => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of $$(`${filter.dataset.filter} tbody tr`)) {
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    }
  };
  const show = (filter) => filter.closest("[hidden]")?.removeAttribute("hidden");
  $$("[data-filter]").forEach(show);
  document.addEventListener("input", (event) => { if (event.target.matches("[data-filter]")) sift(event.target); });

  // Forms marked so are sent in place: the page that comes back takes the place of this one's content.
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-inplace]");
    if (!form) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const typed = $$("[data-filter]").map((filter) => filter.value);
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer) {
      $("#lost")?.remove();
      const lost = make("div", { id: "lost", class: "wrong", role: "alert" }, "Offdesk does not answer. Try it again in a moment.");
      $("#main").prepend(lost);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focus = document.activeElement?.id;
    const main = $("#main", page);
    if (!main) { location.reload(); return; }
    if (answer.redirected) history.replaceState(null, "", answer.url);
    $("#main").replaceWith(main);
    $$("[data-filter]").forEach((filter, at) => { filter.value = typed[at] || ""; show(filter); sift(filter); });
    if (focus) document.getElementById(focus)?.focus();
  });
})();
