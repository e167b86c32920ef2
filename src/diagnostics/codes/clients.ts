// Clients and the networks they are in.
import { code, type Misspelt, page } from "./entry.js";

export const clients = {
  "client-outside": code<{ name: string; why?: string | undefined }>({
    severity: "error",
    message: ({ name, why }) => `\`{client.${name}}\` has no value here${why ? `: ${why}` : ""}`,
    help: () =>
      "add `for each client` to the script, and `${serial#}` to its name; or use a `param`",
    explain: page(
      "A client's value is known only where something is compiled for each client: in scripts `for each client` and in what they use. This place is compiled once for all of them.",
      "Add `for each client` to the script. Its file name then has to differ between clients, for example with `${serial#}`. For a value that is the same for all, use a `param`.",
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
      "A script that is compiled for each client uses a value that this client does not have. The board would get a script in which something is missing.",
      "Give the client the value, or give it to all with `client * { … }`, which a client's own value overrides. An empty cell of a table counts as no value.",
    ),
  }),
  "client-shared": code<{ key: string; value: string; first: string; second: string }>({
    severity: "error",
    message: ({ key, value, first, second }) =>
      key === "name"
        ? `two clients are called \`${value}\``
        : `clients \`${first}\` and \`${second}\` have the same ${key}, \`${value}\``,
    help: () => "one of them was most likely copied: correct it, or remove the client",
    explain: page(
      "Names, serial numbers, MAC and IP addresses tell boards apart. Two clients with the same one would get the same file, and one board would boot what is meant for the other.",
      "Upper and lower case count as the same, since not all file systems tell them apart. Correct the one that was copied.",
    ),
  }),
  "network-twice": code<object>({
    severity: "error",
    message: () => "a flow has only one `network`",
    help: () => "remove one of them",
    explain: page(
      "`network` says how the boards get their addresses, for server/dnsmasq.conf and for `ubootc serve --dhcp`. Both work for one network only: with two, nothing says which of them a board is in.",
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
      "A board can use only addresses of its own subnet, and reach only those without a router. With a lease or a router outside of it the board has no network, although DHCP itself worked.",
      "The subnet is the /24 that the range begins in, unless `subnet` says something else. All its addresses can be used but the first and the last, which mean the network and everybody in it. Correct the address, or write the `subnet`.",
    ),
  }),
  "address-in-range": code<{ what: string; address: string; client: boolean }>({
    severity: "error",
    message: ({ what, address }) =>
      `${what} has ${address}, which the range gives to any board that asks`,
    help: ({ client }) =>
      client
        ? "give the client its `mac`, so that the address is kept for it, or an address outside the range"
        : "end the range before it, or begin it after it",
    explain: page(
      "The addresses of a range are given to whoever asks first. A machine that uses one of them without asking would share it with a board, and packets would reach sometimes one and sometimes the other.",
      "A client's address may be in the range when the client has a `mac`: it is then kept for that board. All other machines need an address outside the range.",
    ),
  }),
  "client-name-property": code<object>({
    severity: "error",
    message: () => "a client's name is the word before its braces",
    help: () => "remove it from the braces: {client.name} is the word after `client`",
    explain: page(
      "The name of a client is the word after `client`, and {client.name} is that word. A second name between the braces would contradict it.",
      "Remove it. In tables, where there is no such word, `name` is a column.",
    ),
  }),
};
