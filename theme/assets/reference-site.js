// What the pages do beyond being read: cards at citations, the filter of the bibliography, copy
// buttons, and a language switch that keeps the place. Everything works as plain links without it.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

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
    const blocks = all("article [id]").filter((block) => block.matches("h1,h2,h3,h4,p,li,table,figure,dt,div"));
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
  for (const link of all("[data-language-link]")) {
    link.addEventListener("click", () => {
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

  // Cards: the entries that a mark leads to, shown beside it on hover, focus or tap.
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
  const openCard = (link) => {
    clearTimeout(leaving);
    if (owner === link) return;
    closeCard();
    const entries = all("a", link.closest(".citation")).map(entryOf).filter(Boolean);
    if (!entries.length) return;
    owner = link;
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
  const marks = all(".citation a");
  if (marks.length) document.body.append(card);
  for (const link of marks) {
    link.addEventListener("mouseenter", () => openCard(link));
    link.addEventListener("mouseleave", leave);
    link.addEventListener("focus", () => openCard(link));
    link.addEventListener("blur", leave);
    // The first tap shows the card; a second one follows the link, as a click with a mouse does.
    link.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" && owner !== link) {
        link.addEventListener("click", (click) => click.preventDefault(), { once: true });
        openCard(link);
      }
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
    if (!card.contains(event.target) && !event.target.closest?.(".citation")) closeCard();
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
