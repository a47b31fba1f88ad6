// How a site speaks to Mien: the script is async, so what is said before it arrived waits for its load event.
const APP_VERSION = "3.2.0";
const tag = document.querySelector("script[data-key]");

function withMien(use) {
  if (window.mien) use(window.mien);
  else tag?.addEventListener("load", () => window.mien && use(window.mien), { once: true });
}

export const identify = (customer) =>
  withMien((mien) => mien.identify(customer.id, { email: customer.email, locale: navigator.language }));

export const track = (name, properties) => withMien((mien) => mien.track(name, properties));

/** Signed out: what follows is a session of nobody. */
export const forget = () => withMien((mien) => mien.reset());

withMien((mien) => mien.setContext({ app_version: APP_VERSION }));
