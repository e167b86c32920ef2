// Runs a module in a world without Node: no process, no Buffer, no node: modules; only the language
// and the few names of the web that every runtime has. Packages are found as a browser's bundler
// finds them, by the conditions `import` and `default`.
//
//   node --experimental-vm-modules bare.mjs MODULE      prints what its `result` is
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import vm from "node:vm";

const context = vm.createContext({ TextEncoder, TextDecoder });
const loaded = new Map();

/** The nearest folder above `file` that `has` something. */
function above(file, has) {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = has(folder);
    if (found) return found;
    if (folder === dirname(folder)) throw new Error(`${file}: nothing found`);
  }
}

function manifestIn(folder) {
  try {
    return { folder, ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
  } catch {
    return undefined;
  }
}

/** What a table of conditions says without the condition `node`. */
function choose(entry) {
  if (entry === undefined || typeof entry === "string") return entry;
  const key = Object.keys(entry).find((name) => ["import", "module", "default"].includes(name));
  return key && choose(entry[key]);
}

/** The file that `specifier` means in `from`. */
function locate(specifier, from) {
  if (/^\.{0,2}\//.test(specifier)) return resolve(dirname(from), specifier);
  if (specifier.startsWith("#")) {
    const { folder, imports } = above(from, manifestIn);
    return join(folder, choose(imports[specifier]));
  }
  if (specifier.startsWith("node:")) throw new Error(`${from} imports ${specifier}`);
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier);
  const found = above(from, (folder) => manifestIn(join(folder, "node_modules", name)));
  const entry = found.exports ? choose(found.exports[`.${rest}`] ?? found.exports) : found.main;
  return join(found.folder, entry ?? "index.js");
}

function load(file) {
  const before = loaded.get(file);
  if (before) return before;
  const text = readFileSync(file, "utf8");
  const isModule = /^\s*(import|export)\b/m.test(text);
  const module = isModule
    ? new vm.SourceTextModule(text, { context, identifier: file })
    : commonModule(text, file);
  loaded.set(file, module);
  return module;
}

/** A CommonJS module that needs no other, as a default export. */
function commonModule(text, file) {
  return new vm.SyntheticModule(
    ["default"],
    function () {
      const wrap = `(function (module, exports) {${text}\n})`;
      const module = { exports: {} };
      vm.runInContext(wrap, context, { filename: file })(module, module.exports);
      this.setExport("default", module.exports);
    },
    { context, identifier: file },
  );
}

const main = load(resolve(process.argv[2]));
await main.link((specifier, { identifier }) => load(locate(specifier, identifier)));
await main.evaluate();
process.stdout.write(
  JSON.stringify({ result: main.namespace.result, modules: [...loaded.keys()] }),
);
