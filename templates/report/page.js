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
readOverview();
