// Which statements bring something over the network, and how.
import type { Statement } from "../language/index.js";
import type { Analysis } from "../memory/index.js";
import { fetches, rawCommands } from "./raw.js";

/** The protocol `statement` fetches with; undefined when what it brings comes from a device. */
export function protocolOf(
  statement: Statement,
  { momentOf }: Pick<Analysis, "momentOf">,
): string | undefined {
  const moment = momentOf.get(statement);
  switch (statement.type) {
    case "load":
      return overNetwork(statement.from?.kind.name ?? "tftp");
    case "chain":
      // Without `from` it comes from where the script was put.
      return overNetwork(statement.from?.kind.name ?? moment?.chained?.script.place ?? "tftp");
    case "boot":
      return moment && moment.loads.length > 0 ? "tftp" : undefined;
    default: {
      const command = rawCommands(statement).find(fetches);
      return command?.[0];
    }
  }
}

const overNetwork = (device: string) => (/^(?:tftp|http|nfs)$/.test(device) ? device : undefined);
