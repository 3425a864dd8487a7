// The search of one language. Its index lies in script files (macros/search_index.py), loaded when a
// reader turns to the search, and only those that her query needs; scripts, because a page opened from
// disk may load a script but not fetch a file. Text is only ever shown as text, never as HTML, and an
// address never starts a search: a link must not put words here.
(() => {
  "use strict";
  const root = document.querySelector(".site-search");
  if (!root) return;
  const one = (name) => root.querySelector(`.site-search__${name}`);
  const [opener, form, input, clear, closer] = ["open", "form", "input", "clear", "close"].map(one);
  const [panel, summary, list, status] = ["panel", "summary", "results", "status"].map(one);
  const { index, root: siteRoot, results: foundText, none, also: alsoText, failed } = root.dataset;

  const SYNONYM_WEIGHT = 0.7;
  const PART_OF_WORD_WEIGHT = 0.6;
  const COVERAGE = 0.75;
  const EXACT_TITLE = 3;
  const UNBROKEN = 1.5;
  const BATCH = 10;
  const PAUSE_IN_TYPING = 120;

  // Files. All of one build carry its version: after a new build, a reader's old manifest no longer fits.
  let version = "";
  let files = new Map();
  const waiting = new Map();
  window.referenceSearch = (name, build, value) => waiting.get(name)(build, value);
  const load = (name) => {
    if (!files.has(name)) {
      files.set(name, new Promise((resolve, reject) => {
        waiting.set(name, (build, value) => {
          if (name === "manifest") version = build;
          if (build === version) resolve(value);
          else reject(new Error(name));
        });
        const script = document.createElement("script");
        script.src = `${index}${name}.js${version && `?v=${version}`}`;
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return files.get(name);
  };
  const withFreshFiles = async (work) => {
    try {
      return await work();
    } catch {
      files = new Map();
      version = Date.now(); // Until the manifest tells: past whatever the browser has kept.
      return work();
    }
  };

  // Terms, cut as macros/search_index.py cuts them.
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";
  const WORD = `[0-9]+(?:\\.[0-9]+)+|(?:(?![${HAN}])[\\p{L}\\p{N}])+`;
  const PIECES = new RegExp(`[${HAN}]+|${WORD}`, "gu");
  const RUNS = new RegExp(`[${HAN}]+|(?:${WORD})(?:-(?:${WORD}))*`, "gu");
  const STARTS_WITH_HAN = new RegExp(`^[${HAN}]`, "u");
  const isHan = (text) => STARTS_WITH_HAN.test(text);
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u00ad\u200b\u2060\ufeff]/g, "")
    .normalize("NFC").replace(/[\u2010-\u2015\u2212]/g, "-");
  const runsOf = (text) => fold(text).match(RUNS) ?? [];
  const pairsOf = (run) => [...run].map((character, at, all) => character + all[at + 1]).slice(0, -1);
  const termsOf = (text) => (fold(text).match(PIECES) ?? [])
    .flatMap((piece) => (isHan(piece) && [...piece].length > 1 ? pairsOf(piece) : [piece]));
  const plain = (text) => runsOf(text).join(" ");
  const titleKey = (text) => `=${[...plain(text).replace(/^(?:[0-9.]+ )+/, "")].slice(0, 40).join("")}`;
  Object.assign(window.referenceSearch, { termsOf, titleKey }); // For the test that compares them with Python's.
  const crc32 = (text) => {
    let crc = ~0;
    for (const byte of new TextEncoder().encode(text)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
  };

  // Finding. A query is cut into concepts: terms of a synonym group, and what remains between them.
  const synonyms = new WeakMap();
  const synonymsIn = (manifest) => {
    if (!synonyms.has(manifest)) {
      const keyOf = (term) => plain(term).replace(/-/g, " ");
      const byKey = new Map();
      for (const [searched, understood] of manifest.synonyms) {
        for (const key of [...searched, ...understood].map(keyOf)) {
          byKey.set(key, new Set([...(byKey.get(key) ?? []), ...searched.filter((term) => keyOf(term) !== key)]));
        }
      }
      // A Latin term stands between spaces, a Han term anywhere; long terms go before their parts.
      synonyms.set(manifest, [...byKey].sort(([a], [b]) => b.length - a.length).map(([key, also]) => [
        new RegExp((isHan(key) ? "" : " ") + key.replace(/\./g, "\\.") + (isHan([...key].pop()) ? "" : "s?(?= )")),
        [...also],
      ]));
    }
    return synonyms.get(manifest);
  };
  const conceptOf = (place, own, also) => ({
    place, also, wordings: [{ text: own, weight: 1 }, ...also.map((text) => ({ text, weight: SYNONYM_WEIGHT }))],
  });
  const understand = (query, manifest) => {
    let rest = ` ${plain(query)} `;
    const concepts = [];
    for (const [pattern, also] of synonymsIn(manifest)) {
      const match = pattern.exec(rest.replace(/-/g, " "));
      if (match) {
        const { index: start, 0: { length } } = match;
        concepts.push(conceptOf(start, rest.slice(start, start + length).trim(), also));
        rest = rest.slice(0, start) + "|".repeat(length) + rest.slice(start + length);
      }
    }
    for (const match of rest.matchAll(RUNS)) concepts.push(conceptOf(match.index, match[0], []));
    return concepts.sort((a, b) => a.place - b.place);
  };
  // "cultivar" is part of "cultivars", and "cultivars" finds "cultivar".
  const stemOf = (word) => [word.replace(word.length > 6 ? /(?:ies|s)$/ : /s$/, ""), word].find((stem) => stem.length > 2) ?? "\n";
  const documentsOf = async (term, manifest) => {
    const start = term.replace("=", "");
    const isWhole = isHan(start) || start !== term;
    const key = [...start].slice(0, isHan(start) ? 2 : 3).join("");
    const terms = await load(`terms-${crc32(key) % manifest.termFiles}`);
    const stem = stemOf(term);
    const words = Object.keys(terms).filter((word) => word === term || (!isWhole && word.startsWith(stem)));
    const documents = new Map();
    for (const word of words) {
      const share = word === term ? 1 : PART_OF_WORD_WEIGHT;
      let number = -1;
      for (const [, gap, letter] of terms[word].matchAll(/(\d*)([a-z])/g)) {
        number += Number(gap) + 1;
        const weight = share * manifest.weights[letter.charCodeAt(0) - 97];
        documents.set(number, Math.max(documents.get(number) ?? 0, weight));
      }
    }
    return documents;
  };
  // Both → for each document [its score, the share of the terms that it has].
  const scoreWording = async ({ text, weight }, manifest) => {
    const needed = [...new Set(termsOf(text))];
    const whole = runsOf(text).filter((run) => run.includes("-"));
    const found = await Promise.all([...needed, ...whole].map((term) => documentsOf(term, manifest)));
    const scores = new Map();
    found.forEach((documents, at) => {
      const rarity = Math.log(1 + (manifest.documents - documents.size + 0.5) / (documents.size + 0.5));
      for (const [number, share] of documents) {
        const [score, had] = scores.get(number) ?? [0, 0];
        scores.set(number, [score + rarity * share * weight, had + (at < needed.length ? 1 / needed.length : 0)]);
      }
    });
    return scores;
  };
  const scoreConcept = async ({ wordings }, manifest) => {
    const best = new Map();
    for (const scores of await Promise.all(wordings.map((wording) => scoreWording(wording, manifest)))) {
      for (const [number, [score, had]] of scores) {
        const [bestScore, bestHad] = best.get(number) ?? [0, 0];
        best.set(number, [Math.max(score, bestScore), Math.max(had, bestHad)]);
      }
    }
    return best;
  };
  const find = async (query) => {
    const manifest = await load("manifest");
    const concepts = understand(query, manifest);
    const sizes = concepts.map(({ wordings }) => termsOf(wordings[0].text).length);
    const all = sizes.reduce((sum, size) => sum + size, 0);
    const totals = new Map();
    (await Promise.all(concepts.map((concept) => scoreConcept(concept, manifest)))).forEach((scores, at) => {
      for (const [number, [score, had]] of scores) {
        const [sum, covered] = totals.get(number) ?? [0, 0];
        totals.set(number, [sum + score, covered + (had * sizes[at]) / all]);
      }
    });
    const titles = concepts.length === 1 ? concepts[0].wordings.map(({ text }) => text) : [query];
    const exact = await Promise.all(titles.flatMap((title) => [title, `${title}s`, title.replace(/s$/, "")])
      .map((title) => documentsOf(titleKey(title), manifest)));
    const ranked = [...totals].filter(([, [, covered]]) => covered > COVERAGE - 1e-9)
      .map(([number, [sum, covered]]) => [number, sum * covered * (exact.some((documents) => documents.has(number)) ? EXACT_TITLE : 1)])
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return { manifest, concepts, ranked, shown: 0 };
  };
  // Pairs of characters may lie apart; now that the texts are here, those that hold the words unbroken go first.
  const nextBatch = async ({ manifest, concepts, ranked, shown }) => {
    const batch = await Promise.all(ranked.slice(shown, shown + BATCH).map(async ([number, score]) => {
      const file = manifest.sectionFiles.filter((start) => start <= number).length - 1;
      const section = (await load(`sections-${file}`))[number - manifest.sectionFiles[file]];
      const text = plain(section.join("\n"));
      const isUnbroken = concepts.every(({ wordings }) => wordings.some((wording) => text.includes(plain(wording.text))));
      return { section, score: isUnbroken ? score * UNBROKEN : score };
    }));
    return batch.sort((a, b) => b.score - a.score).map(({ section }) => section);
  };

  // Showing
  const marksIn = (text, concepts) => {
    // Folding may make a text longer or shorter: "places" leads back to the characters it came from.
    let folded = "";
    const places = [];
    let at = 0;
    for (const character of text) {
      const small = /[\u4e00-\u9fff]/.test(character) ? character : fold(character);
      for (let n = 0; n < small.length; n += 1) places.push(at);
      folded += small;
      at += character.length;
    }
    places.push(text.length);
    const pieces = concepts.flatMap(({ wordings }) => wordings.flatMap((wording) => fold(wording.text).match(PIECES) ?? []));
    const words = pieces.filter((piece) => !isHan(piece)).map((word) => [word, stemOf(word)]);
    const runs = pieces.filter(isHan);
    const holds = runs.filter((run) => folded.includes(run));
    const hans = holds.length ? holds : runs.flatMap(pairsOf);
    const marks = [];
    for (const { 0: piece, index: start } of folded.matchAll(PIECES)) {
      if (!isHan(piece)) {
        if (words.some(([word, stem]) => piece === word || piece.startsWith(stem))) marks.push([start, start + piece.length]);
      } else for (const han of hans) {
        for (let n = piece.indexOf(han); n >= 0; n = piece.indexOf(han, n + 1)) marks.push([start + n, start + n + han.length]);
      }
    }
    return marks.sort((a, b) => a[0] - b[0]).map(([start, end]) => [places[start], places[end]]);
  };
  const marked = (tag, text, concepts) => {
    const element = document.createElement(tag);
    let end = 0;
    for (const [from, to] of marksIn(text, concepts)) {
      if (to > end) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(Math.max(from, end), to);
        element.append(text.slice(end, Math.max(from, end)), mark);
        end = to;
      }
    }
    element.append(text.slice(end));
    return element;
  };
  const excerpt = (text, concepts) => {
    const marks = marksIn(text, concepts);
    const worth = marks.map(([from]) => marks.reduce((sum, [start, end]) => (start >= from && end < from + 110 ? sum + end - start : sum), 0));
    const best = marks.length ? marks[worth.indexOf(Math.max(...worth))][0] : 0;
    const start = best > 40 ? best - 30 + Math.max(0, text.slice(best - 30, best).search(/\s/)) : 0;
    const end = start + 150;
    return `${start ? "…" : ""}${text.slice(start, end).replace(/\n/g, " ")}${end < text.length ? "…" : ""}`;
  };
  const resultOf = ([url, fragment, page, heading, text], concepts) => {
    const link = marked("a", heading, concepts);
    // A server shows a folder's index.html; a folder on disk shows its files.
    const file = location.protocol === "file:" && /(?:^|\/)$/.test(url) ? "index.html" : "";
    link.href = `${siteRoot}${url}${file}${fragment && `#${encodeURIComponent(fragment)}`}`;
    const item = document.createElement("li");
    item.append(link);
    if (heading !== page) item.append(marked("span", page, concepts));
    item.append(marked("p", excerpt(text, concepts), concepts));
    return item;
  };
  const say = (text) => {
    summary.textContent = text;
    status.textContent = text;
    panel.hidden = !text;
  };
  const describe = ({ ranked, concepts }) => {
    const also = [...new Set(concepts.flatMap((concept) => concept.also))];
    const count = ranked.length ? foundText.replace("{n}", ranked.length) : none;
    return also.length ? `${count} · ${alsoText}${also.join(" · ")}` : count;
  };
  let timer = 0;
  let asked = 0;
  let answer = null;
  const append = (sections) => {
    list.append(...sections.map((section) => resultOf(section, answer.concepts)));
    answer.shown += sections.length;
    showMore();
  };
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const query = input.value;
    clear.hidden = !query;
    answer = null;
    if (!termsOf(query).length) {
      list.replaceChildren();
      return say("");
    }
    const work = async () => {
      const found = await find(query);
      return { found, sections: await nextBatch(found) };
    };
    const done = await withFreshFiles(work).catch(() => null);
    if (mine !== asked) return; // A late answer is not put over a newer one.
    list.replaceChildren();
    panel.scrollTop = 0;
    say(done ? describe(done.found) : failed);
    answer = done?.found;
    if (answer) append(done.sections);
  };
  // On and on while the end of the list is in sight: a tall window shows more than one batch.
  let isLoadingMore = false;
  const showMore = async () => {
    const mine = answer;
    const isEndFar = panel.hidden || panel.scrollTop + panel.clientHeight < panel.scrollHeight - 100;
    if (!mine || isEndFar || isLoadingMore || mine.shown >= mine.ranked.length) return;
    isLoadingMore = true;
    const sections = await nextBatch(mine).catch(() => []);
    isLoadingMore = false;
    if (mine === answer && sections.length) append(sections);
    else if (mine !== answer) showMore();
  };

  // Opening and closing
  const setOpen = (isOpen) => {
    root.classList.toggle("is-open", isOpen);
    opener.setAttribute("aria-expanded", isOpen);
  };
  const open = () => {
    setOpen(true);
    input.focus();
  };
  const close = () => {
    asked += 1; // An answer on its way must not open it again.
    clearTimeout(timer);
    setOpen(false);
    panel.hidden = true;
    status.textContent = "";
  };
  const closeAndReturn = () => {
    close();
    (opener.offsetParent ? opener : input).focus(); // The button is only there in narrow windows.
  };

  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_IN_TYPING);
  };
  input.addEventListener("focus", () => load("manifest").catch(() => files.delete("manifest")));
  // Letters on their way to Chinese characters are no query.
  input.addEventListener("input", (event) => event.isComposing || askSoon());
  input.addEventListener("compositionend", askSoon);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await ask();
    // To the first result, and not into it: the Enter key may only have ended the input of Chinese.
    list.querySelector("a")?.focus();
  });
  clear.addEventListener("click", () => {
    input.value = "";
    ask();
    input.focus();
  });
  opener.addEventListener("click", open);
  closer.addEventListener("click", closeAndReturn);
  list.addEventListener("click", (event) => event.target.closest("a") && close());
  panel.addEventListener("scroll", showMore);
  root.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && (!panel.hidden || root.classList.contains("is-open"))) {
      event.preventDefault();
      closeAndReturn();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = [...list.querySelectorAll("a")];
      const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      panel.hidden = !links.length;
      (next < 0 ? input : links[Math.min(next, links.length - 1)])?.focus();
    }
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => root.contains(event.target) || close());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  root.classList.add("is-ready");
})();
