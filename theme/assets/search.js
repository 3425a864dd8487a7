// The search of one language. Its index lies in script files (macros/search_index.py), loaded when a
// reader types and only as far as her query needs them; scripts, because a page opened from disk may
// load a script but not fetch a file. Text of the site is only ever shown as text, never as HTML.
(() => {
  "use strict";
  const root = document.querySelector(".site-search");
  if (!root) return;
  const [input, panel, list] = ["input", ".site-search__panel", ".search-results"].map((part) => root.querySelector(part));
  const status = panel.querySelector("[role=status]");
  const opener = root.querySelector(".site-search__open");
  const MOST_RESULTS = 20;
  const MOST_EXPANSIONS = 12;
  const COVERAGE = 0.75;
  const SYNONYM_WEIGHT = 0.7;

  // Files
  const waiting = new Map();
  const parts = new Map();
  window.referenceSearch = (name, value) => waiting.get(name)?.(value);
  const load = (name) => {
    if (!parts.has(name)) {
      parts.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(name, resolve);
        script.src = `${root.dataset.index}${name}.js`;
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return parts.get(name);
  };

  // Terms, cut as macros/search_index.py cuts them
  const RUNS = /[a-z0-9]+(?:[-./'][a-z0-9]+)*|[\u3400-\u9fff\u{20000}-\u{3134f}]+|[^\s\p{P}\p{S}a-z0-9_\u3400-\u9fff]+/gu;
  const HAN = /^[\u3400-\u9fff\u{20000}-\u{3134f}]/u;
  const normalise = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").normalize("NFC");
  const termsOf = (text) => (normalise(text).match(RUNS) ?? []).flatMap((run) => {
    const characters = [...run];
    return HAN.test(run) && characters.length > 1
      ? characters.slice(1).map((character, at) => characters[at] + character)
      : [run];
  });
  const crc32 = (text) => {
    let crc = ~0;
    for (const byte of new TextEncoder().encode(text)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
  };

  // Ranking
  const expand = (term, manifest) => {
    if (HAN.test(term)) return [[term, 1]];
    const words = manifest.words.split(" ");
    const prefixed = words.filter((word) => word !== term && word.startsWith(term));
    const within = term.length < 3 ? [] : words.filter((word) => !word.startsWith(term) && word.includes(term));
    return [[term, 1], ...prefixed.map((word) => [word, 0.8]), ...within.map((word) => [word, 0.5])].slice(0, MOST_EXPANSIONS);
  };
  const postings = async (term, manifest) => {
    const shard = await load(`terms-${crc32(term) % manifest.shards}`);
    return Object.hasOwn(shard, term) ? shard[term] : [];
  };
  const scoreTerm = async (term, manifest) => {
    const scores = new Map();
    const found = await Promise.all(
      expand(term, manifest).map(async ([word, weight]) => [weight, await postings(word, manifest)]),
    );
    for (const [weight, flat] of found) {
      for (let at = 0; at < flat.length; at += 2) {
        scores.set(flat[at], Math.max(scores.get(flat[at]) ?? 0, flat[at + 1] * weight));
      }
    }
    return scores;
  };
  const scoreQuery = async (query, manifest) => {
    const terms = [...new Set(termsOf(query))];
    const total = new Map();
    for (const scores of await Promise.all(terms.map((term) => scoreTerm(term, manifest)))) {
      for (const [number, score] of scores) {
        const [sum, hits] = total.get(number) ?? [0, 0];
        total.set(number, [sum + score, hits + 1]);
      }
    }
    const wanted = normalise(query.trim());
    return new Map([...total]
      .filter(([, [, hits]]) => hits >= terms.length * COVERAGE)
      .map(([number, [sum, hits]]) => {
        const titles = manifest.documents[number].slice(1).map(normalise);
        const bonus = titles.includes(wanted) ? 3 : titles.some((title) => title.includes(wanted)) ? 1.5 : 1;
        return [number, sum * (hits / terms.length) * bonus];
      }));
  };
  const synonymsOf = (query, manifest) => {
    const wanted = normalise(query);
    return manifest.synonyms
      .filter((group) => group.some((term) => wanted.includes(normalise(term))))
      .flatMap((group) => group.filter((term) => !wanted.includes(normalise(term))));
  };
  const search = async (query) => {
    const manifest = await load("manifest");
    const also = synonymsOf(query, manifest);
    const scores = await scoreQuery(query, manifest);
    for (const term of also) {
      for (const [number, score] of await scoreQuery(term, manifest)) {
        scores.set(number, Math.max(scores.get(number) ?? 0, score * SYNONYM_WEIGHT));
      }
    }
    const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const shown = await Promise.all(best.slice(0, MOST_RESULTS).map(async ([number]) => {
      const texts = await load(`texts-${Math.floor(number / manifest.textsInShard)}`);
      const [url, heading, page] = manifest.documents[number];
      return { url, heading, page, text: texts[number % manifest.textsInShard] };
    }));
    return { shown, count: best.length, also };
  };

  // Showing
  const marked = (tag, text, words) => {
    const element = document.createElement(tag);
    const pattern = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    const pieces = pattern ? text.split(new RegExp(`(${pattern})`, "giu")) : [text];
    pieces.forEach((piece, at) => {
      if (at % 2) {
        const mark = document.createElement("mark");
        mark.textContent = piece;
        element.append(mark);
      } else element.append(piece);
    });
    return element;
  };
  const excerpt = (text, words) => {
    const small = text.toLowerCase();
    const at = Math.min(...words.map((word) => small.indexOf(word.toLowerCase())).filter((place) => place >= 0));
    const start = Number.isFinite(at) ? Math.max(0, at - 30) : 0;
    return `${start ? "…" : ""}${text.slice(start, start + 130)}${start + 130 < text.length ? "…" : ""}`;
  };
  const show = ({ shown, count, also }, query) => {
    const words = [...query.trim().split(/\s+/), ...also];
    status.textContent = count ? status.dataset.results.replace("{n}", count) : status.dataset.none;
    if (also.length) status.textContent += ` · ${status.dataset.also}${also.join(" · ")}`;
    list.replaceChildren(...shown.map(({ url, heading, page, text }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      // Every page has its own index.html, which a server leaves out and a folder on disk needs.
      const [path, fragment] = url.split("#");
      const file = location.protocol === "file:" ? "index.html" : "";
      link.href = `${root.dataset.root}${path}${file}${fragment ? `#${fragment}` : ""}`;
      link.append(marked("strong", heading || page, words));
      if (heading !== page) link.append(marked("span", page, words));
      link.append(marked("span", excerpt(text, words), words));
      item.append(link);
      return item;
    }));
    panel.hidden = false;
  };
  const close = () => {
    panel.hidden = true;
    root.classList.remove("is-open");
    opener.setAttribute("aria-expanded", "false");
  };

  let asked = 0;
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const query = input.value;
    if (!termsOf(query).length) {
      panel.hidden = true;
      return;
    }
    const results = await search(query);
    // An answer that comes late is not put over a newer one.
    if (mine === asked) show(results, query);
  };

  root.hidden = false;
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => load("manifest"));
  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  opener.addEventListener("click", () => {
    root.classList.add("is-open");
    opener.setAttribute("aria-expanded", "true");
    input.focus();
  });
  root.querySelector(".site-search__close").addEventListener("click", () => {
    close();
    opener.focus();
  });
  root.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? input : links[Math.min(next, links.length - 1)])?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      root.classList.contains("is-open") || opener.offsetParent === null ? input.focus() : opener.click();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!root.contains(event.target)) close();
  });
})();
