// The typed client of Mien's API: sends the login cookie and the CSRF token, turns failures into ApiError, and
// sends the viewer to the login page when the login has ended.
import createClient, { type Middleware } from "openapi-fetch";
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

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("X-Mien-CSRF", csrf);
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== "/api/login" && schemaPath !== "/api/me") onSignedOut();
    return undefined;
  },
};

export const client = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
client.use(guard);

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
