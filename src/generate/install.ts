// server/INSTALL.md: the commands for this very flow, in order, with its paths and addresses filled
// in. Leaves out what the flow does not use; says nothing that is the same for every server.
import { contentOf } from "../image/index.js";
import type { Program } from "../program/index.js";
import type { Artifact } from "./artifact.js";
import { bootconf } from "./bootconf.js";
import type { Exported } from "./exported.js";

/** What the commands are about. */
export interface Installation {
  readonly program: Program;
  /** The files of the build, without those for the server. */
  readonly artifacts: readonly Artifact[];
  readonly exported: readonly Exported[];
  /** The tables of file systems, each with the roots that it is for. */
  readonly fstabs: readonly { readonly name: string; readonly paths: readonly string[] }[];
}

interface Section {
  readonly title: string;
  readonly text: string;
}

/** The instructions. */
export function installation(what: Installation): Artifact {
  const { name } = what.program;
  const sections = [
    card(what),
    oneTime(what),
    bootloader(what),
    transfer(what),
    roots(what),
    exporting(what),
  ].flat();
  const text = sections.map(({ title, text: body }, at) => `\n## ${at + 1}. ${title}\n\n${body}`);
  const head = `# The server for ${name}

Commands for Debian and what is like it, as root, in the folder of the build.
`;
  const content = contentOf(new TextEncoder().encode(head + text.join("")));
  return { root: "server", name: "INSTALL.md", content, madeFrom: [name] };
}

const code = (...lines: string[]) => `\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n`;

function card({ artifacts }: Installation): Section[] {
  const cards = [...new Set(artifacts.map(({ root }) => root))].filter((root) =>
    /^sdcard/.test(root),
  );
  if (cards.length === 0) return [];
  const [only] = cards;
  const folders = cards.length === 1 && only ? [only] : cards;
  const lines = folders.map((each) => `cp -r ${each}/. /media/CARD/`);
  const which = cards.length > 1 ? ", each for its kind of board" : "";
  return [
    {
      title: "The card",
      text: `It goes on the card's first partition, which is FAT${which}:\n\n${code(...lines)}`,
    },
  ];
}

/** The switch of the Pi 3 that no power cut takes back. */
function oneTime({ program }: Installation): Section[] {
  const set = program.firmware.some(({ config }) =>
    config.some(({ key, value }) => key === "program_usb_boot_mode" && value === "1"),
  );
  if (!set) return [];
  return [
    {
      title: "The Pi 3's switch",
      text: `A Pi 3 boots from the network when a bit of its one-time memory is set, which booting once from this
card does; a Pi 3 B+ has it set. Whether it took, on the Pi:

${code("vcgencmd otp_dump | grep 17:")}
\`17:3020000a\` is right. The bit stays for ever: the line in config.txt can go, and the card too.
`,
    },
  ];
}

function bootloader({ program: { eeprom } }: Installation): Section[] {
  if (!eeprom) return [];
  const { changes } = bootconf(eeprom);
  const lines = changes.flatMap(({ before, after }) => [
    ...(before === undefined ? [] : [`-${before}`]),
    `+${after}`,
  ]);
  const diff =
    lines.length === 0 ? "Nothing in it is new.\n" : `\`\`\`diff\n${lines.join("\n")}\n\`\`\`\n`;
  return [
    {
      title: "The bootloader of the Pi 4 and 5",
      text: `What changes in its settings:

${diff}
On each Pi, with server/bootconf.txt copied there; the new settings count from the next start on:

${code("rpi-eeprom-config --apply bootconf.txt", "reboot")}
Then \`rpi-eeprom-config\` prints them.
`,
    },
  ];
}

function transfer({ program, artifacts }: Installation): Section[] {
  if (!artifacts.some(({ root }) => root === "tftp")) return [];
  const on = program.servers.map(({ text }) => text).join(" and ");
  const where = on === "" ? "" : ` on ${on}`;
  return [
    {
      title: "Boot files",
      text: `The boards ask for them over TFTP${where}. With ubootc, which builds again when an input changes,
the flow and its inputs go to /srv/ubootc:

${code("cp server/ubootc.service /etc/systemd/system/", "systemctl enable --now ubootc")}
With any other TFTP server, its folder gets what is in tftp/:

${code("apt-get install tftpd-hpa", "cp -r tftp/. /srv/tftp/")}`,
    },
  ];
}

function roots({ fstabs }: Installation): Section[] {
  const MOST = 8;
  const all = fstabs.flatMap(({ name, paths }) =>
    [...new Set(paths)].map((path) => ({ name, path })),
  );
  if (all.length === 0) return [];
  const lines = all
    .slice(0, MOST)
    .flatMap(({ name, path }) => [
      `mkdir -p ${path} && rsync -aHAX --one-file-system --numeric-ids ROOT/ ${path}/`,
      `cp server/${name} ${path}/etc/fstab`,
    ]);
  if (all.length > MOST) lines.push(`# … and so on for ${all.length - MOST} more`);
  return [
    {
      title: all.length === 1 ? "The root file system" : "The root file systems",
      text: `ROOT is the root of a board that runs, or the second partition of its image, mounted. The table of
file systems is replaced: with that of the card a board would wait for the card.

${code(...lines)}`,
    },
  ];
}

function exporting({ program, exported }: Installation): Section[] {
  if (exported.length === 0) return [];
  const name = program.name.replace(/\.boot$/, "").replace(/[^\w.-]/g, "-");
  return [
    {
      title: "NFS",
      text: `With the server of the kernel:

${code("apt-get install nfs-kernel-server", `cp server/exports /etc/exports.d/${name}.exports`, "exportfs -ra && exportfs -v")}
Or with the one in user space, which needs nothing of the kernel:

${code("apt-get install nfs-ganesha nfs-ganesha-vfs", "cp server/ganesha.conf /etc/ganesha/", "systemctl restart nfs-ganesha")}`,
    },
  ];
}
