// The shop's router: one page for every address. Links with `data-full` load anew, all others change the history.
import { call, startPage } from "./api.js";
import { identify } from "./analytics.js";
import { home, product, range, search } from "./catalogue.js";
import { address, cart, done, payment } from "./checkout.js";
import { account, help, ordersAndReturns, returnsAndOrders } from "./service.js";
import { page, setCount, show } from "./view.js";

const ROUTES = [
  [/^\/shop\/?$/, home],
  [/^\/shop\/range\/([\w-]+)$/, range],
  [/^\/shop\/product\/([\w-]+)$/, product],
  [/^\/shop\/search$/, search],
  [/^\/shop\/cart$/, cart],
  [/^\/shop\/checkout\/address$/, address],
  [/^\/shop\/checkout\/payment$/, payment],
  [/^\/shop\/done$/, done],
  [/^\/shop\/help$/, help],
  [/^\/shop\/help\/orders-and-returns$/, ordersAndReturns],
  [/^\/shop\/help\/returns-and-orders$/, returnsAndOrders],
  [/^\/shop\/account$/, account],
];

const notFound = () => show("Not found", `<h1>Not found</h1><p><a href="/shop/">Back to the shop</a></p>`);

function render() {
  startPage();
  for (const [pattern, draw] of ROUTES) {
    const match = pattern.exec(location.pathname);
    if (match) return draw(...match.slice(1));
  }
  return notFound();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/shop']");
  if (!link || link.hasAttribute("data-full") || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.pathname !== location.pathname) history.pushState({}, "", link.pathname);
  window.scrollTo(0, 0);
  page.focus({ preventScroll: true });
  render();
});
window.addEventListener("popstate", render);

async function greet() {
  const [{ data: session }, { data: basket }] = await Promise.all([call("GET", "/session"), call("GET", "/cart")]);
  if (session.customer) identify(session.customer);
  setCount(basket.count);
}

render();
greet();
