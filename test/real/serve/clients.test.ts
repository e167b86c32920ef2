// The whole command beside programs that are not ours: curl and tftp-hpa fetch, script is its terminal.
// Each test needs the ones it names.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Flow, main, SlowTransfer, script, serve } from "../../serve/serving.js";
import { fetch } from "../../tftp/socket.js";
import { Program } from "../../tools/program.js";
import { have, run } from "../../tools/tools.js";

const SECONDS = 1000;

/** The files of `ubootc build`, to compare with. */
function built(flow: Flow): (file: string) => Buffer {
  const out = join(flow.folder, "out");
  const { status, stderr } = run(process.execPath, [main, "build", flow.path, "-o", out]);
  if (status !== 0) throw new Error(stderr);
  return (file) => readFileSync(join(out, "tftp", file));
}

it.runIf(have("curl", "tftp"))("is what build writes, to real clients", async () => {
  const flow = new Flow();
  const expected = built(flow);
  const { program, tftp, http } = await serve(flow.path);
  const got = join(flow.folder, "got");
  for (const file of [script, "linux.uImage", "large.bin"]) {
    const ways: [string, string[]][] = [
      ["curl", ["-sS", "-o", got, `tftp://127.0.0.1:${tftp}//${file}`]],
      ["curl", ["-sS", "-o", got, "--tftp-no-options", `tftp://127.0.0.1:${tftp}/${file}`]],
      ["curl", ["-sS", "-o", got, `http://127.0.0.1:${http}/${file}`]],
      ["curl", ["-sS", "-0", "-o", got, `http://127.0.0.1:${http}//${file}`]],
      ["tftp", ["-m", "binary", "127.0.0.1", `${tftp}`, "-c", "get", file, got]],
    ];
    for (const [tool, args] of ways) {
      rmSync(got, { force: true });
      expect(run(tool, args).stderr).toBe("");
      expect({ args, same: readFileSync(got).equals(expected(file)) }).toEqual({
        args,
        same: true,
      });
    }
  }
  await program.waitFor("bench-1 (0000000012345678, 127.0.0.1): has all it needs", 5 * SECONDS);
});

it.runIf(have("curl"))("can be had in parts over HTTP, and looked at", async () => {
  const flow = new Flow();
  const { http } = await serve(flow.path);
  const curl = (...args: string[]) =>
    run("curl", ["-sS", ...args, `http://127.0.0.1:${http}/large.bin`]).stdout;
  expect(curl("-r", "4-9")).toBe("old ol");
  expect(curl("-i", "-r", "-2")).toMatch(
    /206 Partial[\s\S]*Content-Range: bytes 99998-99999\/100000\r\n[\s\S]*\r\n\r\nd $/,
  );
  expect(curl("-i", "-r", "100000-")).toMatch(/ 416 [\s\S]*Content-Range: bytes \*\/100000/);
  expect(curl("-I")).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*Content-Length: 100000\r\n/);
  expect(curl("-i", "-X", "PUT", "-d", "x")).toMatch(/ 405 [\s\S]*Allow: GET, HEAD/);
  expect(curl("-H", "If-Range: x", "-r", "0-3")).toHaveLength(100_000);
});

it.runIf(have("script"))("is a picture on a terminal", async () => {
  const flow = new Flow();
  const serve = `serve ${flow.path} --address 127.0.0.1 --port 0`;
  const command = `stty cols 100 rows 30; exec ${process.execPath} ${main} ${serve}`;
  const program = new Program("script", ["-qec", command, "/dev/null"]);
  onTestFinished(() => program.stop());
  const title = await program.waitFor(/build 1 {2}tftp 127\.0\.0\.1:\d+\n/, 20 * SECONDS);
  await program.waitFor("no board has asked for anything yet", 5 * SECONDS);
  const port = Number(/:(\d+)\n/.exec(title)?.[1]);
  await fetch(port, script);
  await program.waitFor(
    /bench-1 {2}0000000012345678 {2}127\.0\.0\.1 {2}has script netboot-0{8}12345678.scr/,
    5 * SECONDS,
  );
  // Up to where it began, and away with it.
  await program.waitFor("\x1b[3A\x1b[1G\x1b[0J", 5 * SECONDS);
  const transfer = await SlowTransfer.begin(port, "large.bin");
  await transfer.go(48);
  await program.waitFor(/file large\.bin \[######-{6}\] {2}49 % 48\.0 KiB, /, 5 * SECONDS);
  await transfer.go();
  flow.edit("boot linux with own", "boot linus with own");
  await program.waitFor("name-unknown", 10 * SECONDS);
  await program.waitFor("still serving build 1", 5 * SECONDS);
  await program.waitFor("BOARD ", 5 * SECONDS);
  program.type("\x03");
  await program.waitFor("\x1b[?25h", 10 * SECONDS);
  await program.waitForEnd(5 * SECONDS);
});
