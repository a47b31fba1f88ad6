// What one batch holds, in the collector's spelling (docs/wire-format.md). Times are milliseconds since 1970.

export type Metadata = Record<string, unknown>;

export interface WireEvent {
  type: string;
  at: number;
  screen: string;
  element_id?: string;
  /** CSS pixels of the document. */
  x?: number;
  y?: number;
  scroll?: number;
  metadata: Metadata;
}

export interface WireCall {
  api: string;
  latency_ms: number;
  /** HTTP status, 0 for a network failure, null for unfinished: `latency_ms` is then the time waited. */
  status: number | null;
  at: number;
  /** To the first byte of the answer, where the browser says it. */
  ttfb_ms?: number;
}

export interface WireError {
  screen: string;
  message: string;
  stack?: string;
  at: number;
  /** One item may stand for several equal errors. */
  count?: number;
}

export interface ReplayChunk {
  index: number;
  at: number;
  enc: "gzip" | "json";
  n: number;
  data: string;
}

export interface Items {
  events: WireEvent[];
  latency: WireCall[];
  errors: WireError[];
  replay: ReplayChunk[];
}

export interface WireUser {
  external_user_id?: string;
  email?: string;
  locale?: string;
  device_type?: string;
}

export interface WireSession {
  session_id: string;
  device_id: string;
  started_at: number;
  screen_resolution: string;
  app_version?: string;
  user: WireUser;
  referrer?: string;
  utm?: Record<string, string>;
  staff?: true;
}

export interface Batch extends Items {
  write_key: string;
  batch_id: string;
  sent_at: number;
  tab: string;
  seq: number;
  session: WireSession;
}
