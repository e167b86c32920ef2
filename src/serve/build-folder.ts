// A folder that is served as it is, and may be that of a build: while one is put in place, boards are
// asked to come again, and what an interrupted one left to do is served as what it becomes.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Pending, pendingAt } from "../files/index.js";
import { directory, type Source } from "../tftp/index.js";

/**
 * The files below `root`.
 * @throws when `root` cannot be found.
 */
export function buildFolder(root: string): Source {
  const plain = directory(root);
  return {
    open(name, address) {
      // Not waited for: a board asks again, and others are being served.
      const pending = pendingAt(root, 0);
      if (pending === "unsettled") return "unsettled";
      return (pending ? interrupted(root, plain, pending) : plain).open(name, address);
    },
  };
}

function interrupted(root: string, plain: Source, { staged, goes }: Pending): Source {
  const next = existsSync(staged(root)) ? directory(staged(root)) : undefined;
  return {
    open(name, address) {
      if (goes(join(root, name))) return "not found";
      const file = next?.open(name, address) ?? "not found";
      return file === "not found" ? plain.open(name, address) : file;
    },
  };
}
