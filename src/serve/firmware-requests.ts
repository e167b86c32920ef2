// What the firmware of Raspberry Pis asks for and does without: files that only some boards or some
// set-ups have, and everything once more in a folder that is not there. Sources: Raspberry Pi's
// documentation ("boot flow", "network boot"), the names that the bootloaders carry, and what servers
// were asked for (raspberrypi/firmware#1605, rpi-eeprom#74).

/** Files that a boot goes on without, below whatever folder they are asked for in. */
const OPTIONAL =
  /^(?:bootsig\.bin|autoboot\.txt|recovery\.elf|recovery4?\.bin|recover4\.elf|pieeprom\.(?:sig|upd|bin)|vl805\.(?:sig|bin)|dt-blob\.bin|bootcfg\.txt|cmdline\.txt|tryboot\.txt|boot\.(?:img|sig)|armstub[\w-]*\.bin|overlays\/(?:README|overlay_map\.dtb|hat_map\.dtb))$/;

/** The folder of one board: eight digits of its serial number, or its MAC address. */
const FOLDER = /^(?:[0-9a-f]{8}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})\//;

/** By which a board finds out whether it has a folder of its own. */
const PROBES = ["start4.elf", "start.elf", "config.txt"];

/** Kernels, of which a board takes the first that is there. */
const KERNELS = [
  ...["kernel_2712.img", "kernel8.img", "kernel8_rt.img", "kernel8-32.img"],
  ...["kernel7l.img", "kernel7.img", "kernel.img"],
];

/** Why a file that is not there was only to be expected; undefined when it was not. */
export function expectedMiss(
  name: string,
  isServed: (name: string) => boolean,
): string | undefined {
  const [folder = ""] = FOLDER.exec(name) ?? [];
  const inside = name.slice(folder.length);
  if (folder !== "" && isServed(inside)) return `it is there without ${folder}`;
  // With TFTP_PREFIX=1 the folder can have any name.
  const bare = inside.replace(/^(?!overlays\/)[^/]+\//, "");
  if (OPTIONAL.test(bare)) return "boards boot without it";
  if (KERNELS.includes(inside) && KERNELS.some((each) => isServed(folder + each))) {
    return "there is another kernel";
  }
  const looks = PROBES.includes(inside) && !PROBES.some((each) => isServed(folder + each));
  if (folder !== "" && looks && PROBES.some(isServed)) return `boards need no ${folder}`;
  // The Pi 4 tries one name after the other.
  const other = inside === "start.elf" && isServed(`${folder}start4.elf`);
  return other ? "there is a start4.elf" : undefined;
}
