// The texts of a project that has recorded nothing yet: loaded with what shows them.
import { plural } from "./format";

export const firstRunWords = {
  listening: "Listening", title: "One script, then the first visit.",
  lead: "Put this in the head of every page. The first session shows up here about five seconds after it happens.",
  add: "Add the script", copy: "Copy", copied: "Copied", privacy: "Typed text is masked in the browser, addresses lose their query, Do Not Track is honoured.",
  open: "Open your site", waiting: "Waiting for the first event. Click anywhere on the page.", arrived: "The first event has arrived. Its session is shown in a moment.", see: "See it",
  seeSub: "Replay at once, a score a few seconds after. Comparisons need 100 sessions on each side; until then you see counts, not verdicts.",
  refused: (origin: string, n: number) => `${plural(n, "batch", "batches")} from ${origin} ${n === 1 ? "was" : "were"} refused: this project takes what is sent from the origins in its settings alone.`,
  allow: "Allow this origin", allowNamed: (origin: string) => `Allow this origin: ${origin}`, allowed: (origin: string) => `${origin} may send now. Load your page again.`, cannotAllow: "It is no web address that could be allowed: open your page by http or https.",
  will: "What you will see here", scale: "experience score, 0 to 100", noKey: "This project has no write key. Make one with “mien key create”.",
};
