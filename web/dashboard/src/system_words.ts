// Texts of System.
import { count, plural, zone } from "./format";

export const systemWords = {
  title: "System", sub: (version: string, postgres: string, python: string) => `Mien ${version}, PostgreSQL ${postgres}, Python ${python}. Times in ${zone()}`,
  well: "All is well.", wellSub: (newestBackup: string | null) => `Nothing waits, and nothing failed. ${newestBackup === null ? "This project has nothing to back up yet." : `The newest backup is of ${newestBackup}.`}`, attention: (n: number) => `${plural(n, "thing")} to look at`, todo: "What to do:",
  freshness: "Freshness", behind: "Behind", queued: "Sessions that wait", due: "Due now", inHand: "Being analysed", received: "Last batch", noBatch: "none in 24 hours", worker: "Worker",
  workers: { true: "running", false: "stopped", null: "elsewhere" } as Record<string, string>,
  losses: "Batches by day", lossesSub: "by the day on which their sessions started, in UTC", day: "Day", arrived: "Received", lost: "Never arrived", noBatches: "No batch in these 14 days.", share: "Share",
  hours: {
    title: "Batches by hour", sub: "by the hour in which their sessions started; refused items are only counted by day", hour: "Hour", none: "No batch in these 24 hours.", unfinished: "so far",
    whole: (all: number) => `In 24 hours ${plural(all, "batch", "batches")} arrived, and none is missing.`,
    lost: (lost: number, all: number, worst: string, there: number) => `In 24 hours ${count(lost)} of ${plural(all, "batch", "batches")} never arrived, most from ${worst} on: ${count(there)}.`,
    bar: (at: string, received: number, lost: number) => `${at}: ${count(received)} received, ${count(lost)} never arrived`,
  },
  dropped: "Refused items", droppedSub: "by reason, of 14 days", reason: "Reason", items: "Items", last: "Last", noDropped: "Nothing was refused.", means: "What to do",
  reasons: {
    too_old: "The item is older than MIEN_MAX_EVENT_AGE_DAYS. For imports use a key made for imports.", in_the_future: "The sender’s clock is ahead. Nothing to do, unless it is many.", no_type: "The sender must give each event a type.", no_api: "The sender must name the API of each call.",
    number_out_of_range: "The sender must send numbers that fit 32 bits, and no negative latency.", too_many_repeats: "A page throws the same error in a loop: see Errors.", metadata_refused: "The metadata are no object, too deep, or above 16 KiB.", replay_too_large: "A page is larger than 1 MiB as a recording.",
    invalid_event: "The sender’s event misses a field.", invalid_latency: "The sender’s call misses a field.", invalid_error: "The sender’s error misses a field.", invalid_replay: "The recording’s piece could not be unpacked.", unstorable: "PostgreSQL refused the row; the server’s log says why.",
  } as Record<string, string>,
  otherReason: "See docs/wire-format.md.", failed: "Analyzers that failed", failedSub: "at the last analysis of a session; the others’ rows are whole", analyzer: "Analyzer", sessions: "Sessions", example: "Newest example", noFailed: "None.",
  sizes: "Sizes", sizesSub: (project: string, all: string) => `${project} in this project, ${all} in the whole database`, table: "Table", size: "Size", rows: "Rows, estimated", noRows: "PostgreSQL has not counted this table yet; it does so when enough has changed.", allTables: (n: number) => `All ${count(n)} tables`, fewer: "Fewer",
  disk: "Disk", free: (free: string, all: string) => `${free} free of ${all}`, diskIs: { true: "It holds the database and the backups.", false: "It holds the backups; the database is elsewhere, and its disk is not seen from here." } as Record<string, string>, noDisk: "The data folder cannot be looked at.",
  connections: "Connections", connectionsOf: (n: number, most: number) => `${n} of ${most}`, since: "PostgreSQL runs since",
  backups: "Backups", backupsSub: (n: number) => plural(n, "file"), noBackup: "No backup yet.", howTo: "mien db backup", howToSub: "writes everything into one file. Run it every day and copy the file to another machine.", file: "File", made: "Made",
  unit: (bytes: number): string => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(bytes > 0 ? 1 : 0, Math.round(bytes / 1e3))} kB`),
};
