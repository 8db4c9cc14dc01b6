"use strict";
// The page of the program: hands over the files that are dropped and shows what comes back. It judges nothing.
(() => {
  const element = (id) => document.getElementById(id);
  const words = JSON.parse(element("words").textContent);
  const SLOW = 5000; // After so long a check can be stopped.
  const LONGEST = 120000; // So long one file may take.
  let language = "zh";
  let now = null; // The files checked last, and evidence beside them.
  let before = null;
  let evidence = [];
  let checked = null;

  const say = (key, facts = {}) =>
    words[language][key].replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));

  // The worker with Python. Ended, it is started again, and what it was asked for fails.
  const program = {
    waiting: new Map(),
    number: 0,
    begin() {
      const code = new Blob([element("worker").textContent], { type: "text/javascript" });
      this.worker = new Worker(URL.createObjectURL(code));
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = (event) => this.end(event.message || "worker");
      const parts = {};
      for (const part of document.querySelectorAll('script[type="application/octet-stream"]')) {
        parts[part.id] = part.textContent;
      }
      const layers = JSON.parse(element("layers").textContent);
      this.ready = this.send({ start: { parts, layers } }).then(() => {
        told("rules");
        return this.ask("about");
      });
      return this.ready;
    },
    hear(data) {
      if (data.step) told(data.step);
      if (data.total !== undefined) progressed(data);
      const waiting = this.waiting.get(data.id);
      if (!waiting) return;
      this.waiting.delete(data.id);
      if (data.failed !== undefined) waiting.reject(new Error(data.failed));
      else waiting.resolve({ ...data.answer, bytes: data.bytes });
    },
    send(message) {
      this.number += 1;
      return new Promise((resolve, reject) => {
        this.waiting.set(this.number, { resolve, reject });
        this.worker.postMessage({ id: this.number, ...message });
      });
    },
    ask(name, given = {}) {
      return this.send({ name, given: { lang: language, ...given } });
    },
    put(folder, files) {
      return this.send({ folder, files: files.map(({ name, data }) => ({ name, data })) });
    },
    end(why) {
      this.worker.terminate();
      for (const { reject } of this.waiting.values()) reject(new Error(why));
      this.waiting.clear();
    },
  };

  // What is going on.
  const STEPS = { python: 15, program: 60, rules: 80 };
  let current = { name: "", since: 0 };

  function told(step) {
    element("status").textContent = say(`step.${step}`);
    element("progress").value = STEPS[step] || 0;
  }

  function progressed({ done, total, name }) {
    current = { name, since: Date.now() };
    element("progress").max = total;
    element("progress").value = done;
    element("status").textContent = total > 1 ? say("checking.many", { done, total, name }) : say("checking", { name });
  }

  function idle(key, facts) {
    element("progress").hidden = true;
    element("stop").hidden = true;
    element("status").textContent = say(key, facts);
  }

  function alerted(...lines) {
    element("told").replaceChildren(...lines.filter(Boolean).map((line) => {
      const p = document.createElement("p");
      p.className = "alert";
      p.textContent = line;
      return p;
    }));
  }

  // Files: those of an input, and those dropped, folders with all that is in them.
  const chosen = (input) => Array.from(input.files, (file) => ({ name: file.webkitRelativePath || file.name, data: file }));

  async function dropped(transfer) {
    const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) return Array.from(transfer.files, (file) => ({ name: file.name, data: file }));
    const found = [];
    for (const entry of entries) await walk(entry, "", found);
    return found;
  }

  async function walk(entry, folder, found) {
    if (entry.isFile) {
      found.push({ name: folder + entry.name, data: await new Promise((yes, no) => entry.file(yes, no)) });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((yes, no) => reader.readEntries(yes, no));
      if (!some.length) return;
      for (const child of some) await walk(child, `${folder}${entry.name}/`, found);
    }
  }

  // A form is kept as it was when it was dropped: it may be mended and dropped again. Evidence stays where it lies.
  const KEPT = 8 << 20;
  async function kept(files) {
    return Promise.all(files.map(async ({ name, data }) =>
      ({ name, data: data.size <= KEPT ? new Blob([await data.arrayBuffer()]) : data })));
  }

  async function take(files) {
    if (!files.length) return;
    alerted();
    try {
      const all = await kept(files);
      before = now;
      now = all;
    } catch (error) {
      alerted(say("unreadable"));
      return;
    }
    await check(now, []);
  }

  async function check(files, skipped) {
    element("result").replaceChildren();
    element("changes").replaceChildren();
    element("after").hidden = true;
    element("progress").hidden = false;
    const slow = setTimeout(() => { element("stop").hidden = false; }, SLOW);
    const watch = setInterval(() => {
      if (current.since && Date.now() - current.since > LONGEST) program.end("time");
    }, 1000);
    try {
      await program.ready;
      await program.put("evidence", evidence);
      await program.put("now", files);
      const found = await program.ask("check");
      current.since = 0;
      if (found.error) throw Object.assign(new Error(found.error), { refused: true });
      await show(found, skipped);
    } catch (error) {
      await failed(error, files, skipped);
    } finally {
      clearTimeout(slow);
      clearInterval(watch);
    }
  }

  // The program refuses: its own sentence. The worker is gone: it is started again, and the file it was at is left out.
  async function failed(error, files, skipped) {
    current.since = 0;
    if (error.refused) {
      idle("done.none");
      alerted(error.message);
      return;
    }
    const why = error.message;
    const name = current.name;
    program.end(why);
    element("status").textContent = say("restarting");
    program.begin();
    if (why === "stopped") {
      await program.ready;
      idle("stopped");
      return;
    }
    const left = files.filter((file) => file.name !== name);
    const line = say(why === "time" ? "skipped.time" : "skipped.failed", { name: name || files[0].name });
    if (left.length && left.length < files.length) {
      await check(left, [...skipped, line]);
      return;
    }
    await program.ready;
    idle("done.none");
    alerted(...skipped, line);
  }

  // What was found.
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

  async function show(found, skipped) {
    checked = found;
    const result = element("result");
    result.replaceChildren(...parsed(found.content).childNodes);
    alerted(...skipped, ...found.left);
    found.files.forEach(addTools);
    readOverview();
    for (const item of result.querySelectorAll(".ticks li")) addTick(item);
    for (const table of result.querySelectorAll("table.findings")) addCopies(table);
    addFindingFilter(result);
    element("after").hidden = false;
    idle("done", { count: found.files.length });
    result.focus();
    if (before) await compare();
  }

  async function compare() {
    await program.put("before", before);
    const made = await program.ask("compare");
    if (made.error) return; // Other forms than those before: there is nothing to compare.
    const details = document.createElement("details");
    details.className = "changes";
    details.open = true;
    const summary = document.createElement("summary");
    summary.textContent = say("changes");
    details.append(summary, ...parsed(made.content).childNodes);
    // A page has each name once: the report's own parts keep theirs.
    for (const part of details.querySelectorAll("[id]")) part.id = `changes-${part.id}`;
    for (const part of details.querySelectorAll("[aria-labelledby]")) {
      part.setAttribute("aria-labelledby", `changes-${part.getAttribute("aria-labelledby")}`);
    }
    element("changes").replaceChildren(details);
  }

  function button(key, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = say(key);
    made.addEventListener("click", act);
    return made;
  }

  function addTools(file, index) {
    const part = element(`form-${index + 1}`);
    if (!part || !file.copies) return;
    const line = document.createElement("p");
    line.className = "buttons tools";
    line.append(button("take.annotated", () => save("annotated", index)));
    if (file.repairs) line.append(button("take.fixed", () => save("fixed", index)));
    line.append(button("take.evidence-list", () => save("evidence-list", index)), button("take.answers", () => save("answers", index)));
    part.querySelector("dl.facts").before(line);
  }

  async function save(what, number = 0) {
    const made = await program.ask("take", { what, number }).catch((error) => ({ error: error.message }));
    if (made.error) {
      alerted(made.error);
      element("told").scrollIntoView();
      return;
    }
    const link = document.createElement("a");
    link.download = made.name;
    link.href = URL.createObjectURL(new Blob([made.bytes]));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    element("status").textContent = say("saved", { name: made.name });
  }

  // Ticks stay in this browser, by what they say: other answers, another tick.
  function addTick(item) {
    const box = document.createElement("input");
    const key = `clusterform ${item.textContent.trim()}`;
    box.type = "checkbox";
    box.setAttribute("aria-label", item.querySelector("strong").textContent);
    try {
      box.checked = localStorage.getItem(key) !== null;
    } catch (error) { /* A browser that keeps nothing: ticks last as long as the page. */ }
    box.addEventListener("change", () => {
      try {
        if (box.checked) localStorage.setItem(key, "1");
        else localStorage.removeItem(key);
      } catch (error) { /* As above. */ }
    });
    item.prepend(box);
    item.classList.add("ticked");
  }

  function addCopies(table) {
    for (const row of table.tBodies.length ? table.querySelectorAll("tbody tr:not(.part)") : []) {
      const cell = row.cells[row.cells.length - 1];
      const text = Array.from(row.cells, (c) => c.innerText.trim()).filter(Boolean).join("\n");
      const made = button("copy", async () => {
        await navigator.clipboard.writeText(text).catch(() => copiedByHand(text));
        made.textContent = say("copied");
      });
      made.className = "small";
      cell.append(made);
    }
  }

  function copiedByHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function addFindingFilter(result) {
    const rows = Array.from(result.querySelectorAll("table.findings tbody tr:not(.part)"));
    if (rows.length < 8) return;
    const form = document.createElement("form");
    form.className = "filters";
    form.addEventListener("submit", (event) => event.preventDefault());
    const find = labelled(form, "filter.find", document.createElement("input"));
    find.type = "search";
    const kind = labelled(form, "filter.kind", document.createElement("select"));
    kind.append(new Option(say("filter.all"), ""));
    for (const severity of ["error", "warning", "manual", "info"]) {
      if (rows.some((row) => row.classList.contains(severity))) kind.append(new Option(words[language][severity], severity));
    }
    const shown = document.createElement("p");
    shown.setAttribute("role", "status");
    form.append(shown);
    const filter = () => {
      const wanted = find.value.trim().toLowerCase();
      let count = 0;
      for (const row of rows) {
        row.hidden = !((!kind.value || row.classList.contains(kind.value)) && row.textContent.toLowerCase().includes(wanted));
        count += row.hidden ? 0 : 1;
      }
      for (const body of result.querySelectorAll("table.findings tbody")) {
        body.hidden = !Array.from(body.rows).some((row) => !row.hidden && !row.classList.contains("part"));
      }
      shown.textContent = say("filter.shown", { shown: count, all: rows.length });
    };
    form.addEventListener("input", filter);
    filter();
    result.querySelector("table.findings").before(form);
  }

  function labelled(form, key, control) {
    const p = document.createElement("p");
    const label = document.createElement("label");
    label.append(`${say(key)} `, control);
    p.append(label);
    form.append(p);
    return control;
  }

  // Words, and what can be pressed.
  function speak() {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    for (const part of document.querySelectorAll("[data-say]")) part.textContent = say(part.dataset.say);
    element("language").textContent = language === "zh" ? "English" : "中文";
    element("language").lang = language === "zh" ? "en" : "zh-CN";
    document.querySelector("h1").textContent = document.title = say("title");
    element("evidence-chosen").textContent = evidence.length ? say("evidence.chosen", { count: evidence.length }) : "";
  }

  function withEvidence(files) {
    evidence = files;
    element("no-evidence").hidden = !files.length;
    element("evidence-chosen").textContent = files.length ? say("evidence.chosen", { count: files.length }) : "";
    if (now) check(now, []);
  }

  function listBlanks(blanks) {
    element("blanks").replaceChildren(...blanks.map(({ kind, title }) => {
      const item = document.createElement("li");
      item.append(`${title} `);
      for (const ending of ["docx", "xlsx"]) {
        const made = button("blank", () => save(`blank:${kind}.${ending}`));
        made.textContent = ending === "docx" ? "Word" : "Excel";
        made.setAttribute("aria-label", `${title} ${made.textContent}`);
        item.append(made, " ");
      }
      return item;
    }));
  }

  function listen() {
    const open = (id) => () => element(id).click();
    const press = (id, act) => element(id).addEventListener("click", act);
    const given = (id, act) => element(id).addEventListener("change", async (event) => {
      const files = chosen(event.target);
      event.target.value = "";
      await act(files);
    });
    press("choose", open("pick-files"));
    press("choose-folder", open("pick-folder"));
    press("choose-evidence", open("evidence-folder"));
    press("choose-archive", open("evidence-archive"));
    press("no-evidence", () => withEvidence([]));
    press("again", open("pick-files"));
    press("print", () => window.print());
    press("stop", () => program.end("stopped"));
    press("language", async () => {
      language = language === "zh" ? "en" : "zh";
      speak();
      const about = await program.ready.then(() => program.ask("about"));
      listBlanks(about.blanks);
      if (now) await check(now, []);
      else idle("ready");
    });
    given("pick-files", take);
    given("pick-folder", take);
    given("evidence-folder", withEvidence);
    given("evidence-archive", withEvidence);
    for (const made of document.querySelectorAll("[data-take]")) made.addEventListener("click", () => save(made.dataset.take));
    const zone = element("drop");
    for (const kind of ["dragenter", "dragover"]) {
      document.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      await take(await dropped(event.dataTransfer));
    });
  }

  async function open() {
    listen();
    const about = await program.begin();
    listBlanks(about.blanks);
    if (!now) idle("ready");
  }

  const able = typeof WebAssembly === "object" && typeof DecompressionStream === "function"
    && typeof Worker === "function" && typeof BigInt64Array === "function" && "replaceChildren" in Element.prototype;
  if (!able) {
    element("old").hidden = false;
    element("work").hidden = true;
    return;
  }
  open().catch((error) => {
    idle("done.none");
    alerted(say("no-start"), error.message);
  });
})();
