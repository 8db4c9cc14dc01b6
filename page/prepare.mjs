// Prepares in Python for browsers itself what the page starts from: modules compiled, the rules read once.
// Usage: node prepare.mjs STAGE OUT — STAGE holds `app`, the packages as they are imported; OUT receives the parts.
import fs from "node:fs";
import path from "node:path";
import { loadPyodide } from "pyodide";

const [stage, out] = process.argv.slice(2);
const runtime = path.dirname(new URL(import.meta.resolve("pyodide")).pathname);
// Sets keep their order, so that the same sources make the same page.
const python = await loadPyodide({ env: { CLUSTERFORM_CACHE: "/app/cache", PYTHONHASHSEED: "0" } });

python.FS.mkdirTree("/stage");
python.FS.mount(python.FS.filesystems.NODEFS, { root: path.resolve(stage) }, "/stage");
python.FS.writeFile("/stdlib.zip", new Uint8Array(fs.readFileSync(path.join(runtime, "python_stdlib.zip"))));
try {
  python.runPython(fs.readFileSync(new URL("prepare.py", import.meta.url), "utf8"));
} catch (error) {
  console.error(error.message); // Node would print the whole of Pyodide before it.
  process.exit(1);
}

fs.mkdirSync(out, { recursive: true });
const lock = JSON.parse(fs.readFileSync(path.join(runtime, "pyodide-lock.json"), "utf8"));
const parts = {
  // Packages come with the program: of those that a server would have, none.
  "pyodide-lock.json": JSON.stringify({ info: lock.info, packages: {} }),
  "pyodide.mjs": fs.readFileSync(path.join(runtime, "pyodide.mjs")),
  "pyodide.asm.mjs": fs.readFileSync(path.join(runtime, "pyodide.asm.mjs")),
  "pyodide.asm.wasm": fs.readFileSync(path.join(runtime, "pyodide.asm.wasm")),
  "python_stdlib.zip": python.FS.readFile("/python_stdlib.zip"),
  "app.tar": python.FS.readFile("/app.tar"),
};
for (const [name, data] of Object.entries(parts)) fs.writeFileSync(path.join(out, name), data);
