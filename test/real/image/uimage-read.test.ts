// What mkimage writes for -x with several files has a part that is too long. Needs mkimage.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { contentOf, readUImage } from "../../../src/image/index.js";
import { have, run } from "../../tools/tools.js";

it.runIf(have("mkimage"))(
  "a part that is too long is what mkimage itself writes for -x with several files",
  () => {
    const directory = mkdtempSync(join(tmpdir(), "ubootc-xip-"));
    const [data, file] = [join(directory, "data"), join(directory, "image")];
    writeFileSync(data, Buffer.concat([Buffer.alloc(64, 0xff), Buffer.from("payload")]));
    run("mkimage", ["-A", "arm", "-T", "multi", "-x", "-d", `${data}:${data}`, file]);
    const [problem] = readUImage(contentOf(readFileSync(file))).problems;
    expect(problem).toMatchObject({ code: "part-overlong", expected: 71 });
    rmSync(directory, { recursive: true });
  },
);
