// What a board prints of an image in a FIT before it uses it, and whether its hashes hold.
// Governed by fit_image_print and fit_image_verify in boot/image-fit.c.
import {
  architectures,
  bytesOf,
  type Content,
  cellOf,
  compressions,
  externalBase,
  type FitImage,
  operatingSystems,
  propertyOf,
  textOf,
  types,
  walkFdt,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";
import { bytesText, dateText } from "./legacy.js";
import type { LoadedFit } from "./loaded-fit.js";

const addressed = new Set(["kernel", "standalone", "firmware", "ramdisk", "fpga"]);

/** Prints what the image says of itself. */
export function printImage(machine: Machine, loaded: LoadedFit, image: FitImage): void {
  const { type = "", os, arch, compression = "none", data, load, entry } = image;
  const address = (value: bigint | undefined) =>
    value === undefined ? "unavailable" : `0x${value.toString(16).padStart(8, "0")}`;
  const at = dataAddress(loaded, image);
  const time = loaded.fit.time;
  const hashes = image.node.children.filter(({ name }) => name.startsWith("hash"));
  const rows: [string, string][] = [
    ["Description", image.description ?? "unavailable"],
    ...(machine.board.images.timestampRequired && time !== undefined
      ? [["Created", dateText(time)] as [string, string]]
      : []),
    ["Type", types.byName(type)?.long ?? "Unknown Image"],
    ["Compression", compressions.byName(compression)?.long ?? "Unknown Compression"],
    ["Data Start", at === undefined ? "unavailable" : `0x${hex(at, 8)}`],
    ["Data Size", data ? bytesText(data.size) : "unavailable"],
  ];
  if (["kernel", "standalone", "ramdisk", "firmware", "flat_dt"].includes(type)) {
    rows.push(["Architecture", architectures.byName(arch ?? "")?.long ?? "Unknown Architecture"]);
  }
  if (["kernel", "ramdisk", "firmware"].includes(type)) {
    rows.push(["OS", operatingSystems.byName(os ?? "")?.long ?? "Unknown OS"]);
  }
  if (addressed.has(type) || (type === "flat_dt" && load !== undefined)) {
    rows.push(["Load Address", address(load)]);
  }
  if (["kernel", "standalone", "ramdisk"].includes(type))
    rows.push(["Entry Point", address(entry)]);
  for (const hash of hashes) {
    rows.push(["Hash algo", textOf(propertyOf(hash, "algo")) ?? "invalid/unsupported"]);
    rows.push(["Hash value", digits(propertyOf(hash, "value"))]);
  }
  const lines = rows.map(([name, value]) => `     ${`${name}:`.padEnd(14)}${value}\n`);
  machine.print(lines.join(""));
}

const digits = (value: Content | undefined) =>
  value ? Buffer.from(bytesOf(value)).toString("hex") : "unavailable";

/** Where the data of an image lies in memory. */
export function dataAddress(
  { address, content, fit }: LoadedFit,
  { name, node, external }: FitImage,
) {
  if (external === "data-position") return address + (cellOf(propertyOf(node, external)) ?? 0);
  if (external && fit.header) {
    return address + externalBase(fit.header) + (cellOf(propertyOf(node, external)) ?? 0);
  }
  const path: string[] = [];
  for (const item of walkFdt(content)) {
    if (item.kind === "node") path.splice(item.depth, path.length, item.name);
    else if (item.name === "data" && path.join("/") === `/images/${name}`) {
      return address + item.offset;
    }
  }
  return undefined;
}

/** Verifies the hashes of the image before it is used. */
export function verifyImage(machine: Machine, loaded: LoadedFit, image: FitImage): boolean {
  machine.print("   Verifying Hash Integrity ... ");
  const holds = checkHashes(machine, loaded, image);
  machine.print(holds ? "OK\n" : "Bad Data Hash\n");
  return holds;
}

/** Whether the hashes of the image hold: prints one word each, or which does not. */
export function checkHashes(machine: Machine, { verified }: LoadedFit, image: FitImage): boolean {
  const problems = verified().images.get(image.name) ?? [];
  for (const hash of image.node.children.filter(({ name }) => name.startsWith("hash"))) {
    const wrong = problems.find(({ path }) => path === `${image.path}/${hash.name}`);
    const algo = textOf(propertyOf(hash, "algo")) ?? "";
    if (wrong?.severity === "damage") {
      machine.print(`${algo} error!\n${reasons[wrong.code] ?? "Bad hash value"} for `);
      machine.print(`'${hash.name}' hash node in '${image.name}' image node\n`);
      return false;
    }
    if (!wrong) machine.print(`${algo}+ `);
  }
  return true;
}

const reasons: Readonly<Record<string, string>> = {
  "hash-algo": "Unsupported hash algorithm",
  "hash-value": "Bad hash value len",
};
