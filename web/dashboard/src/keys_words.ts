// The texts of the keys: loaded with what shows them.

export const keysWords = {
  title: "Keys", close: "Close", open: "All keys", everywhere: "On every page", onList: "On the list of sessions", onSession: "On a session", onErrors: "On the list of errors", onLatency: "On Latency", apis: "next and previous API", onJourneys: "On journeys", view: "flow, funnel, loops", direction: "forwards or backwards", table: "table or drawing", onHeatmap: "On the heatmaps", layer: "next layer", width: "next width",
  jump: "go to a page, view or session", help: "this overview of the keys", search: "search", rows: "next and previous row", enter: "open the row", tick: "tick the row, with shift all from the last tick to it", stay: "stay, at the end of a session in a queue", play: "play and pause", arrows: "10 seconds back and on", oneEvent: "one event back and on", goOverview: "go to Overview", goSessions: "go to Sessions", goJourneys: "go to Journeys", goLatency: "go to Latency",
  signals: "next and previous signal", neighbours: "previous and next session of the list or queue", speed: "speed, 0.5× to 16×", idle: "skip idle time or not", full: "full screen", worst: "the worst moment", copy: "copy the link at this second",
  axis: "with a drawing over time in focus: along it, with Shift choose a period, Enter shows it", lanes: "with the timeline in focus: from mark to mark, from lane to lane", or: "or",
};
