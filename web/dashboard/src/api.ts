// The typed client of Mien's API: sends the login cookie and the CSRF token, turns failures into ApiError, and
// sends the viewer to the login page when the login has ended.
import type { Client } from "openapi-fetch";
import type { paths } from "./api.gen";
import { words } from "./words";

/** A refused or failed call, with the server's sentence for the viewer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

let csrf: string | null = null;
let onSignedOut: () => void = () => undefined;

/** Remembers the token that state-changing calls must carry; comes with every `Me`. */
export function rememberCsrf(token: string | null): void {
  csrf = token;
}

/** Says what happens when the server answers 401 to anything but a login. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

interface Call {
  params?: { path?: Record<string, string | number>; query?: object };
  body?: unknown;
  signal?: AbortSignal;
}

/** `/api/projects/{slug}?having=a&having=b`: each value escaped, what is not set left out, a list named once for each. */
export function addressOf(path: string, params: Call["params"] = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params.path?.[name] ?? "")));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(name, String(one));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

async function send(method: string, path: string, { params, body, signal }: Call = {}): Promise<Answer<unknown>> {
  const headers: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  if (method !== "GET" && csrf) headers["X-Mien-CSRF"] = csrf;
  const response = await fetch(addressOf(path, params), { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, credentials: "same-origin" });
  if (response.status === 401 && path !== "/api/login" && path !== "/api/me") onSignedOut();
  const text = await response.text();
  if (response.ok) return { data: text ? JSON.parse(text) : undefined, response };
  return { error: jsonOf(text), response };
}

/** What a proxy answers in Mien's place may be a page. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Typed by the API's description. The library of these types would be 2.5 kB of each first load. */
export const client = Object.fromEntries(METHODS.map((method) => [method, (path: string, call?: Call) => send(method, path, call)])) as unknown as Client<paths>;

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of a call, or an ApiError: with the server's own words, or with ours when nothing came back. */
export async function dataOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError(0, "unreachable", words.states.unreachable);
  }
  if (answer.response.ok && answer.data !== undefined) return answer.data;
  const body: unknown = answer.error;
  const said = isErrorBody(body) ? body : { error: "failed", message: words.states.failed(answer.response.status) };
  throw new ApiError(answer.response.status, said.error, said.message);
}

function isErrorBody(body: unknown): body is { error: string; message: string } {
  return typeof body === "object" && body !== null && "error" in body && "message" in body && typeof body.message === "string";
}
