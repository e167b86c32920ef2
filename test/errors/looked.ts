// What is said of the flow or script in the folder of a code, and of its neighbour.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src/compile.js";
import type { Files } from "../../src/files/index.js";
import { contentOf, type KeyMeans } from "../../src/image/index.js";
import { passes } from "../../src/lint/index.js";
import { lintFile, lintText } from "../lint/scripts.js";
import { filesOf } from "./inputs.js";

/** `# -D name=value` in the first lines of a flow. */
function definesOf(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {};
  const found = readFileSync(path, "latin1").matchAll(/^# -D (\w+)=(.*)$/gm);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

/** `# --sign-command` in a flow: what such a command said. */
function keysOf(path: string): KeyMeans {
  const text = existsSync(path) ? readFileSync(path, "latin1") : "";
  const [, why] = /^# --sign-command: (.*)$/m.exec(text) ?? [];
  return why === undefined ? {} : { elsewhere: () => () => ({ why }) };
}

type Looked = ReturnType<typeof look>;

const known = new Map<string, Looked>();

/** The findings, and whether there is something to write all the same; `changed` files are not read. */
export function looked(
  code: string,
  name: "flow" | "neighbour",
  changed?: ReadonlyMap<string, string>,
): Looked {
  if (changed) return look(code, name, changed);
  const key = `${code} ${name}`;
  const found = known.get(key) ?? look(code, name, new Map());
  known.set(key, found);
  return found;
}

function look(code: string, name: "flow" | "neighbour", changed: ReadonlyMap<string, string>) {
  const script = join(import.meta.dirname, code, `${name === "flow" ? "boot" : name}.cmd`);
  if (existsSync(script)) {
    const [text] = changed.values();
    const files = filesOf(code);
    const judged =
      text === undefined ? lintFile(script, files) : lintText("boot.cmd", text, undefined, files);
    return { ...judged, passes: passes(judged) };
  }
  const path = join(import.meta.dirname, code, `${name}.boot`);
  const options = { parameters: definesOf(path), keys: keysOf(path) };
  const given = filesOf(code);
  const files: Files = {
    open(path) {
      const text = changed.get(path);
      return text === undefined ? given.open(path) : contentOf(new TextEncoder().encode(text));
    },
  };
  const compilation = compile(`${name}.boot`, { files, ...options });
  return { ...compilation, passes: compilation.artifacts !== undefined };
}
