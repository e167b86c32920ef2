// A Raspberry Pi's distribution image, all the way: its boot files imported, its root exported, the
// lease, the files and the NFS server's configuration from the build; a model of the Pi 4's bootloader
// fetches its folder over the network, and QEMU boots what it fetched into the same root.
//
// What differs from a Pi: QEMU has no such board, so that the machine and its device tree are those of
// `virt`, and its serial port is called ttyAMA0 where the firmware puts a name in the place of serial0.
// Debian's kernel mounts no root over NFS by itself, as that of Pi OS does: the initramfs does it, which
// the firmware loads for `auto_initramfs=1`.
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { datagram, discovers } from "../../dhcp/clients.js";
import { boot, models } from "../../firmware/models.js";
import { type Fetch, fetching } from "../../firmware/wire.js";
import { find, run } from "../../tools/tools.js";
import { startKernel } from "./board.js";
import { fetchDistribution, imageTools, takeRoot, writeImage } from "./distribution.js";
import { haveLab, Lab } from "./lab.js";
import { ASK, machine } from "./machine.js";
import { buildInto, command, serve } from "./served.js";

const have = haveLab("ganesha.nfsd", "rpcbind", "curl", ...imageTools);
const parts = have ? fetchDistribution() : undefined;

const flow = `board rpi_4
server 192.168.0.250
network { dhcp range 192.168.0.100..192.168.0.199  interface br0 }

nfsroot rootfs at "/srv/pi4" { version 4.1 }

client pi4 { serial "10000000abcdef01"  mac "dc:a6:32:00:00:04"  address 192.168.0.31 }

firmware on tftp for each client {
  files from "boot"
  at "/srv/tftp"
  ssh yes
  cmdline { console "serial0,115200"  root rootfs  "rootwait client={client.name}" }
}
`;
const folder = "abcdef01";
const mac = "dc:a6:32:00:00:04";

it.runIf(parts)("boots a distribution image over the network", { timeout: 480_000 }, async () => {
  if (!parts) return;
  const lab = await Lab.open();
  const made = lab.directory("image");
  const image = writeImage(parts, made);
  const cwd = lab.directory("flow");
  const imported = run(process.execPath, [command, "import-image", image], { cwd });
  expect(imported).toMatchObject({ status: 0, stderr: "" });
  const path = join(cwd, "pi.boot");
  writeFileSync(path, flow);
  const { tftp, server } = buildInto(lab, path);
  for (const name of ["start4.elf", "fixup4.dat", "kernel8.img"]) {
    const original = readFileSync(join(made, "boot", name));
    expect(original.equals(readFileSync(join(tftp, folder, name))), name).toBe(true);
  }

  // As INSTALL.md says: the root with its new table, and the boot files where clients mount them.
  const root = lab.directory("root");
  takeRoot(image, root);
  cpSync(join(server, "fstab"), join(root, "etc/fstab"));
  const configuration = readFileSync(join(server, "ganesha.conf"), "utf8");
  await lab.nfs({ directory: root, path: "/srv/pi4", configuration });
  lab.network.exec("cp", "-r", `${tftp}/.`, "/srv/tftp/");
  const serving = await serve(lab, ["--dhcp", path]);

  // The bootloader: an address, and the folder named for its serial number.
  const inside = machine(lab, "pi", "192.168.0.31");
  const hex = datagram({ ...discovers["Pi 4, EEPROM"], flags: 0x8000 }).toString("hex");
  const asking = lab.network.start("ip", [...inside, process.execPath, "-e", ASK, hex]);
  const service = "192.168.0.250 gives 192.168.0.31, boot from 192.168.0.250, Raspberry Pi Boot";
  await asking.waitFor(service, 10_000);
  await asking.stop();
  const got = lab.directory("fetched");
  const fetch: Fetch = async (name) => {
    const file = join(got, name.replaceAll("/", "_"));
    const url = `tftp://192.168.0.250/${name}`;
    const curl = [find("curl") ?? "curl", "-sS", "--tftp-blksize", "1468", "-o", file, url];
    const asked = lab.network.start("ip", [...inside, ...curl]);
    await asked.waitForEnd(30_000);
    return asked.exitCode === 0 ? readFileSync(file, "latin1") : undefined;
  };
  const { missed, cmdline = "" } = await boot(models.pi4, folder, fetching(fetch));
  expect(missed).toBeUndefined();
  expect(cmdline).toBe(
    "console=serial0,115200 root=/dev/nfs nfsroot=192.168.0.250:/srv/pi4,vers=4.1,tcp ip=dhcp rw rootwait client=pi4",
  );
  // auto_initramfs=1: that of the kernel's name.
  expect(await fetch(`${folder}/initramfs8`)).toBeDefined();
  lab.network.exec("ip", "netns", "delete", "pi");

  // What it fetched, on QEMU's board.
  const console = startKernel(lab.network, {
    kernel: join(got, `${folder}_kernel8.img`),
    initrd: join(got, `${folder}_initramfs8`),
    cmdline: cmdline.replace("serial0", "ttyAMA0"),
    mac,
  });
  await console.waitFor(/hello from Debian GNU\/Linux \d+ .* on pi4\n/, 100_000);
  await console.waitForEnd(20_000);
  expect(console.output).not.toContain("init: mount failed");
  expect(readFileSync(join(root, "proof"), "utf8")).toBe("written by pi4\n");
  // Its boot folder was mounted: it saw the settings of the flow, and changed a file there.
  expect(readFileSync(join(root, "seen.txt"))).toEqual(
    readFileSync(join(tftp, folder, "config.txt")),
  );
  expect(lab.network.exec("cat", `/srv/tftp/${folder}/kernel-update`)).toBe("newer\n");
  expect(readdirSync(join(root, "boot/firmware"))).toEqual([]);
  await serving.stop();
  expect(serving.output).toContain("DISCOVER of Raspberry Pi 4 answered with OFFER");
  expect(serving.output).toContain("REQUEST of Raspberry Pi answered with ACK");
});
