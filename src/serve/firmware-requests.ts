// What the firmware of Raspberry Pis asks for and does without: files that only some boards or some
// set-ups have, and everything once more in a folder that is not there. Sources: Raspberry Pi's
// documentation ("boot flow", "network boot") and what boards were seen to ask for.

/** Files that a boot goes on without, below whatever folder they are asked for in. */
const OPTIONAL =
  /^(?:bootsig\.bin|autoboot\.txt|recovery\.elf|recovery4?\.bin|recover4\.elf|pieeprom\.(?:sig|upd|bin)|vl805\.(?:sig|bin)|dt-blob\.bin|bootcfg\.txt|tryboot\.txt|boot\.(?:img|sig)|armstub[\w-]*\.bin|overlays\/(?:README|overlay_map\.dtb|hat_map\.dtb))$/;

/** The folder of one board: eight digits of its serial number, or its MAC address. */
const FOLDER = /^(?:[0-9a-f]{8}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})\//;

/** Why a file that is not there was only to be expected; undefined when it was not. */
export function expectedMiss(
  name: string,
  isServed: (name: string) => boolean,
): string | undefined {
  const [folder = ""] = FOLDER.exec(name) ?? [];
  const inside = name.slice(folder.length);
  if (folder !== "" && isServed(inside)) return `it is there without ${folder}`;
  return OPTIONAL.test(inside) ? "boards boot without it" : undefined;
}
