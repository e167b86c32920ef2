// What the roots of a flow can be like, and the folder server/ of its build.
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { serverFiles } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";

const script = (body = "root rootfs") => `
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  bootargs { ${body} }
}
`;

const clients = `
client bench-1 { serial "0000000012345678"  address "192.168.0.31" }
client bench-2 { serial "00000000aabbccdd"  address "192.168.0.32" }
`;

/** What the roots of a flow can be like. */
export const flows: Readonly<Record<string, string>> = {
  "one root for all, with their addresses": `nfsroot rootfs at "/srv/rootfs/"\n${clients}${script()}`,
  "a root for each, NFS 4.1": `nfsroot rootfs at "/srv/{client.name}" { version 4.1  export "async,crossmnt" }\n${clients}${script()}`,
  "no addresses, read-only": `nfsroot rootfs at "/srv/rootfs" { mode ro }\nclient bench-1 { serial "0001" }\n${script()}`,
  "a network of its own, and a second root": `nfsroot rootfs at "/srv/a" { to 10.42.0.0/16 }\nnfsroot other at "/srv/b" { protocol udp  export "root_squash" }\n${clients}${script()}`,
  "options of each client": `nfsroot rootfs at "/srv/rootfs" { export "{client.export}" }\n${clients.replace('0.31" ', '0.31"  export "async,root_squash" ').replace('0.32" ', '0.32"  export "sync" ')}${script()}`,
  "a path that only the board knows, and no root to serve": `nfsroot rootfs at "/srv/\${serial#}"\n${clients}${script()}`,
};

/** The texts of server/, by name; without the unit, which has a test of its own. */
export function serverOf(flow: string): ReadonlyMap<string, string> {
  const text = `board rpi_3\nserver 192.168.0.250\n${flow}`;
  const { artifacts, program } = compile("lab.boot", { files: memoryFiles({ "lab.boot": text }) });
  if (!artifacts || !program) throw new Error("has errors");
  const files = serverFiles(program, artifacts).filter(({ name }) => name !== "ubootc.service");
  return new Map(
    files.map(({ name, content }) => [name, Buffer.from(bytesOf(content)).toString()]),
  );
}
