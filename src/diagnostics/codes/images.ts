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
    explain:
      "Every input is looked into: kernels, device trees and initrds are known by their first bytes. What is something else would be loaded without a complaint and refused, or jumped into, when the board starts it.",
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
        ? "wrap it again with the right -A, or let `as uimage` do it"
        : `name a kernel built for ${wants}, or the board it is for`,
    explain:
      "U-Boot starts kernels of its own architecture. A 64-bit Arm board also starts a 32-bit kernel, but only in a uImage that says so; a header that says something else than its data holds switches the CPU to the wrong state.",
  }),
  "kernel-elf": check<{ name: string; file: string; within: boolean; better?: string | undefined }>(
    {
      severity: "error",
      message: ({ file, within }) =>
        within
          ? `inside \`${file}\` is an ELF file, which \`bootm\` would start as if it were code`
          : `\`${file}\` is an ELF file (vmlinux), which U-Boot does not start`,
      help: ({ better }) =>
        better ? `name what the kernel's build made for U-Boot: ${better}` : undefined,
      explain:
        "vmlinux is the kernel as it was linked, with headers and symbols. The boot commands copy a kernel and jump to its first byte, or look there for the magic of an Image or zImage; neither is in an ELF file.",
    },
  ),
  "kernel-efi": check<{ name: string; file: string; command: string }>({
    severity: "error",
    message: ({ file, command }) =>
      `\`${file}\` is a UEFI program without the header of an Image: \`${command}\` does not start it`,
    help: () => "name the Image or Image.gz of the same build",
    explain:
      "A kernel built with EFI_ZBOOT, vmlinuz.efi, unpacks itself with the services of UEFI. An Image with an EFI stub is different: it has both headers, and is taken as an Image.",
  }),
  "kernel-magic": check<{ name: string; file: string; command: string; magic: string }>({
    severity: "error",
    message: ({ file, command, magic }) =>
      `\`${file}\` is no kernel that \`${command}\` takes: it has not ${magic}`,
    help: () =>
      "name an Image or zImage, or wrap it with `as uimage` if it is another kind of kernel",
    explain:
      "`booti` and `bootz` look for the magic of their format before they start anything, and refuse a file that does not have it, be it another format or a damaged kernel. So does `bootm` on 64-bit Arm since v2024.01, which resets the board; older versions jump into whatever is there.",
  }),
  "kernel-unrecognized": check<{ name: string; file: string; arch: string }>({
    severity: "warning",
    message: ({ file, arch }) => `there is no ${arch} Image in \`${file}\``,
    help: () => "name the Image of the kernel's build; a damaged or cut file looks like this too",
    explain:
      "A uImage can hold anything, and `bootm` on RISC-V jumps into it. What is inside does not begin as an Image does, so that it is most likely no kernel. On 64-bit Arm `bootm` looks for itself, and the fault is `kernel-magic`.",
  }),
  "kernel-wrapped-twice": check<{ name: string; input: string; file: string }>({
    severity: "error",
    message: ({ input }) => `\`${input}\` is a uImage already`,
    help: ({ file }) => `leave \`uimage\` out: as "${file}"`,
    explain:
      "U-Boot takes off one header. With two, it unpacks the inner uImage and starts its header as if it were code.",
  }),
  "uimage-damaged": check<{ file: string; why: string }>({
    severity: "error",
    message: ({ file, why }) => `\`${file}\` is damaged: ${why}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain:
      "U-Boot looks at the CRC of the header always, and at that of the data as long as `verify` is not off. `ubootc inspect` shows all that is wrong with an image.",
  }),
  "compression-damaged": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `the gzip data in \`${file}\` are cut or damaged`,
    help: ({ file }) => `make it again; \`gzip -t ${file}\` says whether it is whole`,
    explain:
      "U-Boot unpacks a kernel until its data end. Where they end too early, or make no sense, it prints an error of `inflate` and resets the board or goes back to the script. A download or a copy that was interrupted leaves such files; their beginning looks right.",
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
      `\`${file}\` is compressed with ${compression}, which \`${command}\` on ${board} does not undo`,
    help: ({ known }) =>
      known.length > 0
        ? `compress it with ${list(known, "or")}, or not at all`
        : "name the kernel without the compression",
    explain:
      "Which compressions `bootm` and `booti` undo is decided when U-Boot is built (GZIP, LZMA, LZ4 … in its configuration); none knows xz, or the old lz4 format that `lz4 -l` and a kernel's build write. `bootz` undoes nothing: a zImage unpacks itself.",
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
        ? `\`${file}\` is compressed with ${inner} already; with \`compress ${outer}\` it is so twice`
        : `\`${file}\` is compressed twice: under ${outer} there is ${inner}`,
    help: ({ own }) => (own ? "leave `compress` out" : "compress it once"),
    explain:
      "U-Boot undoes one compression of a kernel, and Linux one of an initrd. What is inside would be started, or read, as it is.",
  }),
  "compression-mismatch": check<{ name: string; file: string; declared: string; found: string }>({
    severity: "error",
    message: ({ file, declared, found }) =>
      declared === "none"
        ? `the header of \`${file}\` says nothing of a compression, but its data are ${found}`
        : `the header of \`${file}\` says ${declared}, but its data are ${
            found === "none" ? "not compressed" : found
          }`,
    help: ({ found }) => `make it with -C ${found}, or let \`as uimage\` do it`,
    explain:
      "`bootm` does what the header says. Data that are compressed and not declared so are started as they are; data that do not unpack make it reset the board. mkimage labels a kernel gzip unless it is told -C none.",
  }),
  "compression-name": check<{ file: string; expected: string; found: string }>({
    severity: "warning",
    message: ({ file, expected, found }) =>
      `\`${file}\` is called like ${expected}, but is ${found}`,
    help: () => "see how it got here: some downloads unpack a file and keep its name",
    explain:
      "The contents decide what is done with a file, not its name. A name that says something else mostly means that another file was meant.",
  }),
  "initrd-compression": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) =>
      `\`${file}\` is in lz4's frame format, which Linux does not unpack as an initrd`,
    help: () => "compress it with `lz4 -l`, or with gzip",
    explain:
      "U-Boot hands an initrd to the kernel as it is. Linux knows an initrd by its first bytes, and of lz4 it knows the old format only, the one of `lz4 -l`.",
  }),
  "dtb-truncated": check<{ file: string; size: number; totalSize: number }>({
    severity: "error",
    message: ({ file, size, totalSize }) =>
      `\`${file}\` has ${size} bytes of a device tree of ${totalSize}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain:
      "The header of a device tree says how long it is, and U-Boot believes it. What is missing from the file would be whatever was in memory before.",
  }),
  "dtb-overlay": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is an overlay, not a device tree to boot with`,
    help: () => "name the board's own device tree",
    explain:
      "An overlay holds only changes to another tree. A kernel that is started with one finds no memory, no CPU and no console.",
  }),
  "overlay-base": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is a whole device tree, not an overlay`,
    help: ({ name }) => `write \`dtb ${name} from …\`, or name the overlay, often a \`.dtbo\``,
    explain:
      "An overlay holds changes for another tree, in nodes that U-Boot knows by `__overlay__`. `fdt apply` finds none of them in a whole device tree, applies nothing, and says so or not.",
  }),
  "overlay-alone": check<{ name: string; kernel: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` has no device tree here that it could be applied to`,
    help: ({ kernel, name }) => `write \`boot ${kernel} with DTB, ${name}\`, the DTB from a file`,
    explain: page(
      "An overlay is applied to a device tree in memory, which has to be made longer for it. The tree of the firmware (`from firmware`, or none) lies where U-Boot does not know what comes behind it: it cannot grow there, and would have the overlay in it twice after a second attempt.",
      'Provide the board\'s own tree with `dtb NAME from "FILE"` and boot with both.',
    ),
  }),
  "overlay-missing": check<{ config: string; board: string }>({
    severity: "error",
    message: ({ config, board }) =>
      `U-Boot for ${board} applies no overlays, and the configuration \`${config}\` has some`,
    help: ({ board }) =>
      `build it with CONFIG_OF_LIBFDT_OVERLAY and say so: board ${board} { commands "fdt apply" }`,
    explain: page(
      "Without CONFIG_OF_LIBFDT_OVERLAY `bootm` refuses a configuration whose tree has overlays behind it.",
      "Build U-Boot with it, or merge the overlays into the tree beforehand (`fdtoverlay` of dtc does that) and name the result as `dtb`.",
    ),
  }),
  "overlay-symbols": check<{ name: string; tree: string; label: string; any: boolean }>({
    severity: "error",
    message: ({ name, tree, label }) =>
      `\`${name}\` changes the node labelled \`${label}\`, which \`${tree}\` does not name`,
    help: ({ any }) =>
      any
        ? "use the tree that the overlay was written for"
        : "make the tree with labels in it: `dtc -@`, or `DTC_FLAGS=-@` for a kernel build",
    explain: page(
      "Overlays say where they belong by labels. `fdt apply` looks these up in `/__symbols__` of the tree, which is only there when the tree was made with `dtc -@`. Where a label is missing U-Boot prints FDT_ERR_NOTFOUND, and the tree it worked on is ruined.",
      "Make the tree with `-@`, or take the one that the overlay was written for. Labels that an overlay brings are there for those behind it.",
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
    help: ({ board, wants }) => `a device tree for ${board} says ${oneOf(wants)}`,
    explain:
      "`compatible` of a device tree's root names the board and its SoC. With the tree of another SoC the kernel looks for its console and memory controller at the wrong addresses, and is silent.",
  }),
  "dtb-missing": check<{ name: string; board: string }>({
    severity: "error",
    message: ({ name, board }) =>
      `\`${name}\` gets no device tree: none is named, and the firmware of ${board} leaves none`,
    help: ({ name }) => `write \`dtb tree from "FILE.dtb"\`, and \`boot ${name} with tree\``,
    explain:
      "A kernel of 64-bit Arm or RISC-V finds its memory, console and devices in a device tree. Without one U-Boot refuses to start it, or resets the board. `dtb … from firmware` is what firmware in front of U-Boot hands over, as that of a Raspberry Pi and QEMU do; on other boards the kernel's own tree is loaded.",
  }),
  "wrong-boot-command": check<{ name: string; command: string; right: string }>({
    severity: "error",
    message: ({ name, command, right }) => `\`${name}\` is started with ${right}, not ${command}`,
    help: ({ name }) => `write \`boot ${name}\`, which takes the right one`,
    byHand: ({ right, command }) => `write \`${right}\` instead of \`${command}\``,
    explain:
      "`bootm` takes uImages, `booti` an Image of 64-bit Arm or RISC-V, `bootz` a zImage of 32-bit Arm. Each refuses what the others take.",
  }),
};
