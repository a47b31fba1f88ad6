import { beforeEach, describe, expect, it, vi } from "vitest";
import { words } from "../src/words";

/** What the server holds: the login of this browser. */
const held = { account: "ada", csrf: "second" };
const writes: { csrf: string | null; body: string }[] = [];
let refusal: string | null = null;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/** Outside of a browser an address without a host is none. */
class AddressedRequest extends Request {
  constructor(input: string | Request, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, "https://mien.test") : input, init);
  }
}

async function server(input: Request | string): Promise<Response> {
  if (typeof input === "string") return json({ ...held, projects: [], version: "0" });
  const csrf = input.headers.get("X-Mien-CSRF");
  writes.push({ csrf, body: await input.text() });
  if (refusal !== null) return json({ error: "not_allowed", message: refusal }, 403);
  return csrf === held.csrf ? json({ ok: true }) : json({ error: "not_allowed", message: "Send the header X-Mien-CSRF." }, 403);
}

async function save(): Promise<unknown> {
  // The client takes `fetch` when it is loaded.
  vi.resetModules();
  vi.stubGlobal("fetch", vi.fn(server));
  vi.stubGlobal("Request", AddressedRequest);
  const { client, dataOf, rememberLogin } = await import("../src/api");
  rememberLogin({ account: "ada", csrf: "first" });
  return dataOf(client.POST("/api/projects/{slug}/views", { params: { path: { slug: "shop" } }, body: { name: "Cart", address: "" } }));
}

beforeEach(() => {
  writes.length = 0;
  refusal = null;
  held.account = "ada";
  held.csrf = "second";
});

describe("a change after another tab has signed in anew", () => {
  it("is sent once more, whole, with the value of the new login", async () => {
    await expect(save()).resolves.toEqual({ ok: true });
    expect(writes.map(({ csrf }) => csrf)).toEqual(["first", "second"]);
    expect(writes[1]?.body).toBe(writes[0]?.body);
    expect(writes[1]?.body).toContain("Cart");
  });

  it("is not made in the name of another account", async () => {
    held.account = "bob";
    await expect(save()).rejects.toThrow(words.states.otherAccount);
    expect(writes).toHaveLength(1);
  });

  it("is not sent again where it was refused for another reason", async () => {
    held.csrf = "first";
    refusal = "That note is somebody else's.";
    await expect(save()).rejects.toThrow(refusal);
    expect(writes).toHaveLength(1);
  });
});
