// server/INSTALL.md: the commands for this very flow, in order, with its paths and addresses filled
// in. Leaves out what the flow does not use; says nothing that is the same for every server.
import { markdownText } from "../../ground/index.js";
import { contentOf } from "../../image/index.js";
import type { Program } from "../../program/index.js";
import type { Artifact } from "../artifact.js";
import { writtenTo } from "./boot-folders.js";
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
    addresses(what),
    roots(what),
    exporting(what),
  ].flat();
  const text = sections.map(({ title, text: body }, at) => `\n## ${at + 1}. ${title}\n\n${body}`);
  const head = `# The server for ${markdownText(name)}

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
  const title = "Boot files";
  const on = program.servers.map(({ text }) => text).join(" and ");
  const asked = `The boards ask for them over TFTP${on === "" ? "" : ` on ${on}`}.`;
  const folders = writtenTo(program);
  if (folders.length > 0) {
    const byDnsmasq = program.network?.tftp !== undefined;
    const who = byDnsmasq ? "dnsmasq, below, serves" : "A TFTP server serves";
    const copies = folders.map((each) => `mkdir -p ${each} && cp -r tftp/. ${each}/`);
    const install = byDnsmasq ? [] : ["apt-get install tftpd-hpa"];
    const text = `${asked}
${who} the folder that they mount, with what they change in it:\n
${code(...install, ...copies)}`;
    return [{ title, text }];
  }
  const too = program.network ? " and answers DHCP" : "";
  return [
    {
      title,
      text: `${asked}
ubootc serves them${too} from the flow and its inputs in /srv/ubootc, and builds again when one of these changes:

${code("cp server/ubootc.service /etc/systemd/system/", "systemctl enable --now ubootc")}
With any other TFTP server, its folder gets what is in tftp/:

${code("apt-get install tftpd-hpa", "cp -r tftp/. /srv/tftp/")}`,
    },
  ];
}

/** Who gives the boards their addresses. */
function addresses({ program }: Installation): Section[] {
  const { network, clients } = program;
  if (!network) return [];
  const { kind, subnet } = network.dhcp;
  const byUnit = writtenTo(program).length === 0;
  const instead = byUnit ? "Where ubootc does not answer, dnsmasq does" : "By dnsmasq";
  const known = clients.flatMap(({ name, values }) => {
    const address = values.get("address")?.text;
    const mac = values.get("mac")?.text;
    return address === undefined
      ? []
      : [`${address}  ${mac ?? ""}  ${name}`.replace(/ {4,}/, "  ")];
  });
  const kept =
    kind === "proxy" && known.length > 0
      ? `The other DHCP server has to keep these addresses, since the exports name them:\n
\`\`\`\n${shortened(known).join("\n")}\n\`\`\`\n\n`
      : "";
  const what =
    kind === "proxy" ? "a proxy beside the DHCP server that is there" : "the only DHCP server";
  const commands = [
    "apt-get install dnsmasq",
    `cp server/dnsmasq.conf /etc/dnsmasq.d/${fileName(program)}.conf`,
    "systemctl restart dnsmasq",
  ];
  return [
    {
      title: `Addresses on ${subnet}`,
      text: `${kept}${instead}, as ${what}:\n\n${code(...commands)}`,
    },
  ];
}

/** What a file of its own in a folder of the system is called. */
const fileName = ({ name }: Program) =>
  name
    .replace(/\.boot$/, "")
    .replace(/[^\w.-]/g, "-")
    .replace(/^[.-]/, "_");

/** The first lines, and how many there are. */
function shortened(lines: readonly string[]): readonly string[] {
  const MOST = 16;
  if (lines.length <= MOST) return lines;
  return [...lines.slice(0, MOST), `# … and so on for ${lines.length - MOST} more`];
}

function roots({ fstabs }: Installation): Section[] {
  const all = fstabs.flatMap(({ name, paths }) =>
    [...new Set(paths)].map((path) => ({ name, path })),
  );
  if (all.length === 0) return [];
  const lines = all.map(({ name, path }) => `root ${path} && cp server/${name} ${path}/etc/fstab`);
  return [
    {
      title: all.length === 1 ? "The root file system" : "The root file systems",
      text: `It is the second partition of an image; that of a board that runs will do as well:

${code(
  "xz -dk IMAGE.img.xz",
  "disk=$(losetup --find --show --partscan --read-only IMAGE.img)",
  "mount -o ro ${disk}p2 /mnt",
)}
The table of file systems is replaced: with that of the card a board would wait for the card.

${code(
  'root() { mkdir -p "$1" && rsync -aHAX --one-file-system --numeric-ids /mnt/ "$1/"; }',
  ...shortened(lines),
  "umount /mnt && losetup -d $disk",
)}`,
    },
  ];
}

function exporting({ program, exported }: Installation): Section[] {
  if (exported.length === 0) return [];
  return [
    {
      title: "NFS",
      text: `With the server of the kernel:

${code("apt-get install nfs-kernel-server", `cp server/exports /etc/exports.d/${fileName(program)}.exports`, "exportfs -ra && exportfs -v")}
Or with the one in user space, which needs nothing of the kernel:

${code("apt-get install nfs-ganesha nfs-ganesha-vfs", "cp server/ganesha.conf /etc/ganesha/", "systemctl restart nfs-ganesha")}`,
    },
  ];
}
