// The shop's calls to its own API. Every call belongs to the page that is shown: leaving the page aborts it.
let leaving = new AbortController();

/** A new page is shown: what the old one still waits for is given up. */
export function startPage() {
  leaving.abort();
  leaving = new AbortController();
}

/** Resolves to {status, ok, data}; stays pending for good when the page was left or `signal` aborted: nobody asks any more. */
export async function call(method, path, body, signal) {
  try {
    const response = await fetch(`/shop/api${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal,
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, data: text ? JSON.parse(text) : null };
  } catch (error) {
    if (error.name === "AbortError") return new Promise(() => {});
    throw error;
  }
}
