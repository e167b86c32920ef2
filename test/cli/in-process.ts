// A command that runs in the process of the test, where a process of its own would show no more.
import type { Command } from "commander";
import { onTestFinished, vi } from "vitest";

/** What `command` prints on each output, and whether the process would fail. */
export async function runInProcess(command: Command, ...args: string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const into = (lines: string[]) => (text: string | Uint8Array) => lines.push(String(text)) > 0;
  onTestFinished(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });
  vi.spyOn(process.stdout, "write").mockImplementation(into(stdout));
  vi.spyOn(process.stderr, "write").mockImplementation(into(stderr));
  await command.exitOverride().parseAsync(args, { from: "user" });
  return { stdout: stdout.join(""), stderr: stderr.join(""), failed: process.exitCode === 1 };
}
