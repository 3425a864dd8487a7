// Tools at the blocks of a written page: one shows the block in another language below it, one copies its
// address. A single toolbar walks through the page, to the block under the pointer, the one that was tapped
// or the one with the focus. On the keyboard it is one stop of the Tab key, wherever it stands: left and
// right choose a tool, up and down take it to another block. Escape closes what was opened last.
// Counterparts are read from the page in the other language, fetched once, when first asked for. Where
// that is refused (a copy of the site opened from disk), the button leads to the parallel page instead, or
// to the other page where there is none.
(() => {
  "use strict";
  const { words, counterparts } = JSON.parse(document.currentScript.dataset.values);
  const article = document.querySelector("article");
  const NO_HOME = "table, pre"; // elements that cannot hold the toolbar: it stands behind them
  const isBlock = (element) =>
    !element.closest(".references, form") && !element.querySelector(".references") &&
    !element.parentElement.closest("figure, table, .summary-table, .table-notes");
  const blocks = [...article.querySelectorAll(":is(p, li, dt, dd, blockquote, figure, table, pre, div)[id]")]
    .filter(isBlock);
  if (!blocks.length) return;
  const known = new Set(blocks);
  const blockOf = (node) => {
    for (let element = node; element && element !== article; element = element.parentElement) {
      if (known.has(element)) return element;
    }
    return undefined;
  };
  const make = (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  const bar = make("span", { class: "block-tools", role: "toolbar", "aria-label": words.tools });
  const status = make("p", { class: "block-status", role: "status" });
  document.body.append(status);
  let current;
  let silence = 0;
  const say = (text) => {
    status.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => say(""), 5000);
  };

  // Counterparts
  const pages = new Map(); // language → the page in it, as it was fetched
  const opened = new Map(); // id of a shown counterpart → {box, block, button}
  const boxId = (block, lang) => `${lang}.${block.id}`;
  const fetchPage = async ({ href }) => {
    const answer = await fetch(href);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const load = (counterpart) => {
    if (!pages.has(counterpart.lang)) {
      const page = fetchPage(counterpart);
      page.catch(() => pages.delete(counterpart.lang));
      pages.set(counterpart.lang, page);
    }
    return pages.get(counterpart.lang);
  };
  const each = (root, name, change) => {
    for (const element of [root, ...root.querySelectorAll(`[${name}]`)]) {
      if (element.hasAttribute(name)) element.setAttribute(name, change(element.getAttribute(name)));
    }
  };
  // A copy with ids of its own, and with links that lead where they led on its page.
  const copyOf = (source, { lang, href }) => {
    const copy = document.importNode(source, true);
    for (const element of copy.querySelectorAll(".headerlink, form, script, [hidden]")) element.remove();
    const base = new URL(href, location.href);
    const ids = (value) => value.replace(/\S+/g, (id) => `${lang}.${id}`);
    for (const name of ["id", "aria-labelledby", "aria-describedby"]) each(copy, name, ids);
    for (const name of ["href", "src"]) each(copy, name, (url) => new URL(url, base).href);
    for (const link of copy.querySelectorAll("a[href]")) link.hreflang = lang;
    return copy;
  };
  const close = (id) => {
    const { box, block, button } = opened.get(id);
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    opened.delete(id);
    if (hadFocus) {
      place(block);
      button.focus();
    }
    showState();
  };
  const show = (page, block, counterpart, button) => {
    const source = page.getElementById(block.id);
    const id = boxId(block, counterpart.lang);
    const box = make("div", { class: "counterpart", id: `shown.${id}`, lang: counterpart.lang, role: "group", "aria-label": counterpart.name });
    if (source) box.append(copyOf(source, counterpart));
    else box.textContent = counterpart.missing;
    if (block.matches("li, dt, dd")) {
      // Its content only: an item stands in no other item.
      if (source) box.replaceChildren(...box.firstChild.childNodes);
      block.append(box);
    } else (block.nextElementSibling === bar ? bar : block).after(box);
    opened.set(id, { box, block, button });
  };
  const toggle = async (counterpart, button) => {
    const block = current;
    const id = boxId(block, counterpart.lang);
    if (opened.has(id)) {
      close(id);
      return;
    }
    try {
      const page = await load(counterpart);
      if (!opened.has(id)) show(page, block, counterpart, button);
      showState();
    } catch {
      const switchTo = (link) => document.querySelector(`.language-switch ${link}`);
      const target = new URL((switchTo(".parallel-link") ?? switchTo(`[lang="${counterpart.lang}"]`)).href);
      target.hash = block.id;
      location.href = target.href;
    }
  };

  const copyLink = async () => {
    const { id } = current;
    const url = new URL(location.href);
    url.search = "";
    url.hash = id;
    try {
      await navigator.clipboard.writeText(url.href);
      say(words.copied);
    } catch {
      location.hash = id;
      say(words.copy_failed);
    }
  };

  // The toolbar
  const addButton = (text, label, act) => {
    const button = make("button", { type: "button", "data-text": text, tabindex: bar.children.length ? -1 : 0 });
    button.addEventListener("click", () => act(button));
    bar.append(button);
    return { button, label };
  };
  const buttons = counterparts.map((counterpart) => ({
    ...addButton(`⇄ ${counterpart.name}`, counterpart.label, (button) => toggle(counterpart, button)),
    counterpart,
  }));
  buttons.push(addButton(`¶ ${words.copy}`, words.copy, copyLink));

  const beginning = (block) => {
    const text = (block.querySelector("figcaption, caption") ?? block).textContent.trim().replace(/\s+/g, " ");
    return text.length > 30 ? `${text.slice(0, 30)}…` : text;
  };
  const showState = () => {
    for (const { button, counterpart } of buttons) {
      if (!counterpart) continue;
      const id = boxId(current, counterpart.lang);
      button.setAttribute("aria-expanded", opened.has(id));
      if (opened.has(id)) button.setAttribute("aria-controls", `shown.${id}`);
      else button.removeAttribute("aria-controls");
    }
  };
  const place = (block) => {
    if (block === current) return;
    current?.removeAttribute("data-has-tools");
    bar.classList.remove("is-shown");
    current = block;
    const name = beginning(block);
    for (const { button, label } of buttons) button.setAttribute("aria-label", `${label}: ${name}`);
    if (block.matches(NO_HOME)) block.after(bar);
    else block.append(bar);
    block.setAttribute("data-has-tools", ""); // No class: tables without one have a look of their own.
    showState();
  };
  const focusOn = (button) => {
    for (const other of bar.children) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  };
  const isTyping = () => bar.contains(document.activeElement) && document.activeElement.matches(":focus-visible");

  place(blocks[0]);
  article.addEventListener("pointerover", (event) => {
    const block = blockOf(event.target);
    if (event.pointerType === "mouse" && block && !isTyping()) place(block);
  });
  article.addEventListener("focusin", (event) => {
    const block = blockOf(event.target);
    if (block && !bar.contains(event.target)) place(block);
  });
  document.addEventListener("pointerup", (event) => {
    if (bar.contains(event.target) || event.target.closest?.("a, button, summary, label, input, select")) return;
    const block = event.pointerType === "mouse" ? undefined : blockOf(event.target);
    if (block) place(block);
    bar.classList.toggle("is-shown", Boolean(block));
  });
  bar.addEventListener("keydown", (event) => {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const button = document.activeElement;
    if (!along && !down) return;
    event.preventDefault();
    if (along) {
      const next = [...bar.children].indexOf(button) + along;
      focusOn(bar.children[(next + bar.children.length) % bar.children.length]);
    } else {
      const block = blocks[blocks.indexOf(current) + down];
      if (!block) return;
      place(block);
      focusOn(button);
      block.scrollIntoView({ block: "nearest" });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened.size && !event.target.closest?.("search")) close([...opened.keys()].at(-1));
  });
})();
