// What is inside the files: kernels, device trees, overlays, initrds and what wraps them.
import { check, list, oneOf, page } from "./entry.js";

export const images = {
  "wrong-kind": check<{ kind: string; name: string; file: string; found: string }>({
    severity: "error",
    message: ({ kind, name, file, found }) =>
      `\`${name}\` is declared ${kind === "initrd" || kind === "overlay" ? "an" : "a"} ${kind}, but \`${file}\` is ${found}`,
    help: ({ kind, found }) =>
      kind === "dtb" && found.endsWith(" data")
        ? "unpack it: U-Boot takes a device tree as it is"
        : "name another file, or declare it as what it is",
    explain: page(
      "U-Boot loads any file without a complaint. It refuses the wrong kind only when it starts it, or jumps into it. So every input is looked into: kernels, device trees and initrds are recognised by their first bytes.",
      "Name the right file, or declare this one as what it is.",
    ),
  }),
  "kernel-architecture": check<{
    name: string;
    file: string;
    found: string;
    board: string;
    wants: string;
  }>({
    severity: "error",
    message: ({ file, found, board, wants }) => `\`${file}\` is ${found}; ${board} is ${wants}`,
    help: ({ wants, found }) =>
      found.includes(" with ")
        ? "wrap it again with the right -A, or write `as uimage` instead"
        : `name a kernel built for ${wants}, or the board it is for`,
    explain: page(
      "U-Boot starts kernels of its own architecture, and refuses or crashes in others. A 64-bit Arm board also starts a 32-bit kernel, but only in a uImage that says so. If the header names another architecture than the kernel is built for, the CPU starts it in the wrong state.",
      "Name a kernel that is built for the board, or the board that the kernel is for.",
    ),
  }),
  "kernel-elf": check<{ name: string; file: string; within: boolean; better?: string | undefined }>(
    {
      severity: "error",
      message: ({ file, within }) =>
        within
          ? `\`${file}\` holds an ELF file, whose header \`bootm\` would run as code`
          : `\`${file}\` is an ELF file (vmlinux), which U-Boot does not start`,
      help: ({ better }) =>
        better ? `name what the kernel's build made for U-Boot: ${better}` : undefined,
      explain: page(
        "vmlinux is the kernel as it was linked, with headers and symbols. The boot commands copy a kernel and jump to its first byte, or look there for the magic of an Image or zImage. An ELF file begins with neither, so the board refuses it or crashes.",
        "Name the file that the kernel's build made for U-Boot: `arch/…/boot/Image`, `zImage` or `Image.gz`.",
      ),
    },
  ),
  "kernel-efi": check<{ name: string; file: string; command: string }>({
    severity: "error",
    message: ({ file, command }) =>
      `\`${file}\` is a UEFI program without the header of an Image: \`${command}\` does not start it`,
    help: () => "name the Image or Image.gz of the same build",
    explain: page(
      "A kernel built with EFI_ZBOOT, vmlinuz.efi, unpacks itself with the services of UEFI. `booti` and `bootm` have none of these and refuse it.",
      "Name the Image or Image.gz of the same build. An Image with an EFI stub has both headers, and `booti` starts it.",
    ),
  }),
  "kernel-magic": check<{ name: string; file: string; command: string; magic: string }>({
    severity: "error",
    message: ({ file, command, magic }) =>
      `\`${command}\` does not start \`${file}\`: it does not have ${magic}`,
    help: () =>
      "name an Image or zImage, or wrap it with `as uimage` if it is another kind of kernel",
    explain: page(
      "`booti` and `bootz` look for the magic of their format before they start a kernel. They refuse a file without it: another format, or a damaged kernel. So does `bootm` on 64-bit Arm since v2024.01, which resets the board; older versions jump into whatever is there.",
      "Name the Image or zImage. Wrap a kernel of another kind with `as uimage`.",
    ),
  }),
  "kernel-unrecognized": check<{ name: string; file: string; arch: string }>({
    severity: "warning",
    message: ({ file, arch }) => `there is no ${arch} Image in \`${file}\``,
    help: () =>
      "name the Image of the kernel's build; a damaged or truncated file looks like this too",
    explain: page(
      "A uImage can hold anything, and `bootm` on RISC-V jumps into it. This one does not begin as an Image does, so it is most likely not a kernel. On 64-bit Arm `bootm` looks for itself, and the fault is `kernel-magic`.",
      "Name the Image of the kernel's build. If you know that this file starts, allow the code.",
    ),
  }),
  "kernel-wrapped-twice": check<{ name: string; input: string; file: string }>({
    severity: "error",
    message: ({ input }) => `\`${input}\` is a uImage already`,
    help: ({ file }) => `remove \`uimage\`: as "${file}"`,
    explain: page(
      "U-Boot removes one header. With two, it unpacks the inner uImage and runs its header as code.",
      "Remove `uimage` from the flow, or name the kernel without its header.",
    ),
  }),
  "uimage-damaged": check<{ file: string; why: string }>({
    severity: "error",
    message: ({ file, why }) => `\`${file}\` is damaged: ${why}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain: page(
      "U-Boot always checks the CRC of the header, and the CRC of the data unless `verify` is off. It refuses an image in which one is wrong. With `verify` off it starts damaged data.",
      "Make the image again. `ubootc inspect FILE` shows all that is wrong with it.",
    ),
  }),
  "compression-damaged": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `the gzip data in \`${file}\` are truncated or damaged`,
    help: ({ file }) => `make it again; \`gzip -t ${file}\` says whether it is whole`,
    explain: page(
      "U-Boot unpacks a kernel until its data end. If they end too early, or cannot be read, it prints an error of `inflate` and resets the board or goes back to the script.",
      "Make the file again, or copy it again. An interrupted download or copy leaves such a file, whose beginning looks right.",
    ),
  }),
  "compression-unsupported": check<{
    name: string;
    file: string;
    compression: string;
    board: string;
    command: string;
    known: readonly string[];
  }>({
    severity: "error",
    message: ({ file, compression, board, command }) =>
      `\`${file}\` is compressed with ${compression}, which \`${command}\` on ${board} cannot unpack`,
    help: ({ known }) =>
      known.length > 0
        ? `compress it with ${list(known, "or")}, or not at all`
        : "name the kernel without the compression",
    explain: page(
      "U-Boot's configuration (GZIP, LZMA, LZ4 …) decides which compressions `bootm` and `booti` can unpack. No build unpacks xz, or the old lz4 format that `lz4 -l` and a kernel's build write. `bootz` unpacks nothing: a zImage unpacks itself. The board refuses such a kernel, or resets.",
      "Compress the kernel with a format that the help names, or do not compress it.",
    ),
  }),
  "compressed-twice": check<{
    name: string;
    file: string;
    outer: string;
    inner: string;
    own: boolean;
  }>({
    severity: "error",
    message: ({ file, outer, inner, own }) =>
      own
        ? `\`${file}\` is already compressed with ${inner}; \`compress ${outer}\` would compress it twice`
        : `\`${file}\` is compressed twice: inside ${outer} there is ${inner}`,
    help: ({ own }) => (own ? "remove `compress`" : "compress it once"),
    explain: page(
      "U-Boot unpacks a kernel once, and Linux unpacks an initrd once. What is still compressed after that is run as code, or read as an initrd, as it is.",
      "Compress the file once: remove `compress`, or name a file that is compressed once.",
    ),
  }),
  "compression-mismatch": check<{ name: string; file: string; declared: string; found: string }>({
    severity: "error",
    message: ({ file, declared, found }) =>
      declared === "none"
        ? `the header of \`${file}\` says that its data are not compressed, but they are ${found}`
        : `the header of \`${file}\` says ${declared}, but its data are ${
            found === "none" ? "not compressed" : found
          }`,
    help: ({ found }) => `make it with -C ${found}, or write \`as uimage\` instead`,
    explain: page(
      "`bootm` does what the header says. It runs compressed data as code if the header says that they are not compressed, and resets the board if the data do not unpack. mkimage writes gzip into the header unless it is given -C none.",
      "Make the image again with the -C that the help names, or name the kernel itself `as uimage`.",
    ),
  }),
  "compression-name": check<{ file: string; expected: string; found: string }>({
    severity: "warning",
    message: ({ file, expected, found }) =>
      `the name \`${file}\` means ${expected}, but the file is ${found}`,
    help: () => "look how it got here: some downloads unpack a file and keep its name",
    explain: page(
      "The contents of a file decide what is done with it, not its name. If the name says something else, usually another file was meant.",
      "Name the file that was meant, or rename this one.",
    ),
  }),
  "initrd-compression": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) =>
      `\`${file}\` is in lz4's frame format, which Linux does not unpack as an initrd`,
    help: () => "compress it with `lz4 -l`, or with gzip",
    explain: page(
      "U-Boot gives an initrd to the kernel as it is. Linux recognises an initrd by its first bytes. Of lz4 it knows only the old format, which `lz4 -l` writes; with the frame format it finds no initrd and panics without a root.",
      "Compress the initrd with `lz4 -l`, or with gzip.",
    ),
  }),
  "dtb-truncated": check<{ file: string; size: number; totalSize: number }>({
    severity: "error",
    message: ({ file, size, totalSize }) =>
      `\`${file}\` has ${size} of the ${totalSize} bytes of its device tree`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain: page(
      "The header of a device tree says how long it is, and U-Boot believes it. In place of what is missing from the file it reads whatever was in memory before.",
      "Make the device tree again, or copy it again.",
    ),
  }),
  "dtb-overlay": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is an overlay, not a device tree to boot with`,
    help: () => "name the board's own device tree",
    explain: page(
      "An overlay holds only changes to another tree. A kernel that is started with one finds no memory, no CPU and no console.",
      "Name the board's own device tree, and declare this file as an `overlay` of it.",
    ),
  }),
  "overlay-base": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is a whole device tree, not an overlay`,
    help: ({ name }) => `write \`dtb ${name} from …\`, or name the overlay, often a \`.dtbo\``,
    explain: page(
      "An overlay holds changes to another tree, in nodes that U-Boot recognises by `__overlay__`. `fdt apply` finds none of them in a whole device tree and changes nothing, sometimes without a message.",
      "Name the overlay, often a `.dtbo`, or declare this file as a `dtb`.",
    ),
  }),
  "overlay-alone": check<{ name: string; kernel: string }>({
    severity: "error",
    message: ({ name }) => `there is no device tree here that \`${name}\` could be applied to`,
    help: ({ kernel, name }) =>
      `write \`boot ${kernel} with DTB, ${name}\`, with a DTB that comes from a file`,
    explain: page(
      "An overlay is applied to a device tree in memory, which becomes longer. The tree of the firmware (`from firmware`, or when no tree is named) is at a place where U-Boot does not know what follows it: it cannot grow there, and a second attempt would apply the overlay twice.",
      'Provide the board\'s own tree with `dtb NAME from "FILE"` and boot with both.',
    ),
  }),
  "overlay-missing": check<{ config: string; board: string }>({
    severity: "error",
    message: ({ config, board }) =>
      `U-Boot for ${board} does not apply overlays, and the configuration \`${config}\` has some`,
    help: ({ board }) =>
      `build it with CONFIG_OF_LIBFDT_OVERLAY and say so: board ${board} { commands "fdt apply" }`,
    explain: page(
      "Without CONFIG_OF_LIBFDT_OVERLAY `bootm` refuses a configuration that has overlays after its tree.",
      "Build U-Boot with it, or apply the overlays before (`fdtoverlay` of dtc does that) and declare the result as `dtb`.",
    ),
  }),
  "overlay-symbols": check<{ name: string; tree: string; label: string; any: boolean }>({
    severity: "error",
    message: ({ name, tree, label }) =>
      `\`${name}\` changes the node with the label \`${label}\`, which \`${tree}\` does not have`,
    help: ({ any }) =>
      any
        ? "use the tree that the overlay was written for"
        : "make the tree with labels in it: `dtc -@`, or `DTC_FLAGS=-@` for a kernel build",
    explain: page(
      "Overlays name the nodes that they change by labels. `fdt apply` looks these up in `/__symbols__` of the tree, which exists only when the tree was made with `dtc -@`. If a label is missing, U-Boot prints FDT_ERR_NOTFOUND, and the tree it worked on can no longer be used.",
      "Make the tree with `-@`, or use the one that the overlay was written for. Overlays can use the labels of overlays before them.",
    ),
  }),
  "dtb-board": check<{
    name: string;
    file: string;
    board: string;
    wants: readonly string[];
    compatible: readonly string[];
  }>({
    severity: "error",
    message: ({ file, board, compatible }) =>
      `\`${file}\` is for ${compatible.join(", ")}, not for ${board}`,
    help: ({ board, wants }) => `name one for ${board}, whose \`compatible\` has ${oneOf(wants)}`,
    explain: page(
      "`compatible` of a device tree's root names the board and its SoC. With the tree of another SoC the kernel looks for its console and memory controller at the wrong addresses, and prints nothing.",
      "Name the device tree of the board.",
    ),
  }),
  "dtb-missing": check<{ name: string; board: string }>({
    severity: "error",
    message: ({ name, board }) =>
      `\`${name}\` gets no device tree: the flow names none, and the firmware of ${board} passes none`,
    help: ({ name }) => `write \`dtb tree from "FILE.dtb"\`, and \`boot ${name} with tree\``,
    explain: page(
      "A kernel of 64-bit Arm or RISC-V finds its memory, console and devices in a device tree. Without one U-Boot refuses to start it, or resets the board.",
      "Load the tree that the kernel's build made for the board. On boards whose firmware passes a tree to U-Boot, such as a Raspberry Pi or QEMU, `dtb NAME from firmware` is that one.",
    ),
  }),
  "wrong-boot-command": check<{ name: string; command: string; right: string }>({
    severity: "error",
    message: ({ name, command, right }) => `\`${name}\` is started with ${right}, not ${command}`,
    help: ({ name }) => `write \`boot ${name}\`, which uses the right one`,
    byHand: ({ right, command }) => `write \`${right}\` instead of \`${command}\``,
    explain: page(
      "`bootm` takes uImages and FITs, `booti` an Image of 64-bit Arm or RISC-V, `bootz` a zImage of 32-bit Arm. Each refuses what the others take, and nothing is booted.",
      "Write `boot NAME`, which uses the right command. In a script written by hand, write that command.",
    ),
  }),
};
