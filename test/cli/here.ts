// The built command in the process of the test: dist/bin/main.js is loaded once more for each run, with the
// arguments, the folder, the environment and the outputs that a process of its own would have. What a
// process has besides (signals, pipes, memory, what the machine's locks know of it) takes cli.ts.
import { pathToFileURL } from "node:url";
import { main, type Outcome, type RunOptions } from "./cli.js";

/** What such a run is given, and what it comes to. */
type Given = Pick<RunOptions, "cwd" | "env">;
type Said = Pick<Outcome, "stdout" | "stderr"> & { readonly status: number };

let runs = 0;
let last: Promise<unknown> = Promise.resolve();

/** Runs the command to its end; one after the other, as they share the process. */
export function ubootc(args: readonly string[], given: Given): Promise<Said> {
  const run = last.then(() => runHere(args, given));
  last = run.catch(() => {});
  return run;
}

async function runHere(args: readonly string[], { cwd, env }: Given): Promise<Said> {
  const before = { argv: process.argv, cwd: process.cwd(), env: { ...process.env } };
  const { exitCode } = process;
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  process.argv = [process.execPath, main, ...args];
  setEnvironment({ PATH: process.env.PATH, NO_COLOR: "1", ...env });
  process.chdir(cwd);
  process.exitCode = undefined;
  try {
    // Another address is another module: what it does when it is loaded, it does again.
    await import(/* @vite-ignore */ `${pathToFileURL(main)}?run=${runs++}`);
    return { status: Number(process.exitCode ?? 0), stdout: stdout.end(), stderr: stderr.end() };
  } finally {
    stdout.end();
    stderr.end();
    process.argv = before.argv;
    setEnvironment(before.env);
    process.chdir(before.cwd);
    process.exitCode = exitCode;
  }
}

/** Takes what is written to `stream`; the end gives it, and the stream back. */
function capture(stream: NodeJS.WriteStream): { end(): string } {
  const said: Uint8Array[] = [];
  const { write } = stream;
  const listeners = stream.listeners("error");
  stream.write = (piece: string | Uint8Array, ...rest: unknown[]) => {
    said.push(Buffer.from(piece));
    const done = rest.at(-1);
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
  const end = () => {
    stream.write = write;
    for (const each of stream.rawListeners("error")) {
      if (!listeners.includes(each)) stream.off("error", each as () => void);
    }
    return Buffer.concat(said).toString();
  };
  return { end };
}

function setEnvironment(wanted: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
  Object.assign(process.env, wanted);
}
