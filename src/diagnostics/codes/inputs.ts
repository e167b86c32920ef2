// The files that a flow takes in.
import { code, list, page } from "./entry.js";

export const inputs = {
  "input-missing": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` does not exist`,
    help: () => "paths are relative to the file they are written in",
    explain: page(
      "The flow names a file that is not there. Paths are relative to the file that they are written in, not to the folder that the command was started in.",
      "Correct the path, or put the file there. Nothing is written until then: boards would wait for a kernel that a build does not have.",
    ),
  }),
  "input-not-a-file": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` ${detail}`,
    help: () => "name a file: for a folder, one of the files in it",
    explain: page(
      "An input has to be a regular file, since it is looked into first and copied later. Folders, pipes and devices cannot be read twice.",
      "Name the file inside the folder; write the output of a pipe to a file first.",
    ),
  }),
  "input-unreadable": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` cannot be read: ${detail}`,
    help: () => "look at its permissions, and at those of the folders above it",
    explain: page(
      "The file exists, but the system refused to read it. The message ends with the reason.",
      "Look at the permissions of the file and of the folders above it.",
    ),
  }),
  "input-empty": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is empty`,
    help: () => "build it again; an interrupted copy leaves such files",
    explain: page(
      "An interrupted copy or a full disk leaves a file without contents.",
      "On the board it does harm: for U-Boot an empty download is a success that keeps the old `filesize` and whatever was in memory before, and the board boots that. Make the file again.",
    ),
  }),
  "table-unreadable": code<{ detail: string }>({
    severity: "error",
    message: ({ detail }) => `this is not a table: ${detail}`,
    help: () => "a table is CSV with a header line, or a JSON list of objects",
    explain: page(
      "A client table is CSV with a header line (RFC 4180), or a JSON list of objects, if its name ends in `.json`.",
      "In CSV write a value that has a comma, a quote or a line end in double quotes, and a quote inside it twice. Lines that begin with `#` are comments. The encoding is UTF-8; lines end with LF or CR LF.",
    ),
  }),
  "table-not-a-list": code<object>({
    severity: "error",
    message: () => "a client table in JSON is a list of objects",
    help: () => 'write [ { "name": "bench-1", "serial": "0000000012345678" } ]',
    explain: page(
      "A client table in JSON is a list with an object for each client. The keys of the object are the names of the client's values, and one of them is `name`.",
      "These objects hold only text, numbers and null.",
    ),
  }),
  "table-no-name": code<{ found: readonly string[] }>({
    severity: "error",
    message: ({ found }) =>
      found.length > 0
        ? `no column \`name\` among ${list(
            found.map((each) => `\`${each}\``),
            "and",
          )}`
        : "no `name`",
    help: () => "give each client a `name`: messages and `--client` use it",
    explain: page(
      "Every client has a name, which messages, `--client` and the manifest use. In a CSV table the first line names the columns, and one of them is `name`; in JSON each object has a `name`.",
      "If the first line of the table is already a client, put a header line before it.",
    ),
  }),
  "table-column-name": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` cannot be the name of a column`,
    help: ({ name }) =>
      /[;\t|]/.test(name)
        ? "columns are separated by commas"
        : "begin with a letter, and use letters, digits, _ and -: a flow writes it {client.NAME}",
    explain: page(
      "A flow uses a column as {client.NAME}, so the column needs a name of the language: letters, digits, _ and -, beginning with a letter.",
      "A first line such as `name;serial` comes from a program that separates with semicolons: export it with commas.",
    ),
  }),
  "table-column-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the column \`${name}\` is there twice`,
    help: () => "rename one of them, or remove it",
    explain: page(
      "Two columns have the same name. Nothing says which value {client.NAME} means, and boards would get one or the other.",
      "Rename one of them, or remove it.",
    ),
  }),
  "table-width": code<{ expected: number; found: number }>({
    severity: "error",
    message: ({ expected, found }) => `${found} values where the header has ${expected} columns`,
    help: () => "a value with a comma in it has to be in double quotes",
    explain: page(
      "Every line of a CSV table has a value for each column of the header; the value may be empty. Here a line has more or fewer.",
      "The usual reason is a value with a comma in it, such as ttyS1,115200, which has to be in double quotes. ubootc does not guess: every value after the comma would move by one column, and boards would get the values of another column.",
    ),
  }),
  "table-value": code<{ name: string; found: string }>({
    severity: "error",
    message: ({ name, found }) => `\`${name}\` is ${found}, not text or a number`,
    help: () => "write it as text, in double quotes",
    explain: page(
      "A client's values are texts that end up in file names and kernel arguments. Numbers are used as they are written; lists, objects, true and false cannot be.",
      "Write it as text. `null` means that the client does not have the value.",
    ),
  }),
};
