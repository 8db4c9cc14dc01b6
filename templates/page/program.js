// What the page says, and the worker with Python that it asks. Nothing is judged here.
const element = (id) => document.getElementById(id);
const words = JSON.parse(element("words").textContent);
let language = "zh";

// A name may hold characters that turn the sentence around it: they are shown as their numbers, as in a report.
const shown = (fact) =>
  String(fact).replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`);
const say = (key, facts = {}) =>
  words[language][key].replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? shown(facts[name]) : whole));

// Ended, the worker is started again, and what it was asked for fails.
const program = {
  waiting: new Map(),
  number: 0,
  onstep() {},
  memory: 0, // Bytes that Python holds.
  onprogress() {},
  begin() {
    const code = new Blob([element("worker").textContent], { type: "text/javascript" });
    const address = URL.createObjectURL(code);
    this.worker = new Worker(address);
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => this.end(event.message || "worker");
    const parts = {};
    for (const part of document.querySelectorAll('script[type="application/octet-stream"]')) {
      parts[part.id] = part.textContent;
    }
    const layers = JSON.parse(element("layers").textContent);
    this.ready = this.send({ start: { parts, layers } }).then(() => {
      URL.revokeObjectURL(address);
      this.onstep("rules");
      return this.ask("about");
    });
    this.ready.catch(() => {}); // Whoever waits for it is told.
  },
  hear(data) {
    if (data.memory) this.memory = data.memory;
    if (data.step) this.onstep(data.step);
    if (data.total !== undefined) this.onprogress(data);
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
  restart() {
    this.end("restart");
    this.begin();
  },
};
