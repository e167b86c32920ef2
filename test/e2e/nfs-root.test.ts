// The whole way of the zero client: U-Boot, a script of its own, Debian's arm64 kernel, and a root
// on a user-space NFS server, configured by the build, whose init writes a file that is then on that server.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fetchDebian, writeInitrd, writeRoot } from "./debian.js";
import { exampleFlow, writeFlow } from "./flows.js";
import { haveLab, Lab } from "./lab.js";

const tools = ["ganesha.nfsd", "rpcbind", "cpio", "apt-get", "dpkg-deb"];
const debian = haveLab(...tools) ? fetchDebian() : undefined;

it.runIf(debian)("boots Debian's kernel into a root over NFS", { timeout: 120_000 }, async () => {
  if (!debian) return;
  const lab = await Lab.open();
  const initrd = join(lab.directory("initrd"), "initrd.gz");
  writeInitrd(debian, initrd);
  const root = lab.directory("root");
  writeRoot(debian, root);

  const flow = exampleFlow(
    ["dtb    own ", 'initrd ram    from "initrd.gz" as uimage "initrd.uImage"\ndtb    own '],
    ["boot linux with own", "boot linux with own, ram"],
  );
  const inputs = { "Image.gz": debian.kernel, "initrd.gz": initrd };
  const { sdcard, tftp, server } = writeFlow(lab.directory("flow"), flow, inputs);
  await lab.dhcp();
  await lab.tftp(tftp);
  const configuration = readFileSync(join(server, "ganesha.conf"), "utf8");
  await lab.nfs({ directory: root, path: "/srv/rootfs", configuration });
  const console = await lab.board({
    sdcard,
    environment: { "serial#": "0000000012345678", ethaddr: "52:54:00:00:00:01", bootdelay: "0" },
  });
  await console.waitFor("Found U-Boot script /boot.scr", 20_000);
  await console.waitFor("Filename 'netboot-0000000012345678.scr'", 10_000);
  await console.waitFor("Starting kernel", 30_000);
  await console.waitFor("hello from the root of bench-1\n", 60_000);
  await console.waitForEnd(10_000);
  expect(readFileSync(join(root, "proof"), "utf8")).toBe("written by bench-1\n");
});
