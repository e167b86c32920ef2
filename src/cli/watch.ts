// Watching: does something again when a file it depends on changes, appears or goes. Folders are
// watched and not files, since editors write a new file and give it the name of the old one.
import { dirname, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { watch as watchFolders } from "chokidar";
import { type Inputs, versionOf } from "../files/index.js";

/** Editors write in several steps; this long without a change means they are done, in ms. */
const SETTLE = 100;

/** How long to leave be what threw, in ms. */
const AFTER_FAULT = 1000;

/**
 * Runs `again` after each change of one of `first`; it returns the inputs to watch from then on. What
 * throws there, or in the watcher itself, goes to `caught`, and the next change is waited for.
 * Ends with the process.
 */
export async function watch(
  first: Inputs,
  again: () => Inputs,
  caught: (problem: unknown) => void,
): Promise<never> {
  for (let inputs = first; ; ) {
    try {
      await change(inputs);
      inputs = again();
    } catch (problem) {
      caught(problem);
      await pause(AFTER_FAULT);
      // What changed since was looked at in vain: only what changes next is news.
      inputs = new Map([...inputs.keys()].map((path) => [path, versionOf(path)]));
    }
  }
}

/** Ends when an input is not what it was when it was read: also when that has happened already. */
async function change(inputs: Inputs): Promise<void> {
  const files = new Set([...inputs.keys()].map((path) => resolve(path)));
  const folders = new Set([...files].map((path) => dirname(path)));
  const watcher = watchFolders([...folders], {
    depth: 0,
    ignored: (path) => !files.has(resolve(path)) && !folders.has(resolve(path)),
  });
  await new Promise<void>((done) => {
    let timer: NodeJS.Timeout | undefined;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if ([...inputs].some(([path, version]) => versionOf(path) !== version)) done();
      }, SETTLE);
    };
    // A folder that cannot be read any more is a change like others.
    watcher.on("all", look).on("ready", look).on("error", look);
  });
  await watcher.close();
}
