// Flows to draw, with kernels of the size that kernels have.

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { type Compilation, plans } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";

const MiB = 0x100000;

/** `size` bytes of a gzip stream that would unpack to an arm64 kernel of 28 MiB, running in 31.4. */
function kernel(size: number): Uint8Array {
  const image = Buffer.alloc(1024);
  image.writeBigUInt64LE(BigInt(Math.round(31.4 * MiB)), 16);
  image.writeBigUInt64LE(0xan, 24);
  image.write("ARM\x64", 56, "latin1");
  const file = Buffer.alloc(size);
  gzipSync(image).copy(file);
  file.writeUInt32LE(28 * MiB, size - 4);
  return file;
}

/** Such a kernel as it is unpacked, but smaller. */
function image(): Uint8Array {
  const file = Buffer.alloc(3 * MiB);
  file.writeBigUInt64LE(BigInt(4 * MiB), 16);
  file.writeBigUInt64LE(0xan, 24);
  file.write("ARM\x64", 56, "latin1");
  return file;
}

/** An empty device tree. */
function deviceTree(): Uint8Array {
  const words = [0xd00dfeed, 72, 56, 72, 40, 17, 16, 0, 0, 16, 0, 0, 0, 0, 1, 0, 2, 9];
  const file = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) file.writeUInt32BE(word, index * 4);
  return file;
}

const inputs = {
  "Image.gz": kernel(Math.round(10.1 * MiB)),
  Image: image(),
  "pi3.dtb": deviceTree(),
  "initrd.img": Buffer.concat([Buffer.from("070701"), Buffer.alloc(7 * MiB)]),
};

const steps = `board rpi_3
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux-rpi3.uImage" { load 0x80000 }
kernel plain from "Image.gz"
dtb    pi3   from "pi3.dtb"
initrd tools from "initrd.img"
client bench-1 { serial "0000000012345678" }
client bench-2 { serial "00000000aabbccdd" }

script boot on sdcard "boot.scr" {
  dhcp
  chain netboot
}
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  load LINUX
  load pi3 PI3
  boot LINUX with pi3, tools
}
`;

const paths = `board qemu_arm64
server 192.168.0.250
kernel linux  from "Image.gz" as uimage "linux.uImage"
kernel rescue from "Image.gz" as uimage "rescue.uImage"
dtb own from firmware
client bench-1 { serial "0000000012345678"  next "first" }
client bench-2 { serial "00000000aabbccdd"  next "fallback" }

script boot on sdcard "boot.scr" {
  print "<hello> & \\"you\\""
  retry forever pause 5s { dhcp }
  try {
    ping 192.168.0.250
    retry 3 pause 1s {
      chain netboot
    }
  } else {
    if defined rescue and \${mode} == "slow" {
      sleep 2s
      chain fallback
    } else {
      reset
    }
  }
  print "the kernel of netboot did not start, and its other way was taken"
}
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  try { load linux }
  if {client.next} == "first" {
    bootargs "console=ttyAMA0"
  } else if {client.next} == "last" {
    chain {client.next}
  }
  try {
    try { boot linux with own } else { run altboot }
  } else { fail "no way" }
}
script fallback on tftp "fallback.scr" {
  chain last
  boot rescue with own
}
script last on tftp "last.scr" { shell }
`;

/** One file with everything, of which one kernel is unpacked and the other runs where it lies. */
const fit = `board pi from rpi_3 { fit yes }
server 192.168.0.250
kernel linux from "Image.gz"
kernel inside from "Image"
dtb    pi3   from "pi3.dtb"
initrd tools from "initrd.img"
fit os {
  kernel linux  dtb pi3  initrd tools
  config "unpacked" { }
  config "in-place" { kernel inside noload }
  external align 4K
}
script netboot on tftp "netboot.scr" as fit {
  try { boot os config "unpacked" } else { boot os config "in-place" }
}
`;

const place = (linux: string, pi3: string, text = steps) =>
  text.replaceAll("LINUX", linux).replace("load pi3 PI3", `load pi3 ${pi3}`.trim());

/** Flows in memory, by name. */
const texts: Readonly<Record<string, string>> = {
  large: place("linux", ""),
  booti: place("plain", ""),
  clashing: place("linux", "to 0x01000100").replace("load linux", "load linux to 0x01000000"),
  below: place("linux", "").replace("load 0x80000", "load 0x0"),
  outside: place("linux", "to 0x1fffff00"),
  paths,
  fit,
};

/** Every flow that is drawn. */
export const names = [
  "zero-client",
  "zero-client-qemu",
  "large",
  "booti",
  "clashing",
  "below",
  "outside",
  "paths",
  "fit",
];

/** The flow of that name, planned. */
export function planned(name: string): Omit<Compilation, "artifacts"> {
  const flow = `${name}.boot`;
  const text = texts[name];
  const held = text === undefined ? example(name) : { ...inputs, [flow]: text };
  return plans(flow, { files: memoryFiles(held) });
}

/** The files of an example. */
function example(name: string): Readonly<Record<string, Uint8Array>> {
  const folder = resolve(import.meta.dirname, "../../examples", name);
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]),
  );
}
