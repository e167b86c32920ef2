// What a script does is what its import does: for scripts in the styles that people write, and for ones put
// together at random, both end alike in every world of measure.ts, and most commands have a statement.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isQuick, runs, some } from "../tools/runs.js";
import { measure } from "./measure.js";

const card = "${devtype} ${devnum}:${distro_bootpart}";

/** By what is special about them. */
const scripts: Readonly<Record<string, string>> = {
  "a kernel and a tree": `load mmc 0:1 \${kernel_addr_r} Image
load mmc 0:1 \${fdt_addr_r} board.dtb
setenv bootargs console=ttyS0,115200 root=/dev/mmcblk0p2 rw
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
  "no line end at the end": `load mmc 0:1 \${kernel_addr_r} Image
load mmc 0:1 \${fdt_addr_r} board.dtb
booti \${kernel_addr_r} - \${fdt_addr_r}`,
  "places of its own": `setenv load_addr 0x50000000
load mmc 0:1 \${load_addr} zImage
load mmc 0:1 0x4fa00000 board.dtb
bootz \${load_addr} - 0x4fa00000
`,
  "what comes after a start": `load mmc 0:1 \${kernel_addr_r} Image
load mmc 0:1 \${fdt_addr_r} board.dtb
booti \${kernel_addr_r} - \${fdt_addr_r}
echo did not start
reset
`,
  "an initrd with its size": `load ${card} \${kernel_addr_r} \${prefix}Image
load ${card} \${fdt_addr_r} \${prefix}dtb/\${fdtfile}
load ${card} \${ramdisk_addr_r} \${prefix}initrd.img
setenv bootargs root=/dev/ram0
booti \${kernel_addr_r} \${ramdisk_addr_r}:\${filesize} \${fdt_addr_r}
`,
  "no partition named": `load \${devtype} \${devnum} \${kernel_addr_r} \${prefix}zImage
load \${devtype} \${devnum} \${fdt_addr_r} \${prefix}board.dtb
bootz \${kernel_addr_r} - \${fdt_addr_r}
`,
  "settings from a text": `setenv rootdev /dev/mmcblk0p1
setenv load_addr 0x51000000
if test -e ${card} \${prefix}settings.txt; then
  load ${card} \${load_addr} \${prefix}settings.txt
  env import -t \${load_addr} \${filesize}
fi
test -n "\${verbosity}" || setenv verbosity 1
if test "\${quiet}" = "yes"; then setenv more quiet; fi
load ${card} \${kernel_addr_r} \${prefix}Image
load ${card} \${fdt_addr_r} \${prefix}board.dtb
setenv bootargs "root=\${rootdev} loglevel=\${verbosity} \${more} \${extraargs}"
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
  "overlays in a loop": `setenv load_addr 0x51000000
load mmc 0:1 \${fdt_addr_r} board.dtb
fdt addr \${fdt_addr_r}
fdt resize 65536
for each in \${overlays}; do
  if load mmc 0:1 \${load_addr} overlays/\${each}.dtbo; then
    echo "applying \${each}"
    fdt apply \${load_addr} || setenv bad true
  fi
done
if test "\${bad}" = "true"; then
  load mmc 0:1 \${fdt_addr_r} board.dtb
else
  if test -e mmc 0:1 fixup.scr; then
    load mmc 0:1 \${load_addr} fixup.scr
    source \${load_addr}
  fi
fi
load mmc 0:1 \${kernel_addr_r} Image
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
  "loads one in the other": `if load mmc 0:1 \${kernel_addr_r} Image; then
  if load mmc 0:1 \${fdt_addr_r} board.dtb; then
    if load mmc 0:1 \${ramdisk_addr_r} initrd.img; then
      booti \${kernel_addr_r} \${ramdisk_addr_r}:\${filesize} \${fdt_addr_r}
    else
      booti \${kernel_addr_r} - \${fdt_addr_r}
    fi
  fi
fi
`,
  "devices in turn": `for kind in mmc usb; do
  for number in 0 1; do
    if test -e \${kind} \${number}:1 Image; then
      load \${kind} \${number}:1 \${kernel_addr_r} Image
      load \${kind} \${number}:1 \${fdt_addr_r} board.dtb
      setenv bootargs root=/dev/\${kind}\${number}
      booti \${kernel_addr_r} - \${fdt_addr_r}
    fi
  done
done
echo nothing found
`,
  "branches with nothing but a comment": `setenv order "B A"
for slot in \${order}; do
  if test "x\${part}" != "x"; then
    # one is chosen
  elif test "x\${slot}" = "xA"; then
    setenv part 2
  elif test "x\${slot}" = "xB"; then
    setenv part 3
  fi
done
load mmc 0:\${part} \${kernel_addr_r} Image
load mmc 0:\${part} \${fdt_addr_r} board.dtb
setenv bootargs root=/dev/mmcblk0p\${part}
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
  "elif after a then on its line": `if test "\${a}" = 1; then elif test "\${b}" = 1; then reset; fi
echo through
`,
  "the status by its name": `load mmc 0:1 \${kernel_addr_r} Image
if test $? -eq 0; then echo there; else reset; fi
load mmc 0:1 \${kernel_addr_r} zImage
if test $? != 0; then reset; fi
dhcp
echo $?
`,
  "what is not taken": `if test "\${a}" = "b"; then reset; fi
while test "\${a}" = "b"; do reset; done
echo on
`,
  "rows of && and ||": `load mmc 0:1 \${kernel_addr_r} Image && load mmc 0:1 \${fdt_addr_r} board.dtb && booti \${kernel_addr_r} - \${fdt_addr_r}
load mmc 0:2 \${kernel_addr_r} other/Image || load mmc 0:2 \${kernel_addr_r} more/Image || reset
test "\${a}" = "b" && test "\${c}" = "d" && reset
false && echo no || reset
`,
  "names of a card without values": `bootz \${kernel_addr_r} - \${no_such_tree}
load mmc 0:1 \${no_such_address} Image
test \${no_such} = yes && reset
`,
  "over the network": `setenv serverip 192.168.0.250
setenv autoload no
dhcp
if tftpboot \${kernel_addr_r} 192.168.0.250:boot/Image && tftpboot \${fdt_addr_r} boot/board.dtb; then
  setenv bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/root,vers=3,tcp ip=dhcp"
  booti \${kernel_addr_r} - \${fdt_addr_r}
fi
reset
`,
  "a configuration of a FIT": `load mmc 0:1 \${ramdisk_addr_r} os.itb
bootm \${ramdisk_addr_r}#conf-1
bootm \${ramdisk_addr_r}
`,
  "a FIT alone": `load mmc 0:1 \${ramdisk_addr_r} os.itb
bootm \${ramdisk_addr_r}
`,
  "names in quotes": `load "\${devtype}" "\${devnum}:1" "\${kernel_addr_r}" "\${prefix}Image"
if test -e "\${devtype}" "\${devnum}:1" "\${prefix}.next"; then setenv extra next; fi
load "\${devtype}" "\${devnum}:1" "\${fdt_addr_r}" "\${prefix}board.dtb"
setenv bootargs "a=1 \${extra}"
booti "\${kernel_addr_r}" - "\${fdt_addr_r}"
`,
  "the root by its UUID": `if test "\${devtype}" = "mmc"; then part uuid mmc \${devnum}:2 uuid; fi
setenv bootargs root=PARTUUID=\${uuid} rw
load mmc 0:1 \${kernel_addr_r} Image
load mmc 0:1 \${fdt_addr_r} board.dtb
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
  "variables of the shell": `m4=
kernel=Image
test -n "\${suffix}" || suffix=-a
itest.s "x" == "x\${suffix}" || setenv bootargs suffix=\${suffix}
load mmc 0:1 \${kernel_addr_r} \${kernel}
load mmc 0:1 \${fdt_addr_r} board.dtb
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
  counts: `test -n "\${left}" || setenv left 3
if test \${left} -gt 0; then
  setexpr left \${left} - 1
  saveenv
  echo "\${left} are left"
else
  reset
fi
if itest \${left} -lt 2; then reset; fi
`,
  "commands kept for later": `setenv start 'booti \${kernel_addr_r} - \${fdt_addr_r}'
setenv get "load mmc 0:1 \${kernel_addr_r} Image; \\
  load mmc 0:1 \${fdt_addr_r} board.dtb;"
run get
run start
run nothing
reset
`,
  "words that are none of the shell's": `echo done
echo "if then fi"
echo "[a] {b}; c && d"
reset
`,
  "a value of several lines": `setenv bootargs "console=ttyS0
root=/dev/mmcblk0p2"
load mmc 0:1 0x50000000 Image
load mmc 0:1 0x4fa00000 board.dtb
booti 0x50000000 - 0x4fa00000
`,
  "conditions of several kinds": `if test "\${a}" = "1" -a "\${b}" != "2"; then echo one; fi
if test "\${a}" = "1" || test "\${b}" = "2"; then reset; fi
if test ! -e mmc 0:1 stop && test -n "\${c}\${d}"; then poweroff; fi
if printenv e; then reset; fi
if true; then echo always; fi
if false; then reset; else echo never; fi
`,
};

/** Each once: two tests look at them. */
const measured = new Map<string, ReturnType<typeof measure>>();

function once(text: string): ReturnType<typeof measure> {
  const found = measured.get(text) ?? measure("boot.cmd", text);
  measured.set(text, found);
  return found;
}

describe("a script ends like its import", () => {
  it.each(some(Object.entries(scripts)))("%s", (_, text) => {
    const found = once(text);
    if (typeof found === "string") throw new Error(found);
    const { errors, differences, flow } = found;
    expect({ errors, differences }, flow).toEqual({ errors: [], differences: [] });
  });
});

it.skipIf(isQuick)("has a statement for most commands", () => {
  const all = Object.values(scripts).map(once);
  const sum = (of: "commands" | "recognised") =>
    all.reduce((total, each) => total + (typeof each === "string" ? 0 : each[of]), 0);
  expect(sum("recognised") / sum("commands")).toBeGreaterThan(0.9);
});

const simple = fc.constantFrom(
  ...["echo a", "setenv a b", "setenv a", "b=1", "true", "false", "saveenv", "run c", "dhcp"],
  ...["load mmc 0:1 ${kernel_addr_r} Image", "load mmc 0:1 ${fdt_addr_r} board.dtb"],
  ...["test -e mmc 0:1 flag", 'test "${a}" = b', "test ${a} = b", "test -n ${a}"],
  ...['setenv bootargs "a=${a} b=${b}"', "booti ${kernel_addr_r} - ${fdt_addr_r}", "frobnicate"],
);
const row = fc
  .tuple(simple, fc.array(fc.tuple(fc.constantFrom("&&", "||"), simple), { maxLength: 2 }))
  .map(([first, rest]) => [first, ...rest.flat()].join(" "));
const { list } = fc.letrec<{ list: string; command: string }>((tie) => ({
  command: fc.oneof(
    { maxDepth: 2 },
    row,
    fc.tuple(row, tie("list"), tie("list")).map(([c, a, b]) => `if ${c}; then\n${a}else\n${b}fi`),
    fc
      .tuple(row, tie("list"), row, tie("list"))
      .map(([c, a, d, b]) => `if ${c}; then\n${a}elif ${d}; then\n${b}fi`),
    tie("list").map((body) => `for i in 1 \${a} 2; do\n${body}done`),
    tie("list").map((body) => `frobnicate\nif test $? -eq 0; then\n${body}fi`),
  ),
  list: fc
    .array(tie("command"), { minLength: 1, maxLength: 2 })
    .map((commands) => commands.map((each) => `${each}\n`).join("")),
}));

it("ends like its import, whatever it is made of", () => {
  fc.assert(
    fc.property(list, (text) => {
      const found = measure("boot.cmd", `# at random\n${text}`);
      if (typeof found === "string") throw new Error(found);
      const others = found.errors.filter((each) => !each.startsWith("script-too-large"));
      expect(others, found.flow).toEqual([]);
      expect(found.differences, found.flow).toEqual([]);
    }),
    { numRuns: runs(12) },
  );
});
