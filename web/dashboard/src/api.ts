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

interface Login {
  account: string | null;
  csrf: string | null;
}

const CSRF_HEADER = "X-Mien-CSRF";
let login: Login = { account: null, csrf: null };
let onSignedOut: () => void = () => undefined;
/** A copy of each changing call: its body can be read once, and it may have to be sent again. */
const copies = new WeakMap<Request, Request>();

/** Remembers whose login this is, and the value that changing calls must carry; both come with every `Me`. */
export function rememberLogin({ account, csrf }: Login): void {
  login = { account, csrf };
}

/** Says what happens when the server answers 401 to anything but a login. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method === "GET") return request;
    if (login.csrf) request.headers.set(CSRF_HEADER, login.csrf);
    copies.set(request, request.clone());
    return request;
  },
  onResponse({ request, response, schemaPath }) {
    if (response.status === 401 && schemaPath !== "/api/login" && schemaPath !== "/api/me") onSignedOut();
    return response.status === 403 ? sentAgain(request) : undefined;
  },
};

/** Signing in anew in another tab gives another CSRF value. A change that was refused for that is sent once more, as the same
 * account; where another account has signed in, that is said instead. Undefined: it was refused for another reason. */
async function sentAgain(request: Request): Promise<Response | undefined> {
  const copy = copies.get(request);
  const answer = copy && (await fetch("/api/me", { credentials: "same-origin" }));
  if (!copy || !answer?.ok) return undefined;
  const me = (await answer.json()) as Login;
  if (me.csrf === null || me.csrf === copy.headers.get(CSRF_HEADER)) return undefined;
  if (me.account !== login.account) return Response.json({ error: "other_account", message: words.states.otherAccount }, { status: 403 });
  rememberLogin(me);
  copy.headers.set(CSRF_HEADER, me.csrf);
  return fetch(copy);
}

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
