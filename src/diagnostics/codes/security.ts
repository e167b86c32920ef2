// What anybody could read or do.
import { check } from "./entry.js";

export const security = {
  "fetched-environment": check<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `\`${what}\` runs what came over the network`,
    help: () => "put the values into the flow: client tables and `param` are made for that",
    byHand: () => "take only what you need: `env import -t ADDRESS SIZE NAME…`, and run none of it",
    explain:
      "An imported variable can be any command, `bootcmd` among them. TFTP and HTTP know no sender: whoever answers first decides what the board runs, and after `save` for good.",
  }),
  secret: check<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `this looks like ${what}, and everybody can fetch what a build makes`,
    help: () => "keep it out of the flow: let the running system get it over an authenticated way",
    explain:
      "Scripts, kernel arguments and files are served to whoever asks, without a password, and kernel arguments can be read by every user of the running system.",
  }),
};
