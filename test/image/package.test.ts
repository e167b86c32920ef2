// `ubootc/image` as a package: what a program gets that has it installed, from the built files.
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { run } from "../tools/tools.js";

it("is imported by its name and makes an image", () => {
  const program = `
    import { contentOf, crc32, encodeUImage } from "ubootc/image";
    const payload = contentOf(new TextEncoder().encode("123456789"));
    const { header } = encodeUImage({ type: "script", arch: "arm64", payload });
    console.log(crc32(payload.read(0, 9)).toString(16), header.size);
  `;
  const cwd = resolve(import.meta.dirname, "../..");
  expect(run(process.execPath, ["--input-type=module", "-e", program], { cwd })).toEqual({
    status: 0,
    stdout: "cbf43926 17\n",
    stderr: "",
  });
});
