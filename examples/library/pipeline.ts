// A boot pipeline of one's own: the flow and the list of machines come from a program, every
// machine's script says hello first, and a file is added that ubootc knows nothing of.
//
//   node pipeline.js KERNEL OUT
import { readFileSync } from "node:fs";
import { type Artifact, compile, memoryFiles, render, writeBuild } from "ubootc";
import { command, type List, print, variable } from "ubootc/hush";
import { contentOf, encodeUImage } from "ubootc/image";

const [kernel = "Image.gz", out = "out"] = process.argv.slice(2);

/** As it might come from an inventory. */
const machines = ["north", "south", "west"].map((name, index) => ({
  name,
  serial: (0x1000 + index).toString(16).padStart(16, "0"),
}));

const flow = `
board qemu_arm64
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"
dtb own from firmware
clients from "machines.json"

script boot on sdcard "boot.scr" {
  dhcp
  try {
    chain netboot
  } else {
    uboot "tftpboot \${pxefile_addr_r} 192.168.0.250:lost.scr && source \${pxefile_addr_r}"
  }
}

script netboot on tftp "netboot-\${serial#}.scr" for each client {
  bootargs "console=ttyAMA0 machine={client.name}"
  boot linux with own
}
`;

const { artifacts, diagnostics } = compile("fleet.boot", {
  files: memoryFiles({
    "fleet.boot": flow,
    "machines.json": JSON.stringify(machines),
    "Image.gz": readFileSync(kernel),
  }),
  // The scripts are trees until they are printed: nothing here has to know about quoting.
  transform: ({ tree, client }) =>
    client ? [command("echo", `this is "${client.name}" & no other`), ...tree] : tree,
});
for (const each of diagnostics) process.stderr.write(render(each));
if (!artifacts) process.exit(1);

/** A script for machines that nobody knows, from its tree to the image that U-Boot loads. */
function lostScript(): Artifact {
  const tree: List = [
    command("echo", ["no script for serial number ", { variable: "serial#" }]),
    command("echo", "tell the lab, and then: setenv serial ...; saveenv"),
    command("test", "-n", variable("serial#")),
  ];
  const { text, problems } = print(tree, { maxargs: 16 });
  if (problems.length > 0) throw new Error(problems.map(({ kind }) => kind).join(", "));
  const payload = contentOf(new TextEncoder().encode(text.trimEnd()));
  const { image } = encodeUImage({ type: "script", arch: "arm64", name: "lost", payload });
  if (!image) throw new Error("no image");
  return { root: "tftp", name: "lost.scr", content: image, madeFrom: ["pipeline.ts"] };
}

const { manifest, written } = writeBuild(out, [...artifacts, lostScript()]);
for (const { path, size, client } of manifest) console.log(path, size, client ?? "everyone");
console.log(`${written.length} of ${manifest.length} files written to ${out}`);
