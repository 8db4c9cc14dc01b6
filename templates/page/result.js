// What is done with a result: the comparison above it, files to take away, ticks, copies.
const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

function button(key, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = say(key);
  made.addEventListener("click", act);
  return made;
}

// The comparison's own two lines, and all else of it behind them.
function comparison(html) {
  const content = parsed(html);
  // A page has each name once: the report's own parts keep theirs.
  for (const part of content.querySelectorAll("[id]")) part.id = `changes-${part.id}`;
  for (const part of content.querySelectorAll("[aria-labelledby]")) part.removeAttribute("aria-labelledby");
  const section = document.createElement("section");
  section.className = "changes";
  section.setAttribute("aria-labelledby", "changes-name");
  const head = document.createElement("h2");
  head.id = "changes-name";
  head.textContent = say("changes");
  const summary = content.querySelector(".summary");
  const lines = summary.querySelectorAll("p");
  summary.remove();
  const details = document.createElement("details");
  const open = document.createElement("summary");
  open.textContent = say("changes.details");
  details.append(open, ...content.childNodes);
  section.append(head, ...lines, details);
  return section;
}

function addTools(file, index, save) {
  const part = element(`form-${index + 1}`);
  if (!part || !file.copies) return;
  const line = document.createElement("p");
  line.className = "buttons tools";
  const offered = ["annotated", ...(file.repairs ? ["fixed"] : []), "evidence-list", "answers"];
  line.append(...offered.map((what) => button(`take.${what}`, () => save(what, index))));
  part.querySelector("dl.facts").before(line);
}

// Ticks are kept in this browser and nowhere else, without a word of the form: by a digest of whose form it is and of
// what is to be confirmed. Other answers, another tick. Where a browser keeps nothing, ticks last as long as the page.
const ticks = {
  key(text) {
    let digest = 0xcbf29ce484222325n; // FNV-1a
    for (const byte of new TextEncoder().encode(text)) {
      digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 0x100000001b3n);
    }
    return `clusterform.tick.${digest.toString(16)}`;
  },
  has(key) {
    try {
      return localStorage.getItem(key) !== null;
    } catch (error) {
      return false;
    }
  },
  set(key, on) {
    try {
      if (on) localStorage.setItem(key, "1");
      else localStorage.removeItem(key);
    } catch (error) { /* As above. */ }
  },
};

function addTick(item, whose) {
  const box = document.createElement("input");
  const key = ticks.key(`${whose}\n${item.textContent.replace(/\s+/g, " ").trim()}`);
  box.type = "checkbox";
  box.setAttribute("aria-label", item.querySelector("strong").textContent);
  box.checked = ticks.has(key);
  box.addEventListener("change", () => ticks.set(key, box.checked));
  item.prepend(box);
  item.classList.add("with-box");
}

// A finding as lines of text, each with the head of its column, under the name of its form.
function findingText(row) {
  const line = (text) => text.replace(/\s+/g, " ").trim();
  const heading = row.closest("section").querySelector("h2");
  const cells = Array.from(row.cells, (cell) => [cell.dataset.head, line(cell.innerText)]);
  const lines = cells.filter(([, text]) => text).map(([head, text]) => say("copy.line", { head, text }));
  return [line(heading.textContent), ...lines].join("\n");
}

function addCopy(row) {
  const text = findingText(row);
  const made = button("copy", async () => {
    const copied = await copy(text);
    made.textContent = say(copied ? "copied" : "copy.refused");
  });
  made.className = "small";
  made.setAttribute("aria-label", `${say("copy")} ${row.querySelector("th").textContent.replace(/\s+/g, " ").trim()}`);
  made.addEventListener("click", () => made.removeAttribute("aria-label"));
  row.cells[row.cells.length - 1].querySelector(".basis").append(" ", made);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) { // Without a clipboard of its own the page copies as a reader does: what is selected.
    const area = document.createElement("textarea");
    const focused = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused.focus();
    return copied;
  }
}
