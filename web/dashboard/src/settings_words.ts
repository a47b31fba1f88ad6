// Texts of Settings.
import { plural } from "./format";

export const settingsWords = {
  title: "Settings", sub: (project: string) => `of ${project}; accounts and tokens are the same for all projects`, save: "Save", saved: "Saved. Scripts follow within minutes.", copy: "Copy", copied: "Copied", revoke: "Revoke", remove: "Remove", keep: "Keep", make: "Make", label: "Note for yourself", close: "Close",
  script: "Script", scriptSub: "one line in the head of every page", noKey: "No valid key for sites. Make one below.", listening: "Waiting for the first event …", arrived: (at: string, sessions: number) => `The first event arrived on ${at}. ${sessions >= 1000 ? "1,000 sessions and more" : plural(sessions, "session")} so far.`, which: "Key in the script",
  project: "Project", name: "Name", origins: "Origins that may send", originsHint: "One a line, such as https://shop.example. Empty: any origin may send.", sampling: "Share of sessions that scripts record, in %", samplingHint: "100 records every session. It is decided once a session.",
  replay: "Record replay (masked)", captures: "What scripts capture", feedback: "Ask visitors how it went", feedbackShare: "Share of sessions that is asked, in %", wrongShare: "Write a share between 0 and 100.",
  captureNames: {
    errors: "Errors", api_calls: "API calls", screens: "Screens", vitals: "Web vitals", clicks: "Clicks", inputs: "Inputs (never their content)", forms: "Forms", selection: "Selections", scroll: "Scrolling", pointer: "Pointer", visibility: "Visibility of the tab",
  } as Record<string, string>,
  keys: "Write keys", keysSub: "they stand in the page that sends, so they are no secrets", key: "Key", kind: "Kind", kinds: { site: "for sites", backfill: "for imports, any age", revoked: "revoked" }, made: "Made", backfill: "For imports: accept items of any age", makeKey: "Make a key", revokeKey: (label: string) => `Revoke the key ${label}? Within seconds nothing more is accepted with it.`, revokeName: (label: string) => `Revoke the key ${label}`,
  kept: {
    title: "Kept data", sub: "how long, and how to delete it", forEver: "Mien deletes nothing by itself: sessions, recordings and scores stay until somebody deletes them.",
    how: (schema: string) => `Deleting is done in the database, by SQL; there is no button for it yet. This project’s tables are in the schema ${schema}. The statements for old sessions, or for their recordings alone, are in docs/operating.md under “The disk is full”.`,
    visitor: "One visitor: the statements are in docs/operating.md under “Deleting one visitor”. They take a customer’s id or e-mail as their sessions show it, a device’s id, or the id of one session from its address. Backups that were made before keep what they hold.",
    then: "Afterwards this makes the figures of the pages anew:", rebuild: (slug: string) => `mien rollup rebuild --project ${slug}`,
  },
  thresholds: "Thresholds", thresholdsSub: "what counts as a signal, and what it costs", changed: (n: number) => (n === 0 ? "All thresholds and weights are Mien’s defaults." : `${plural(n, "number")} ${n === 1 ? "differs" : "differ"} from the defaults.`), muted: (n: number) => (n === 0 ? "No element is muted." : `${plural(n, "element")} ${n === 1 ? "is" : "are"} muted.`), toSignals: "Look at them on Signals",
  accounts: "Accounts", accountsSub: "who may sign in; every account may do everything", account: "Name", you: "you", makeAccount: "Make an account", removeAccount: (name: string) => `Remove ${name}? It is signed out at once; what it wrote stays.`, removeName: (name: string) => `Remove ${name}`, password: (name: string, password: string) => `${name} signs in with this password. It is shown this once: ${password}`,
  givenPassword: "Password", givenHint: "empty: a random one", own: "Your password", present: "Present password", fresh: "New password, at least 8 characters", change: "Change", changeHint: "Changing it signs you out everywhere, here too.",
  tokens: "Tokens", tokensSub: "read-only access to the API for programs", makeToken: "Make a token", forProject: "May read", all: "all projects", tokenMade: "Shown this once, it is not kept:", revokeToken: (label: string) => `Revoke the token ${label}? It stops working at once.`, revokeTokenName: (label: string) => `Revoke the token ${label}`, noTokens: "No token yet.", valid: "valid",
};
