// The filters that mean exactly the sessions that lost points where something got worse.
import type { Search } from "../search";
import type { Change } from "../types";

export const searchOf = (change: Change): Search => ({ ...(change.filter as Search), sort: "score", order: "asc" });
