// server/ubootc.service as a real systemd runs it: in namespaces of its own, where it finds our units
// only. Needs root, systemd, unshare and curl.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { emptyFolder } from "../../cli/cli.js";
import { text } from "../../serve/service-units.js";
import { main, script } from "../../serve/serving.js";
import { Program } from "../../tools/program.js";
import { have } from "../../tools/tools.js";

const repository = join(import.meta.dirname, "../../..");
const systemd = "/lib/systemd/systemd";
const flow = "zero-client-qemu.boot";

/** Makes the machine: `$1` holds the units and takes what was found, `$2` is the repository. */
const machine = `set -e
ip link set lo up
mount --make-rprivate /
mount -t tmpfs tmpfs /srv
mkdir -p /srv/ubootc /srv/program /srv/out
mount --bind "$2" /srv/program
mount --bind "$1" /srv/out
cp -r "$2/examples/zero-client-qemu/." /srv/ubootc/
chmod -R a+rX /srv/ubootc
for each in /run /tmp /var /usr/local/bin; do mount -t tmpfs -o mode=755 tmpfs $each; done
mkdir -p -m 1777 /var/tmp; mkdir -p /var/lib /var/log /var/cache; chmod 1777 /tmp
printf '#!/bin/sh\\nexec %s %s "$@"\\n' "$3" /srv/program/dist/bin/main.js > /usr/local/bin/ubootc
chmod 755 /usr/local/bin/ubootc
mount -t cgroup2 cgroup2 /sys/fs/cgroup
export container=ubootc SYSTEMD_UNIT_PATH=/srv/out/units
exec ${systemd} --system --unit=asked.target --log-target=null --default-standard-output=null
`;

/** What a client and an administrator ask of the service, one answer a line. */
const asks = `
for try in $(seq 400); do
  curl -s --max-time 2 tftp://127.0.0.1/${script} -o /tmp/got && break; sleep 0.25
done
echo "got $(wc -c < /tmp/got)"
user() { stat -c %U /proc/$(systemctl show ubootc -p MainPID --value); }
echo "as $(user)"
kill -SEGV $(systemctl show ubootc -p MainPID --value)
for try in $(seq 400); do
  test "$(systemctl show ubootc -p NRestarts --value)" = 1 && break; sleep 0.25
done
echo "again $(systemctl show ubootc -p NRestarts --value)"
for try in $(seq 400); do
  curl -s --max-time 2 tftp://127.0.0.1/${script} -o /tmp/got && break; sleep 0.25
done
systemctl stop ubootc
echo "stopped $(systemctl show ubootc -p Result --value) $(systemctl show ubootc -p ExecMainStatus --value)"
echo end
`;

const bare = "[Unit]\nDefaultDependencies=no\n";
const units: Readonly<Record<string, string>> = {
  "ubootc.service": text(flow),
  "asks.service":
    "[Unit]\nAfter=ubootc.service\n[Service]\nType=oneshot\n" +
    "ExecStart=/bin/sh /srv/out/asks\nStandardOutput=file:/srv/out/asked\n",
  "asked.target": `${bare}Wants=ubootc.service asks.service\n`,
  ...Object.fromEntries(
    ["sysinit", "basic", "shutdown", "network-online", "umount", "final"].map((each) => [
      `${each}.target`,
      bare,
    ]),
  ),
};

const can =
  process.getuid?.() === 0 &&
  existsSync(systemd) &&
  have("unshare") &&
  have("systemctl") &&
  have("curl");

it.runIf(can)(
  "is started, serves as nobody in particular, comes back and stops",
  async () => {
    expect(existsSync(main)).toBe(true);
    const out = emptyFolder();
    chmodSync(out, 0o755);
    mkdirSync(join(out, "units"));
    for (const [name, unit] of Object.entries(units)) writeFileSync(join(out, "units", name), unit);
    writeFileSync(join(out, "asks"), asks);
    const spaces = ["--pid", "--mount", "--mount-proc", "--cgroup", "--uts", "--ipc", "--net"];
    const inside = ["bash", "-c", machine, "machine", out, repository, process.execPath];
    const program = new Program("unshare", ["--fork", "--kill-child", ...spaces, ...inside]);
    onTestFinished(() => program.stop());
    const asked = () =>
      existsSync(join(out, "asked")) ? readFileSync(join(out, "asked"), "utf8") : "";
    for (
      let tries = 0;
      tries < 400 && !asked().endsWith("end\n") && program.exitCode === null;
      tries++
    ) {
      await pause(100);
    }
    expect(asked()).toMatch(/^got \d{4}\nas ubootc\nagain 1\nstopped success 0\nend\n$/);
  },
  360_000,
);
