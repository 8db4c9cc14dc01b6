"use strict";
// The overview of several forms: filtered and sorted.
function readOverview() {
  const table = document.getElementById("files");
  if (!table) return; // A form alone has no table of forms.
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const find = document.getElementById("find");
  const ended = document.getElementById("ended");
  const kind = document.getElementById("kind");
  const shown = document.getElementById("shown");

  // Only what is shown in the overview is shown below it, and printed.
  function filter() {
    const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const wanted = (!ended.value || row.dataset.ended === ended.value)
        && (!kind.value || row.dataset.kind === kind.value)
        && words.every((word) => text.includes(word));
      row.hidden = !wanted;
      document.getElementById(row.dataset.part).hidden = !wanted;
      count += wanted ? 1 : 0;
    }
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{all}", rows.length);
  }

  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });
  function sort(head, index) {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sign = down ? -1 : 1;
    const text = (row) => row.cells[index].textContent.trim();
    const compare = head.dataset.sort === "number"
      ? (a, b) => Number(text(a)) - Number(text(b))
      : (a, b) => collator.compare(text(a), text(b));
    rows.sort((a, b) => sign * compare(a, b));
    body.append(...rows);
  }

  Array.from(table.tHead.rows[0].cells).forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, index));
  });
  for (const control of [find, ended, kind]) control.addEventListener("input", filter);
  const filters = document.getElementById("filters");
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.hidden = rows.length < 2;
  filter();
}

// All findings of the page: filtered by severity and words. What has none of them is not shown, nor printed.
const FEW = 8; // So few findings need no filter.
function readFindings() {
  const form = document.getElementById("finding-filter");
  const all = (selector, root = form.parentElement) => Array.from(root.querySelectorAll(selector));
  const rows = all("table.findings tbody tr:not(.part)");
  const sections = new Set([...all("section.form"), ...rows.map((row) => row.closest("section"))]);
  const find = document.getElementById("find-finding");
  const severity = document.getElementById("severity");
  const shown = document.getElementById("shown-findings");
  for (const option of all("option[value]:not([value=''])", severity)) {
    if (!rows.some((row) => row.classList.contains(option.value))) option.remove();
  }

  function filter() {
    const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = Boolean(severity.value && !row.classList.contains(severity.value))
        || !words.every((word) => text.includes(word));
      count += row.hidden ? 0 : 1;
    }
    const empty = (part) => !part.querySelector("tbody tr:not(.part):not([hidden])");
    for (const body of all("table.findings tbody")) body.hidden = !all("tr:not(.part)", body).some((row) => !row.hidden);
    for (const table of all("table.findings")) table.hidden = empty(table);
    const chosen = Boolean(severity.value || words.length);
    for (const section of sections) {
      section.classList.toggle("without", chosen && empty(section));
      if (chosen && section.classList.contains("done")) section.querySelector("details").open = true;
    }
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{all}", rows.length);
  }

  for (const control of [find, severity]) control.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = rows.length < FEW;
  filter();
}

function readReport() {
  if (!document.getElementById("finding-filter")) return; // A comparison, or a page without a result yet.
  readOverview();
  readFindings();
}
readReport();
