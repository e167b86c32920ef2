// What `iminfo` prints of a whole FIT. Governed by fit_print_contents and fit_conf_print in
// boot/image-fit.c.
import type { FitConfiguration } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { printImage } from "./fit-print.js";
import { dateText } from "./legacy.js";
import type { LoadedFit } from "./loaded-fit.js";

/** Prints all images and configurations. */
export function printFit(machine: Machine, loaded: LoadedFit): void {
  const { print, board } = machine;
  const { description, time, images, configurations, defaultConfiguration } = loaded.fit;
  print(`   FIT description: ${description ?? "unavailable"}\n`);
  if (board.images.timestampRequired) {
    print(`   Created:         ${time === undefined ? "unavailable" : dateText(time)}\n`);
  }
  for (const [index, image] of images.entries()) {
    print(`    Image ${index} (${image.name})\n`);
    printImage(machine, loaded, image);
  }
  if (defaultConfiguration !== undefined) {
    print(`    Default Configuration: '${defaultConfiguration}'\n`);
  }
  for (const [index, configuration] of configurations.entries()) {
    print(`    Configuration ${index} (${configuration.name})\n`);
    printConfiguration(machine, configuration);
  }
}

/** What a configuration can name, in the order it is printed; several are one below the other. */
const rows: readonly (readonly [property: string, title: string])[] = [
  ["ramdisk", "Init Ramdisk:"],
  ["firmware", "Firmware:"],
  ["fdt", "FDT:"],
  ["compatible", "Compatible:"],
  ["fpga", "FPGA:"],
  ["loadables", "Loadables:"],
];

function printConfiguration({ print }: Machine, configuration: FitConfiguration): void {
  const { description = "unavailable", images, compatible } = configuration;
  const named = (wanted: string) =>
    images.filter(({ property }) => property === wanted).map(({ name }) => name);
  const row = (title: string, value: string) => print(`     ${title.padEnd(14)}${value}\n`);
  row("Description:", description);
  row("Kernel:", named("kernel")[0] ?? "unavailable");
  for (const [property, title] of rows) {
    const values = property === "compatible" ? compatible : named(property);
    for (const [index, value] of values.entries()) row(index === 0 ? title : "", value);
  }
}
