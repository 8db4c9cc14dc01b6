// The page: hands over the files that it is given, tells what is going on, and shows what comes back.
const SLOW = 5000; // After so long a check can be stopped.
const LONGEST = 120000; // So long one file may take.
const STEPS = { python: 15, program: 60, rules: 80 };
const MOST = 1 << 30; // So much memory Python may hold; without a form that takes it in, hundreds do with a third.
const CHECKS = 5; // So many are kept to be held against the next.
const STOPPED = "stopped", TOO_LONG = "time", TOO_MUCH = "memory"; // Why the page itself ended the worker.
let now = null; // The files given last, and what reads them again.
let evidence = [];
let readEvidence = async () => [];
let earlier = []; // What was checked before, with what was said of it: a mended form is held against itself.
let rechecking = false;
let turn = Promise.resolve();

// One thing after the other: the worker's folders hold one set of files.
function inTurn(act) {
  turn = turn.then(act).catch((error) => {
    idle("done.none");
    alerted(say("no-start"), error.message);
  });
  return turn;
}

// What is going on.
const watch = {
  name: "",
  since: 0,
  begin() {
    Object.assign(this, { name: "", since: Date.now(), comparing: false });
    this.slow = setTimeout(() => { element("stop").hidden = false; }, SLOW);
    this.long = setInterval(() => { if (Date.now() - this.since > LONGEST) program.end(TOO_LONG); }, 1000);
  },
  end() {
    clearTimeout(this.slow);
    clearInterval(this.long);
    element("stop").hidden = true;
  },
};

function told(text, done, total) {
  const bar = element("progress");
  bar.hidden = false;
  element("status").textContent = text;
  if (total === undefined) bar.removeAttribute("value"); // How far it is is not known.
  else Object.assign(bar, { max: total, value: done });
}

program.onstep = (step) => told(say(`step.${step}`), STEPS[step], 100);
program.onprogress = ({ done, total, name }) => {
  watch.since = Date.now();
  if (program.memory > MOST) {
    program.end(TOO_MUCH);
    return;
  }
  watch.name = name;
  if (watch.comparing) told(say("comparing"), done, total);
  else if (!name) told(say("summing-up"), done, total);
  else if (total > 1) told(say("checking.many", { done, total, name }), done, total);
  else told(say("checking", { name }));
};

function idle(key, facts) {
  element("progress").hidden = true;
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

// `read` gives the files; of those that were dropped it can be asked again, once they are mended.
async function take(read) {
  alerted();
  try {
    const given = await read();
    if (!given.length) {
      alerted(say("empty"));
      return;
    }
    now = { files: await kept(given), state: stateOf(given), read };
  } catch (error) {
    alerted(say("unreadable"));
    return;
  }
  await check();
}

const stateOf = (files) => JSON.stringify(files.map(({ name, data }) => [name, data.size, data.lastModified]));

// Mended files that were dropped are read again where they lie; others are asked for.
async function recheck() {
  if (rechecking) return; // Pressed twice, it would hold the mended form against itself.
  rechecking = true;
  const state = await now.read().then(stateOf, () => now.state);
  if (state !== now.state) await inTurn(() => take(now.read));
  else element(now.files.some(({ name }) => name.includes("/")) ? "pick-folder" : "pick-files").click();
  rechecking = false;
}

// A file that ends the worker, or takes too long, costs itself alone: all is begun again without it.
async function check() {
  element("outcome").hidden = true;
  element("changes").replaceChildren();
  element("result").replaceChildren();
  alerted();
  const skipped = (await evidenceIsThere()) ? [] : [say("evidence.stale")];
  let files = now.files;
  while (files.length) {
    await program.ready;
    watch.begin();
    try {
      const found = await program.put("evidence", evidence)
        .then(() => program.put("now", files)).then(() => program.ask("check"));
      if (found.broken) throw Object.assign(new Error(found.error), { said: found.error });
      if (files.length === 1 && program.memory > MOST) throw new Error(TOO_MUCH);
      if (found.error) {
        idle("done.none");
        alerted(...skipped, found.error);
        return;
      }
      const before = lastCheckOf(found);
      earlier = [{ given: now, files, found: found.files }, ...earlier.filter((check) => check.given !== now)].slice(0, CHECKS);
      const changes = before ? await comparedWith(before) : "";
      show(found, changes, skipped);
      return;
    } catch (error) {
      watch.end();
      told(say("restarting"));
      program.restart();
      if (error.message === STOPPED) {
        await program.ready;
        idle("stopped");
        return;
      }
      if (error.comparing) {
        skipped.push(say("not-compared"));
        continue;
      }
      const culprit = files.length === 1 ? files[0] : files.find((file) => file.name === watch.name);
      const why = error.message === TOO_LONG ? "skipped.time" : "skipped.failed";
      skipped.push(culprit ? say(why, { name: culprit.name }) : "", error.said || (culprit ? "" : say("failed")));
      files = culprit ? files.filter((file) => file !== culprit) : [];
    } finally {
      watch.end();
    }
  }
  await program.ready;
  idle("done.none");
  alerted(...skipped);
}

// The last check of which most forms are here again; with others there is nothing to compare.
function lastCheckOf(found) {
  const same = (one, other) => one.form === other.form
    && ((one.cluster && one.cluster === other.cluster) || (one.name === other.name && one.place === other.place));
  return earlier.find((check) => {
    const here = check.found.filter((one) => found.files.some((other) => same(one, other)));
    return check.given !== now && (check.found.length > 1) === (found.files.length > 1)
      && here.length * 2 > check.found.length;
  });
}

// A comparison that cannot be made is left out with what it was to be made with, and the check is begun again.
async function comparedWith(before) {
  told(say("comparing"));
  Object.assign(watch, { name: "", since: Date.now(), comparing: true });
  try {
    const made = await program.put("before", before.files).then(() => program.ask("compare"));
    if (made.broken) throw new Error(made.error);
    return made.error ? "" : made.content;
  } catch (error) {
    earlier = [];
    throw Object.assign(error, { comparing: true });
  }
}

function show(found, changes, skipped) {
  const result = element("result");
  result.replaceChildren(...parsed(found.content).childNodes);
  if (changes) element("changes").replaceChildren(comparison(changes));
  alerted(...skipped);
  element("left").replaceChildren(...found.left.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
  found.files.forEach((file, index) => addTools(file, index, save));
  readReport();
  const whose = found.files.map((file) => file.cluster || file.name).join("\n");
  for (const item of result.querySelectorAll(".ticks li")) addTick(item, whose);
  for (const row of result.querySelectorAll("table.findings tbody tr:not(.part)")) addCopy(row);
  element("outcome").hidden = false;
  element("entry").classList.add("used");
  idle(now.read.skips && now.files.some(({ name }) => name.includes("/")) ? "done.dropped" : "done", { count: found.files.length });
  element("outcome-name").focus({ preventScroll: true });
  element("work").scrollIntoView();
}

function save(what, number = 0) {
  return inTurn(async () => {
    element("status").textContent = say("making");
    watch.begin();
    try {
      const made = await program.ask("take", { what, number });
      if (made.error) throw Object.assign(new Error(made.error), { refused: true });
      handOver(made);
      element("status").textContent = say("saved", { name: made.name });
    } catch (error) {
      if (!error.refused) program.restart();
      await program.ready;
      if (!error.refused && now) await check();
      element("status").textContent = "";
      alerted(error.refused ? error.message : say("not-made"));
      element("told").scrollIntoView();
    } finally {
      watch.end();
    }
  });
}

function handOver({ name, bytes }) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// Words, and what can be pressed.
function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const part of document.querySelectorAll("[data-say]")) part.textContent = say(part.dataset.say, part.dataset);
  element("language").textContent = language === "zh" ? "English" : "中文";
  element("language").lang = language === "zh" ? "en" : "zh-CN";
  document.querySelector("h1").textContent = document.title = say("title");
  tellEvidence();
}

function tellEvidence() {
  element("no-evidence").hidden = !evidence.length;
  element("evidence-chosen").textContent = evidence.length ? say("evidence.chosen", { count: evidence.length }) : "";
}

async function withEvidence(read) {
  const given = await read().catch(() => null);
  if (!given || !given.length) {
    alerted(say(given ? "empty" : "unreadable"));
    return;
  }
  readEvidence = read;
  await useEvidence(given);
}

async function useEvidence(files) {
  evidence = files;
  tellEvidence();
  if (now) await check();
}

// Evidence that was changed or moved since is read again where it was dropped; chosen, it has to be chosen again.
async function evidenceIsThere() {
  const readable = (files) => Promise.all(files.map(async ({ data }) => {
    const { byteLength } = await data.slice(0, 1).arrayBuffer(); // Of a file that is gone, Chromium reads nothing.
    if (data.size && !byteLength) throw new Error(data.name);
  }));
  try {
    await readable(evidence).catch(async () => {
      evidence = await readEvidence();
      await readable(evidence);
    });
    return true;
  } catch (error) {
    evidence = [];
    return false;
  } finally {
    tellEvidence();
  }
}

function listBlanks(blanks) {
  element("blanks").replaceChildren(...blanks.map(({ kind, title }) => {
    const item = document.createElement("li");
    item.append(`${title} `);
    for (const [ending, program] of [["docx", "Word"], ["xlsx", "Excel"]]) {
      const made = button("blank", () => save(`blank:${kind}.${ending}`));
      made.textContent = program;
      made.setAttribute("aria-label", `${program} ${title}`);
      item.append(made, " ");
    }
    return item;
  }));
}

function listen() {
  const press = (id, act) => element(id).addEventListener("click", act);
  const opens = (id, input) => press(id, () => element(input).click());
  const given = (id, act) => element(id).addEventListener("change", (event) => {
    const files = chosen(event.target);
    event.target.value = "";
    if (files.length) inTurn(() => act(async () => files));
  });
  opens("choose", "pick-files");
  opens("choose-folder", "pick-folder");
  opens("choose-evidence", "evidence-folder");
  opens("choose-archive", "evidence-archive");
  press("no-evidence", () => inTurn(() => useEvidence([])));
  press("again", recheck);
  press("print", () => window.print());
  press("stop", () => program.end(STOPPED));
  press("language", () => {
    language = language === "zh" ? "en" : "zh";
    speak();
    inTurn(async () => {
      await program.ready;
      listBlanks((await program.ask("about")).blanks);
      if (now) await check();
      else idle("ready");
    });
  });
  given("pick-files", take);
  given("pick-folder", take);
  given("evidence-folder", withEvidence);
  given("evidence-archive", withEvidence);
  for (const made of document.querySelectorAll("[data-take]")) made.addEventListener("click", () => save(made.dataset.take));
  const places = [element("drop"), element("evidence")];
  const over = (place) => { for (const one of places) one.classList.toggle("over", one === place); };
  const placeOf = (event) => (element("evidence").contains(event.target) ? element("evidence") : element("drop"));
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); over(placeOf(event)); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(null); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(null);
    const read = dropped(event.dataTransfer);
    const act = placeOf(event) === element("drop") ? take : withEvidence;
    inTurn(() => act(read));
  });
  if (!("webkitdirectory" in element("pick-folder"))) {
    for (const id of ["choose-folder", "choose-evidence"]) element(id).hidden = true;
  }
}

// A browser without one of these gets its sentence; one still older never runs this, and is left with the sentence alone.
const REFERENCES = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0); // What Python needs of WebAssembly that came last, in 2021.
const able = typeof WebAssembly === "object" && WebAssembly.validate(REFERENCES) && typeof DecompressionStream === "function"
  && typeof Worker === "function" && typeof BigInt64Array === "function" && "replaceChildren" in Element.prototype;
element("old").hidden = able;
for (const id of ["entry", "work", "language"]) element(id).hidden = !able;
if (able) {
  listen();
  inTurn(async () => {
    program.begin();
    listBlanks((await program.ready).blanks);
    idle("ready");
  });
}
