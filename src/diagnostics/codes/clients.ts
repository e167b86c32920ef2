// Clients and the networks they are in.
import { code, type Misspelt, page } from "./entry.js";

export const clients = {
  "client-outside": code<{ name: string; why?: string | undefined }>({
    severity: "error",
    message: ({ name, why }) => `\`{client.${name}}\` has no meaning here${why ? `: ${why}` : ""}`,
    help: () => "add `for each client` to the script, or use a `param`",
    explain: page(
      "A value of a client has a meaning only where something is compiled for each client: in scripts `for each client` and what they use. This place is the same for all of them.",
      "Add `for each client` to the script. Its file name then has to tell clients apart, for example with `${serial#}`.",
    ),
  }),
  "client-value-missing": code<{ client: string } & Misspelt>({
    severity: "error",
    message: ({ client, name }) => `client \`${client}\` has no \`${name}\``,
    help: ({ nearest, name }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : `give it one, or all of them: client * { ${name} "…" }`,
    explain: page(
      "A script that is compiled for each client uses a value that this client does not have. The board would get a script with a hole in it.",
      "Give the client the value, or give it to all with `client * { … }`, which a client's own value overrides. An empty cell of a table counts as no value.",
    ),
  }),
  "client-shared": code<{ key: string; value: string; first: string; second: string }>({
    severity: "error",
    message: ({ key, value, first, second }) =>
      key === "name"
        ? `two clients are called \`${value}\``
        : `clients \`${first}\` and \`${second}\` have the same ${key}, \`${value}\``,
    help: () => "one of them was most likely copied: correct it, or take the client out",
    explain: page(
      "Names, serial numbers, MAC and IP addresses tell boards apart. Two clients with the same one would write the same file, and one board would boot with what is meant for the other.",
      "Upper and lower case count as the same, since not all file systems tell them apart. Correct the one that was copied.",
    ),
  }),
  "network-twice": code<object>({
    severity: "error",
    message: () => "a flow has one `network`",
    help: () => "take one of them out",
    explain: page(
      "`network` says how the boards get their addresses, for server/dnsmasq.conf and for `ubootc serve --dhcp`. Both work for one network: with two it would be open which of them a board is in.",
      "Keep the one that the boards are in. For two labs, write two flows that `include` what they share.",
    ),
  }),
  "outside-subnet": code<{ what: string; address: string; subnet: string; guessed: boolean }>({
    severity: "error",
    message: ({ what, address, subnet }) => `${what} ${address} is not in ${subnet}`,
    help: ({ guessed }) =>
      guessed
        ? "write `subnet` if the network is larger than the /24 of the range"
        : "correct the address, or the subnet",
    explain: page(
      "A board can only have, and reach without a router, addresses of the subnet it is in. A lease or a router outside it leaves the board without a network, though DHCP itself went well.",
      "The subnet is the /24 that the range begins in, unless `subnet` says something else. It holds all its addresses but the first and the last, which mean the network and everybody in it.",
    ),
  }),
  "address-in-range": code<{ what: string; address: string; client: boolean }>({
    severity: "error",
    message: ({ what, address }) => `${what} has ${address}, which the range gives to any board`,
    help: ({ client }) =>
      client
        ? "give the client its `mac`, so that the address is kept for it, or an address outside the range"
        : "end the range before it, or begin it behind",
    explain: page(
      "The addresses of a range are given to whoever asks first. A machine that has one of them already, without asking, would share it with a board, and packets would reach now the one and now the other.",
      "A client's address may be in the range when the client has a `mac`: it is kept for that board then. Everything else belongs outside.",
    ),
  }),
  "client-name-property": code<object>({
    severity: "error",
    message: () => "the name of a client stands before its braces",
    help: () => "take it out of the braces: {client.name} is the word behind `client`",
    explain: page(
      "The name of a client is the word behind `client`, and {client.name} is that. A second name between the braces would contradict it.",
      "Take it out. In tables, where there is no such word, `name` is a column.",
    ),
  }),
};
