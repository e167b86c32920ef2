// U-Boot moves the initrd, then the device tree, to the end of memory before it starts a kernel. A
// device tree that was loaded there is overwritten by the initrd before it is read
// (boot/image-board.c, boot/image-fdt.c). How far the end is depends on the board: the smallest
// variant is looked at.
import type { Board, Region } from "../../boards/index.js";
import { diagnose, type Report } from "../../diagnostics/index.js";
import { type Analysis, overlap, range, type Start } from "../../memory/index.js";

/** The device tree grows by this when it is moved (CONFIG_SYS_FDT_PAD), and is aligned. */
const DTB_ROOM = 0x4000;

export function relocationOverwrites({ moments, board }: Analysis, report: Report): void {
  for (const { start } of moments) {
    if (!start?.dtb || !start.initrd || board.limits.initrdStays) continue;
    const target = destination(board, start);
    if (!overlap(target, start.dtb)) continue;
    const data = { name: start.initrd.provision.name, other: start.dtb.provision.name };
    const labels = [
      { span: start.dtb.span, text: `loaded to ${range(start.dtb)}` },
      { span: start.initrd.span, text: `moved to ${range(target)}` },
    ];
    report(diagnose("relocation-overwrites", data, labels));
  }
}

/** Where the initrd can end up: below the end of the window, whatever U-Boot itself takes of it. */
function destination({ memory, limits }: Board, { initrd, dtb }: Start): Region {
  const end = memory.base + memory.size;
  const windows = [limits.bootmSize, limits.bootMapSize].flatMap((size) =>
    size === undefined ? [] : [memory.base + size],
  );
  const highest = Math.min(end, ...windows);
  const lowest = Math.min(end - memory.reservedTop.size, ...windows);
  const start = lowest - (initrd?.size ?? 0) - (dtb?.size ?? 0) - DTB_ROOM;
  return { start, size: highest - start };
}
