// Watching: calls something again when a file it depends on changes, appears or goes.
import { watch as watchFiles } from "chokidar";

/** Editors write in several steps; this long without a change means they are done, in ms. */
const SETTLE = 100;

/**
 * Runs `again` after each change of one of `paths`; it returns the paths to watch from then on.
 * Ends with the process.
 */
export async function watch(
  paths: ReadonlySet<string>,
  again: () => ReadonlySet<string>,
): Promise<void> {
  let watched = paths;
  const watcher = watchFiles([...watched], { ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      process.exitCode = 0;
      const next = again();
      watcher.unwatch([...watched].filter((path) => !next.has(path)));
      watcher.add([...next].filter((path) => !watched.has(path)));
      watched = next;
    }, SETTLE);
  });
  await new Promise(() => {});
}
