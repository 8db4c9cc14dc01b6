// Files: those chosen, and those dropped, folders with all that is in them.
const KEPT = 256 << 20; // So many bytes of them are kept.

const chosen = (input) =>
  Array.from(input.files, (file) => ({ name: file.webkitRelativePath || file.name, data: file }));

// What was dropped, as a function that reads it, again when it is mended. Chromium reads a folder dropped on a page
// from a disk by its handle alone, in which it `skips` names with signs that a disk elsewhere may refuse; Firefox by its entry alone. All are asked for at once: later the event has none.
function dropped(transfer) {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file").map((item) => ({
    file: item.getAsFile(),
    entry: item.webkitGetAsEntry ? item.webkitGetAsEntry() : null,
    handle: item.getAsFileSystemHandle ? item.getAsFileSystemHandle().catch(() => null) : null,
  }));
  const read = async () => {
    const found = [];
    for (const { file, entry, handle } of items) {
      const held = await handle;
      if (held) await walkHandle(held, "", found);
      else if (entry && entry.isDirectory) await walkEntry(entry, "", found);
      else if (file) found.push({ name: file.name, data: file });
    }
    return found;
  };
  return Object.assign(read, { skips: items.some(({ handle }) => handle) });
}

async function walkHandle(handle, folder, found) {
  if (handle.kind === "file") {
    found.push({ name: folder + handle.name, data: await handle.getFile() });
    return;
  }
  for await (const child of handle.values()) await walkHandle(child, `${folder}${handle.name}/`, found);
}

async function walkEntry(entry, folder, found) {
  if (entry.isFile) {
    found.push({ name: folder + entry.name, data: await new Promise((yes, no) => entry.file(yes, no)) });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((yes, no) => reader.readEntries(yes, no));
    if (!some.length) return;
    for (const child of some) await walkEntry(child, `${folder}${entry.name}/`, found);
  }
}

// A form is kept as it was when it was given: it may be mended and given again. Of a folder with scans in it the smaller
// files are kept, one after the other; the rest stays where it lies.
// Two files of one name, dropped out of two folders, are told apart by a number.
async function kept(files) {
  const names = new Set();
  const told = (name) => {
    let free = name;
    for (let number = 2; names.has(free); number += 1) free = name.replace(/(\.\w+)?$/, ` (${number})$1`);
    names.add(free);
    return free;
  };
  const copies = new Map();
  let room = KEPT;
  for (const { data } of Array.from(files).sort((one, other) => one.data.size - other.data.size)) {
    room -= data.size;
    if (room < 0) break;
    copies.set(data, new Blob([await data.arrayBuffer()]));
  }
  return files.map(({ name, data }) => ({ name: told(name), data: copies.get(data) || data }));
}
