// The whole way of the zero client, with everything from us: the lease from `ubootc serve --dhcp`, as
// have the script, the kernel and the initrd; and Debian's kernel mounts its root from a user-space
// NFS server that runs the ganesha.conf of the build. Its init writes a file that is then on that server.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fetchDebian, writeInitrd, writeRoot } from "./debian.js";
import { haveLab } from "./lab.js";
import { bench1, prepare, RANGE, serve } from "./served.js";

const tools = ["ganesha.nfsd", "rpcbind", "cpio", "apt-get", "dpkg-deb"];
const debian = haveLab(...tools) ? fetchDebian() : undefined;

it.runIf(debian)("lease, files and root, all from us", { timeout: 480_000 }, async () => {
  if (!debian) return;
  const { lab, flow, sdcard, server } = await prepare(RANGE, (text, folder) => {
    writeInitrd(debian, join(folder, "initrd.gz"));
    cpSync(debian.kernel, join(folder, "Image.gz"));
    const initrd = 'initrd ram    from "initrd.gz" as uimage "initrd.uImage"\n';
    return text
      .replace("dtb    own ", `${initrd}dtb    own `)
      .replace("boot linux with own", "boot linux with own, ram");
  });
  const root = lab.directory("root");
  writeRoot(debian, root);
  const configuration = readFileSync(join(server, "ganesha.conf"), "utf8");
  await lab.nfs({ directory: root, path: "/srv/rootfs", configuration });
  const serving = await serve(lab, ["--dhcp", flow]);

  const console = await lab.board({ sdcard, environment: bench1 });
  await console.waitFor("Found U-Boot script /boot.scr", 20_000);
  await console.waitFor("DHCP client bound to address 192.168.0.31", 40_000);
  await console.waitFor("Filename 'netboot-0000000012345678.scr'", 10_000);
  await console.waitFor("Starting kernel", 60_000);
  await console.waitFor("hello from the root of bench-1\n", 60_000);
  await console.waitForEnd(10_000);
  expect(readFileSync(join(root, "proof"), "utf8")).toBe("written by bench-1\n");

  // The kernel's own DHCP: the same address, in the same boot. Any other may not mount the root.
  const name = "bench-1 (0000000012345678, 192.168.0.31)";
  expect(configuration).toMatch(/ Clients = 192\.168\.0\.31\b/);
  expect(serving.output).toMatch(
    /: (DISCOVER|REQUEST) of udhcp [\d.]+ answered with (OFFER|ACK)\n/,
  );
  expect(serving.output).toContain(`${name}: has all it needs: 3 files`);
});
