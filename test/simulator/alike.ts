// What two boards may print differently although they do the same: times and what follows from them,
// U-Boot's help on wrong arguments, and what devices say about themselves.

/** `console` with all of that made alike. */
export function alike(console: string): string {
  return console
    .replaceAll("\r", "")
    .replace(/^(\d+ bytes (?:read|written)) in \d+ ms.*$/gm, "$1")
    .replace(/^\t [\d.]+ (?:Bytes|[KMG]iB)\/s\n/gm, "")
    .replace(/\(\d+ ms\)/g, "(… ms)")
    .replace(/virtio-net#\d+/g, "virtio-net")
    .replace(
      /^(\w+) - .*\n\nUsage:\n(?:(?!\1 (?:-|for) )\1\b.*\n|[ \t]+.*\n|For FIT.*\n|- (?:print|set) .*\n|addr uname .*\n|-v address .*\n|unit name.*\n|NOTE: .*\n|\n)*/gm,
      "Usage: $1\n",
    )
    .replace(/^(?:\w+ - .*\n\n)?Usage:\n(\w+) .*\n(?:\n)?/gm, "Usage: $1\n")
    .replace(/^(\w+=)?[0-9a-f]{8}-0\d$/gm, "$1…")
    .replace(/^(Device \d+: ).*\n {12}[\s\S]*?\n(?=\.\.\. is now)/gm, "$1\n")
    .replace(/^U-Boot 20.*\n(?:\n.*\n.*\n(?=status))?/gm, "U-Boot\n");
}
