// The commands for the environment, where some variables have a type. Governed by cmd/nvedit.c.
import type { Run } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";

/** `setenv`, `saveenv`. */
export const environmentCommands: Family = (machine) => ({
  setenv: (args) => setenv(machine, args),
  saveenv: { run: () => saveenv(machine), maxargs: 1 },
});

function setenv({ environment, print }: Machine, args: readonly string[]): ReturnType<Run> {
  const first = args.findIndex((each) => !each.startsWith("-"));
  const options = first < 0 ? args : args.slice(0, first);
  if (args.length === 0 || options.some((each) => !/^-f*$/.test(each))) return "usage";
  if (first < 0) return 0;
  const [name = "", ...values] = args.slice(first);
  if (name.includes("=")) {
    print(`## Error: illegal character '=' in variable name "${name}"\n`);
    return 1;
  }
  const force = options.some((each) => each.includes("f"));
  const refusal = environment.change(name, values.length > 0 ? values.join(" ") : undefined, force);
  if (refusal) print(refusal);
  return refusal ? 1 : 0;
}

function saveenv({ print, wait }: Machine): number {
  wait(100);
  print("Saving Environment to Flash... OK\n");
  return 0;
}
