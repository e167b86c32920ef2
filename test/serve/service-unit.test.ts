// server/ubootc.service, judged by systemd itself.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { serviceUnit } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";
import { have, run } from "../tools/tools.js";

const names = ["zero-client.boot", "100%.boot", "a $b 'c'.boot", "line\nbreak.boot"];

function text(flow: string): string {
  return Buffer.from(bytesOf(serviceUnit(flow).content)).toString();
}

it("names the flow as one argument", () => {
  const starts = names.map((name) => /^ExecStart=.* serve (.*)$/m.exec(text(name))?.[1]);
  const escaped = ["zero-client.boot", "100%%.boot", `"a $$b 'c'.boot"`, '"line\\nbreak.boot"'];
  expect(starts).toEqual(escaped);
});

describe.runIf(have("systemd-analyze"))("systemd-analyze", () => {
  function write(flow: string): string {
    const folder = mkdtempSync(join(tmpdir(), "ubootc-unit-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "ubootc.service");
    writeFileSync(file, text(flow));
    return file;
  }

  it.each(names)("has nothing to object to: %s", (flow) => {
    const { status, stdout, stderr } = run("systemd-analyze", ["verify", write(flow)]);
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
  });

  it("finds it little exposed", () => {
    // 10 is a service without any protection.
    const most = ["--threshold=20", "--offline=true", "--no-pager"];
    const { status, stdout } = run("systemd-analyze", ["security", ...most, write("a.boot")]);
    expect(stdout).toMatch(/Overall exposure level for ubootc.service: 1\.\d OK/);
    expect(status).toBe(0);
  });
});
