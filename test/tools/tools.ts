// Tools from outside that some tests compare with. Where one is missing, those tests are skipped
// with a line that says so; under UBOOTC_REQUIRE_TOOLS (set by .ci/run) that is a failure.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian puts programs that a user's PATH may lack. */
const places = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];

/** The full name of `tool`, an absolute path or the name of a program; undefined without it. */
export function find(tool: string): string | undefined {
  if (tool.startsWith("/")) return existsSync(tool) ? tool : undefined;
  return places.map((place) => join(place, tool)).find((file) => existsSync(file));
}

/**
 * Whether all of `tools` are there. Says which are missing when they are not.
 * @throws under UBOOTC_REQUIRE_TOOLS when one is missing.
 */
export function have(...tools: string[]): boolean {
  const missing = tools.filter((tool) => !find(tool));
  if (missing.length === 0) return true;
  if (process.env.UBOOTC_REQUIRE_TOOLS) throw new Error(`missing: ${missing.join(", ")}`);
  console.warn(`skipped: needs ${missing.join(", ")}`);
  return false;
}

/** Runs `tool` to its end and returns what it printed on both outputs. */
export function run(
  tool: string,
  args: string[],
  options: { cwd?: string; env?: object; input?: string } = {},
) {
  const { status, stdout, stderr } = spawnSync(find(tool) ?? tool, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: options.input }),
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** As `run`, while everything else goes on. */
export function runAsync(tool: string, args: string[]) {
  return new Promise<{ status: number | null; stdout: string }>((resolve, reject) => {
    const child = spawn(find(tool) ?? tool, args, { stdio: ["ignore", "pipe", "ignore"] });
    let stdout = "";
    child.stdout.on("data", (piece: Buffer) => {
      stdout += piece.toString("latin1");
    });
    child.on("error", reject).on("close", (status) => resolve({ status, stdout }));
  });
}
