// FITs as programs describe them: what comes of it, and every reason for nothing.
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  contentOf,
  describeFit,
  encodeFit,
  type FitConfigurationOptions,
  type FitDescription,
  type FitImageOptions,
  readFit,
  storeTree,
  verifyFit,
  writeIts,
} from "../../src/image/index.js";
import { boardTree, controlTree, signingWith, TIME } from "./fit-bench.js";

const data = contentOf(new TextEncoder().encode("KERNELDATA!"));
const kernel: FitImageOptions = {
  ...{ name: "kernel", type: "kernel", arch: "arm64", os: "linux", data },
  ...{ load: 0x80000, entry: 0x80000 },
};
const tree: FitImageOptions = {
  ...{ name: "board", type: "flat_dt", load: 0x1_2345_6789, data: contentOf(boardTree) },
  ...{ hashes: ["sha512", "crc32"] },
};
const script: FitImageOptions = { name: "boot", type: "script", data };
const signature = { algorithm: "sha256,rsa2048", hint: "dev" };
const all: FitConfigurationOptions = {
  ...{ name: "conf", kernel: "kernel", fdt: ["board"], script: "boot", loadables: ["boot"] },
  ...{ compatible: ["acme,board"], signature },
};
const whole: FitDescription = {
  description: "whole",
  images: [kernel, tree, script],
  configurations: [all],
};

it("becomes the source that a person would write", () => {
  const { tree: described } = describeFit({ ...whole, images: [kernel, tree, script] });
  const include = (path: string) =>
    path.endsWith("/data") ? `${path.split("/")[2]}.bin` : undefined;
  expect(described && writeIts(described, { include })).toMatchInlineSnapshot(`
    "/dts-v1/;

    / {
    	description = "whole";
    	#address-cells = <0x1>;

    	images {
    		kernel {
    			description = "kernel";
    			data = /incbin/("kernel.bin");
    			type = "kernel";
    			arch = "arm64";
    			os = "linux";
    			compression = "none";
    			load = <0x80000>;
    			entry = <0x80000>;

    			hash-1 {
    				algo = "sha256";
    			};
    		};

    		board {
    			description = "board";
    			data = /incbin/("board.bin");
    			type = "flat_dt";
    			compression = "none";
    			load = <0x1 0x23456789>;

    			hash-1 {
    				algo = "sha512";
    			};

    			hash-2 {
    				algo = "crc32";
    			};
    		};

    		boot {
    			description = "boot";
    			data = /incbin/("boot.bin");
    			type = "script";
    			compression = "none";

    			hash-1 {
    				algo = "sha256";
    			};
    		};
    	};

    	configurations {
    		default = "conf";

    		conf {
    			description = "conf";
    			compatible = "acme,board";
    			kernel = "kernel";
    			fdt = "board";
    			loadables = "boot";
    			script = "boot";

    			signature-1 {
    				algo = "sha256,rsa2048";
    				key-name-hint = "dev";
    				sign-images = "kernel", "fdt", "loadables", "script";
    			};
    		};
    	};
    };
    "
  `);
});

it("boots with everything signed that it names", () => {
  const { tree: described } = describeFit(whole);
  if (!described) throw new Error("no tree");
  const { image, control } = encodeFit(storeTree(described), {
    ...{ time: TIME, external: {}, control: controlTree(4096) },
    signing: signingWith(signature.algorithm, { required: true }),
  }) as { image: typeof data; control: typeof data };
  expect(readFit(image).images[1]?.load).toBe(0x1_2345_6789n);
  const { configurations } = verifyFit(contentOf(bytesOf(image)), control);
  expect(configurations).toMatchObject([
    // The script's data are outside the tree, which only newer versions read: a remark.
    {
      ...{ name: "conf", isDefault: true, verdict: "boots" },
      problems: [{ code: "script-outside", severity: "remark" }],
    },
  ]);
});

const image = (more: object) => ({ ...whole, images: [{ ...kernel, ...more }, tree, script] });
const configuration = (more: object) => ({ ...whole, configurations: [{ ...all, ...more }] });

describe("is none with", () => {
  it.each<[string, FitDescription, string]>([
    ["an @ in a name", image({ name: "kernel@1" }), "fit-name"],
    ["two images of one name", image({ name: "boot" }), "fit-name"],
    ["a name that is a path", configuration({ name: "a/b" }), "fit-name"],
    ["an image that is not there", configuration({ kernel: "linux" }), "fit-reference"],
    ["a default that is not there", { ...whole, default: "other" }, "fit-reference"],
    ["a kernel for no architecture", image({ arch: undefined }), "fit-needs"],
    ["a kernel without entry", image({ entry: undefined }), "fit-needs"],
    ["an address below 0", image({ load: -1 }), "fit-address"],
    ["half an address", image({ load: 0.5 }), "fit-address"],
    ["an address of 65 bits", image({ entry: 2n ** 64n }), "fit-address"],
    [
      "a signature nobody verifies",
      configuration({ signature: { ...signature, algorithm: "md5,rsa1024" } }),
      "fit-algorithm",
    ],
  ])("%s", (_, description, code) => {
    const { tree: none, problems } = describeFit(description);
    expect(none).toBeUndefined();
    expect(problems.map((one) => one.code)).toContain(code);
  });
});
