// What anybody could read or do.
import { check, page } from "./entry.js";

export const security = {
  "fetched-environment": check<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `\`${what}\` runs commands that came over the network`,
    help: () => "put the values into the flow: use a client table or `param`",
    byHand: () =>
      "import only the variables you need, `env import -t ADDRESS SIZE NAME…`, and run none of them",
    explain: page(
      "An imported variable can be any command, `bootcmd` among them. TFTP and HTTP do not check who sends: whoever answers first decides what the board runs, and after `save` at every boot from then on.",
      "Put the values into the flow, as a client table or a `param`. In a script written by hand, import named variables only, and run none of them.",
    ),
  }),
  secret: check<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `this looks like ${what}, and anybody can fetch what a build makes`,
    help: () =>
      "remove it from the flow: the running system can get it over an encrypted connection that checks who asks",
    explain: page(
      "The server gives scripts and files to whoever asks, without a password, and every user of the running system can read the kernel's arguments.",
      "Remove the secret from the flow. The running system can fetch it later, over a connection that checks who asks.",
    ),
  }),
};
