// The texts of a project that has recorded nothing yet: loaded with what shows them.

export const firstRunWords = {
  listening: "Listening", title: "One script, then the first visit.",
  lead: "Put this in the head of every page. The first session shows up here about five seconds after it happens.",
  add: "Add the script", copy: "Copy", copied: "Copied", privacy: "Typed text is masked in the browser, addresses lose their query, Do Not Track is honoured.",
  open: "Open your site", waiting: "Waiting for the first event. Click anywhere on the page.", arrived: "The first event has arrived. Its session is shown in a moment.", see: "See it",
  seeSub: "Replay at once, a score a few seconds after. Comparisons need 100 sessions on each side; until then you see counts, not verdicts.",
  will: "What you will see here", scale: "experience score, 0 to 100", noKey: "This project has no write key. Make one with “mien key create”.",
};
