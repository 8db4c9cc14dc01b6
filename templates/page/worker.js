// Python in a worker: the page never freezes, and a check that takes too long is ended with the worker.
let python = null;
let ask = null;
const mounted = new Set();

const KINDS = { ".wasm": "application/wasm", ".mjs": "text/javascript" };

function decoded(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < characters.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

// A part of the page as what a server would answer; .gz is unpacked while it is read.
function answered(parts, name) {
  const kind = KINDS[name.slice(name.lastIndexOf("."))] || "application/octet-stream";
  const stream = new Blob([decoded(parts[`${name}.gz`])]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "Content-Type": kind } });
}

async function imported(parts, name) {
  const address = URL.createObjectURL(new Blob([await answered(parts, name).text()], { type: "text/javascript" }));
  return import(address);
}

const memory = () => python._module.HEAP8.length; // What Python has once taken it keeps.

async function start({ parts, layers }) {
  // Chromium opens no module worker for a file, and Pyodide takes a worker that can import scripts for an old one.
  self.importScripts = () => { throw new TypeError("none"); };
  // Whatever Python asks a server for is a part of the page: there is no server.
  self.fetch = async (address) => answered(parts, String(address.url || address).split("/").pop());
  const tell = (step) => self.postMessage({ step });
  tell("python");
  const [{ loadPyodide }, { default: createPyodideModule }] =
    await Promise.all([imported(parts, "pyodide.mjs"), imported(parts, "pyodide.asm.mjs")]);
  python = await loadPyodide({
    indexURL: "https://page.invalid/",
    lockFileContents: await answered(parts, "pyodide-lock.json").json(),
    packageBaseUrl: "https://page.invalid/",
    createPyodideModule,
    env: { CLUSTERFORM_CACHE: "/app/cache" },
  });
  tell("program");
  python.FS.mkdirTree("/app");
  python.unpackArchive(decoded(parts["app.tar.xz"]), "xztar", { extractDir: "/app" });
  const places = layers.map(({ name, data }, number) => {
    python.FS.mkdirTree(`/layers/${number}`); // Two may have one name.
    python.FS.writeFile(`/layers/${number}/${name}`, decoded(data));
    return `/layers/${number}/${name}`;
  });
  python.globals.set("layers", python.toPy(places));
  python.globals.set("tell", (done, total, name) =>
    self.postMessage({ done, total, name: given.get(name) || name, memory: memory() }));
  ask = python.runPython(`
import sys
sys.path.insert(0, "/app")
from pathlib import Path
from clusterform.page.session import Session
Session(Path("/forms"), [Path(layer) for layer in layers], tell).ask
`);
  for (const name of Object.keys(parts)) delete parts[name];
}

// Of two files with one name both are kept, and a name is as long as Python can be told: 255 bytes.
const LONGEST = 255;
const given = new Map(); // A file's name in the folder, and what it was dropped as.

function named(files) {
  const taken = new Set();
  return files.map(({ name, data }) => {
    const whole = name.split("/").map((part) => shortened(part, LONGEST)).join("/");
    let place = whole;
    for (let number = 2; taken.has(place); number += 1) place = numbered(whole, ` (${number})`);
    taken.add(place);
    if (place !== name) given.set(place, name);
    return { name: place, data };
  });
}

function ended(name) {
  const dot = name.lastIndexOf(".");
  return dot > name.lastIndexOf("/") + 1 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
}

function numbered(name, number) {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const [stem, ending] = ended(name.slice(folder.length));
  return folder + shortened(stem, LONGEST - number.length - new TextEncoder().encode(ending).length) + number + ending;
}

function shortened(name, most) {
  const size = (text) => new TextEncoder().encode(text).length;
  if (size(name) <= most) return name;
  const [stem, ending] = size(ended(name)[1]) < 20 ? ended(name) : [name, ""];
  const characters = Array.from(stem);
  while (characters.length && size(`${characters.join("")}…${ending}`) > most) characters.pop();
  return `${characters.join("")}…${ending}`;
}

// Files are read where they lie, when they are needed: evidence may be larger than memory.
function put(folder, files) {
  const place = `/forms/${folder}`;
  python.FS.chdir("/");
  if (folder === "now") given.clear();
  if (mounted.delete(folder)) python.FS.unmount(place);
  if (!files.length) return;
  python.FS.mount(python.FS.filesystems.WORKERFS, { blobs: named(files) }, place);
  mounted.add(folder);
}

self.onmessage = async ({ data }) => {
  const { id, start: parts, name, given, folder, files } = data;
  try {
    if (parts) {
      await start(parts);
      self.postMessage({ id, answer: {} });
    } else if (folder) {
      put(folder, files);
      self.postMessage({ id, answer: {} });
    } else {
      const answer = JSON.parse(ask(name, JSON.stringify(given)));
      const bytes = answer.path ? python.FS.readFile(answer.path) : null;
      self.postMessage({ id, answer, bytes, memory: memory() }, bytes ? [bytes.buffer] : []);
    }
  } catch (error) {
    self.postMessage({ id, failed: error && error.message ? error.message : `FS ${error && error.errno}` });
  }
};
