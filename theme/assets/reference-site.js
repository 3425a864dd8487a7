// What the pages do beyond being read: cards at citations, the filter of the bibliography, copy
// buttons, and a language switch that keeps the place. Everything works as plain links without it.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // In a copy of the site opened from disk, a link to a folder would show the list of its files.
  for (const link of location.protocol === "file:" ? all("a[href]") : []) {
    const url = new URL(link.getAttribute("href"), location.href);
    if (url.protocol !== "file:" || !url.pathname.endsWith("/")) continue;
    url.pathname += "index.html";
    link.setAttribute("href", url.href);
  }

  // The navigation of narrow windows goes when the reader goes on in the page, and shows where she is.
  const drawer = document.getElementById("site-nav");
  const showHere = () => {
    const here = drawer.querySelector("[aria-current]");
    if (here?.offsetTop > drawer.clientHeight - 50) drawer.scrollTop = here.offsetTop - drawer.clientHeight / 2;
  };
  if (drawer) {
    showHere();
    drawer.addEventListener("toggle", showHere);
    drawer.addEventListener("click", (event) => event.target.closest("a") && drawer.hidePopover?.());
    drawer.addEventListener("focusout", ({ relatedTarget: next }) => {
      if (next && !drawer.contains(next) && !next.matches("[popovertarget]")) drawer.hidePopover?.();
    });
  }

  // Light and dark: what the reader chooses is kept for her next page.
  for (const button of all("[data-scheme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const scheme = document.body.dataset.mdColorScheme === "slate" ? "default" : "slate";
      document.body.dataset.mdColorScheme = scheme;
      try {
        localStorage.setItem("scheme", scheme);
      } catch {
        // A browser that keeps nothing shows the choice on this page only.
      }
    });
  }

  // The language switch leads to the same block of the other language: counterparts share their ids.
  // The block stays where it is in the window: a browser alone would put it at the top.
  const PLACE = "place-in-window";
  const topOf = (block) => block.getBoundingClientRect().top;
  const blockAtTop = () => {
    const edge = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    const away = (block) => Math.abs(topOf(block) - edge);
    // On a parallel page the rows have the ids that all languages share.
    const blocks = all("article [id]").filter(
      (block) => block.matches("h1,h2,h3,h4,p,li,table,figure,dt,div") && !block.closest(".parallel-cell"),
    );
    return blocks.reduce((best, block) => (!best || away(block) < away(best) ? block : best), undefined);
  };
  const remember = (value) => {
    try {
      if (value) sessionStorage.setItem(PLACE, JSON.stringify(value));
      else sessionStorage.removeItem(PLACE);
    } catch {
      // A browser that keeps nothing still opens the block.
    }
  };
  // The language last chosen is kept and pointed out on pages in another; nobody is sent anywhere.
  const LANGUAGE = "language";
  let chosen = null;
  try {
    chosen = localStorage.getItem(LANGUAGE);
  } catch {
    // A browser that keeps nothing has no choice to point out.
  }
  for (const link of all("[data-language-link]")) {
    link.classList.toggle("is-chosen", link.lang === chosen && chosen !== document.documentElement.lang);
    link.addEventListener("click", () => {
      try {
        if (link.lang) localStorage.setItem(LANGUAGE, link.lang);
      } catch {
        // The switch itself works all the same.
      }
      const block = window.scrollY > 0 ? blockAtTop() : undefined;
      link.hash = block?.id ?? "";
      remember(block && { id: block.id, top: topOf(block) });
    });
  }
  const restorePlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(PLACE));
    } catch {
      return;
    }
    const block = place && location.hash === `#${place.id}` && document.getElementById(place.id);
    if (block) window.scrollBy({ top: topOf(block) - place.top, behavior: "instant" });
    remember(null);
  };
  window.addEventListener("load", restorePlace);

  // Cards: the entries that a mark leads to, or what a term means, shown beside it on hover, focus or tap.
  const card = document.createElement("aside");
  card.className = "citation-card";
  card.hidden = true;
  let owner = null;
  let leaving = 0;

  const closeCard = () => {
    card.hidden = true;
    owner?.removeAttribute("aria-describedby");
    owner = null;
  };
  const entryOf = (link) => {
    const item = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const body = item?.querySelector(".reference-body")?.cloneNode(true);
    // The way back to the mark is of no use beside the mark.
    body?.querySelector(".backlinks")?.remove();
    body?.prepend(item.querySelector(".reference-label").textContent);
    return body;
  };
  // The terms of a language are one script beside the glossary, loaded when they are first wanted.
  const terms = new Map();
  window.referenceCards = (cards) => terms.get(document.currentScript.src)(cards);
  const loading = new Map();
  const cardsAt = (address) => {
    if (!loading.has(address)) {
      loading.set(address, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = address;
        terms.set(script.src, resolve);
        script.onerror = () => resolve({});
        document.head.append(script);
      }));
    }
    return loading.get(address);
  };
  const element = (tag, text, lang = "") => Object.assign(document.createElement(tag), { textContent: text, lang });
  const termOf = async (link) => {
    const cards = await cardsAt(new URL("cards.js", link.href.split("#")[0]).href);
    const found = cards[link.hash.slice(1)];
    if (!found) return undefined;
    const [name, abbreviation, others, pinyin, definition] = found;
    const names = element("p", "");
    names.append(element("b", name), abbreviation && ` (${abbreviation})`);
    for (const [lang, text] of others) names.append(" ", element("span", text, lang));
    if (pinyin) names.append(" ", Object.assign(element("span", pinyin, "zh-Latn-pinyin"), { className: "pinyin" }));
    const body = document.createElement("div");
    body.append(names, element("p", definition));
    return body;
  };
  const entriesOf = async (link) =>
    (link.matches(".term") ? [await termOf(link)] : all("a", link.closest(".citation")).map(entryOf)).filter(Boolean);
  const openCard = async (link) => {
    clearTimeout(leaving);
    if (owner === link) return;
    closeCard();
    owner = link;
    const entries = await entriesOf(link);
    if (owner !== link || !entries.length) return;
    card.id = "citation-card";
    card.replaceChildren(...entries);
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    const mark = link.getBoundingClientRect();
    const left = Math.min(mark.left, document.documentElement.clientWidth - card.offsetWidth - 12);
    const below = mark.bottom + card.offsetHeight + 8 < window.innerHeight;
    card.style.left = `${Math.max(left, 12) + window.scrollX}px`;
    card.style.top = `${(below ? mark.bottom + 4 : mark.top - card.offsetHeight - 4) + window.scrollY}px`;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(closeCard, 250);
  };
  const marks = all(".citation a, a.term");
  if (marks.length) document.body.append(card);
  for (const link of marks) {
    // A finger leaves nothing: what a tap has opened stays until the next one.
    link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && openCard(link));
    link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
    link.addEventListener("focus", () => openCard(link));
    link.addEventListener("blur", leave);
    // The first tap shows the card; a second one follows the link, as a click with a mouse does.
    let isOpening = false;
    link.addEventListener("pointerdown", (event) => {
      isOpening = event.pointerType !== "mouse" && owner !== link;
      if (isOpening) openCard(link);
    });
    link.addEventListener("click", (event) => {
      if (isOpening) event.preventDefault();
      isOpening = false;
    });
  }
  card.addEventListener("mouseenter", () => clearTimeout(leaving));
  card.addEventListener("mouseleave", leave);
  card.addEventListener("focusin", () => clearTimeout(leaving));
  card.addEventListener("focusout", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeCard();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!card.contains(event.target) && !event.target.closest?.(".citation, .term")) closeCard();
  });

  // The filter of the bibliography.
  for (const form of all(".reference-filter")) {
    const items = all("ol.references > li", form.parentElement);
    const output = form.querySelector("output");
    const apply = () => {
      const wanted = new FormData(form);
      const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
      const from = Number(wanted.get("from")) || -Infinity;
      const to = Number(wanted.get("to")) || Infinity;
      for (const item of items) {
        const year = Number(item.dataset.year);
        item.hidden = !(
          words.every((word) => item.dataset.text.includes(word)) &&
          year >= from && year <= to &&
          (!wanted.has("cited") || item.dataset.cited === "yes")
        );
      }
      output.textContent = output.dataset.text.replace("{n}", items.filter((item) => !item.hidden).length);
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // The filter of the glossary; a letter without a term left is hidden too.
  for (const form of all(".glossary-filter")) {
    const terms = all(".glossary-term", form.parentElement).map((term) => ({
      term,
      // What the term is called and means, not what it leads to. Tones are not typed; "gan" finds "gān".
      text: all("p, .also", term).map((part) => part.textContent).join(" ").normalize("NFD").replace(/[\u0300\u0301\u0304\u030c]/g, "").normalize("NFC").toLowerCase(),
    }));
    const sections = all("section", form.parentElement);
    const output = form.querySelector("output");
    const apply = () => {
      const words = new FormData(form).get("text").toLowerCase().split(/\s+/).filter(Boolean);
      for (const { term, text } of terms) term.hidden = !words.every((word) => text.includes(word));
      for (const section of sections) section.hidden = !section.querySelector(".glossary-term:not([hidden])");
      output.textContent = output.dataset.text.replace("{n}", terms.filter(({ term }) => !term.hidden).length);
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link to a term that the filter has hidden leads to it all the same.
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.closest(".glossary [hidden]")) return;
      form.reset();
      setTimeout(() => target.scrollIntoView());
    });
  }

  // Copy buttons: formatted text and plain text; where a page may not write to the clipboard (a copy of
  // the site opened from disk), the text is selected instead.
  for (const button of all("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const texts = all(".reference-text", button.closest("section"));
      const said = button.parentElement.querySelector("[role=status]");
      const plain = texts.map((text) => text.textContent).join("\n");
      const html = texts.map((text) => `<p>${text.innerHTML}</p>`).join("");
      try {
        const blob = (text, type) => new Blob([text], { type });
        await navigator.clipboard.write([
          new ClipboardItem({ "text/plain": blob(plain, "text/plain"), "text/html": blob(html, "text/html") }),
        ]);
        said.textContent = button.dataset.copied;
      } catch {
        getSelection().setBaseAndExtent(texts[0], 0, texts.at(-1), texts.at(-1).childNodes.length);
        said.textContent = button.dataset.failed;
      }
    });
  }
})();
