// Summary tables: filters and order, both kept in the address of the page. Without it every table is
// whole and in the order of its view. A grouped table keeps its groups: rows are sorted within each.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const SORT = "sort";

  // What a row is sorted by: a number on the scale of its unit, or else the text that readers see.
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    const { value, unit = "", missing } = cell.dataset;
    if (missing) return { row, missing: 1 };
    return { row, missing: 0, text: value ? "" : cell.textContent.trim(), number: Number(value), unit };
  };

  // Missing values come last and units stay apart in both directions.
  const compareKeys = (a, b, sign) => {
    if (a.missing || b.missing) return a.missing - b.missing;
    if (!a.text !== !b.text) return a.text ? 1 : -1;
    return compare(a.unit, b.unit) || sign * (a.text ? compare(a.text, b.text) : a.number - b.number);
  };

  const setUp = (form) => {
    const table = form.parentElement.querySelector("table.data");
    const heads = [...table.tHead.rows[0].cells];
    const groups = [...table.tBodies].map((body) => ({ body, rows: all("tr[data-record]", body) }));
    const rows = groups.flatMap((group) => group.rows);
    const codes = new Map(rows.map((row) => [row, JSON.parse(row.dataset.filters ?? "{}")]));
    const selects = all("select", form);
    const output = form.querySelector("output");
    const { option: optionText, count: countText, sort: sortText } = form.dataset;
    const nameOf = (head) => head.dataset.key ?? head.dataset.field;
    const parameter = (name) => `${table.id}.${name}`;
    let sorted = null; // {head, sign}: 1 for ascending, -1 for descending

    const has = (row, select, code) => !code || codes.get(row)[select.name].includes(code);
    const fitting = (except) =>
      rows.filter((row) => selects.every((select) => select === except || has(row, select, select.value)));

    const showRows = () => {
      const shown = new Set(fitting());
      for (const { body, rows: own } of groups) {
        for (const row of own) row.hidden = !shown.has(row);
        body.hidden = own.every((row) => row.hidden);
        const keys = sorted && own.map((row) => keyOf(row, sorted.head.cellIndex));
        body.append(...(keys?.sort((a, b) => compareKeys(a, b, sorted.sign)).map((key) => key.row) ?? own));
      }
      return shown.size;
    };

    // A choice counts the rows that it would leave, whatever its own filter says now.
    const showCounts = () => {
      for (const select of selects) {
        const found = fitting(select);
        for (const option of select.options) {
          const n = found.filter((row) => has(row, select, option.value)).length;
          option.textContent = fill(optionText, { label: option.dataset.label, n });
        }
      }
    };

    const show = () => {
      const n = showRows();
      showCounts();
      const said = selects.length ? [fill(countText, { n, all: rows.length })] : [];
      for (const head of heads) {
        head.removeAttribute("aria-sort");
        if (head !== sorted?.head) continue;
        const direction = sorted.sign > 0 ? "ascending" : "descending";
        head.setAttribute("aria-sort", direction);
        said.push(fill(form.dataset[direction], { column: head.textContent }));
      }
      output.textContent = said.join(" · ");
    };

    const read = () => {
      const query = new URLSearchParams(location.search);
      for (const select of selects) {
        const code = query.get(parameter(select.name));
        if ([...select.options].some((option) => option.value === code)) select.value = code;
      }
      const [, minus, key] = /^(-?)(.*)$/.exec(query.get(parameter(SORT)) ?? "");
      const head = heads.find((known) => nameOf(known) === key);
      sorted = head ? { head, sign: minus ? -1 : 1 } : null;
    };

    const write = () => {
      const url = new URL(location.href);
      const query = url.searchParams;
      for (const name of [...query.keys()]) if (name.startsWith(parameter(""))) query.delete(name);
      for (const { name, value } of selects) if (value) query.set(parameter(name), value);
      if (sorted) query.set(parameter(SORT), (sorted.sign < 0 ? "-" : "") + nameOf(sorted.head));
      // What is hidden now is not what a reload should open at.
      if (hiddenTarget()) url.hash = "";
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // Some browsers refuse it to pages opened from disk; the language links still carry it.
      }
      share(url.search);
    };

    const change = () => {
      show();
      write();
    };

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = sortText;
      button.append(...head.childNodes);
      head.append(button);
      // First ascending, then descending, then the order of the view again.
      button.addEventListener("click", () => {
        const sign = head !== sorted?.head ? 1 : sorted.sign > 0 ? -1 : 0;
        sorted = sign ? { head, sign } : null;
        change();
      });
    }
    form.addEventListener("input", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      sorted = null;
      // A form resets its fields after this event.
      setTimeout(change);
    });
    read();
    show();
    form.hidden = false;
  };

  // The other language opens with the same filters and order.
  const share = (search) => {
    for (const link of all("[data-language-link]")) link.search = search;
  };

  // A link to a row that a filter hides brings the whole table back.
  const hiddenTarget = () => document.querySelector("tr[hidden]:target, tr[hidden] :target");
  const reveal = () => {
    const target = hiddenTarget();
    if (!target) return;
    target.closest(".summary-table").querySelector("form").reset();
    setTimeout(() => target.scrollIntoView());
  };

  all("form.table-filter").forEach(setUp);
  share(location.search);
  window.addEventListener("hashchange", reveal);
  window.addEventListener("load", reveal);
})();
