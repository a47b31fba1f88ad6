// Small pieces that several pages draw.
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const safe = (text) => String(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
export const money = (amount) => `€${amount.toFixed(2)}`;
export const art = (name) => `<svg class="art" aria-hidden="true"><use href="#art-${safe(name)}"/></svg>`;
export const page = document.querySelector("#page");

export function show(title, html) {
  document.title = `${title} · Larkspur Supply`;
  page.innerHTML = html;
}

export const card = (product) => `
  <a class="card" href="/shop/product/${safe(product.id)}" id="card-${safe(product.id)}">
    <span class="tile tile-${safe(product.range)}">${art(product.art)}</span>
    <span class="card-name">${safe(product.name)}</span>
    <span class="card-line">${safe(product.line)}</span>
    <span class="card-price">${product.sizes.length ? "from " : ""}${money(product.price)}</span>
  </a>`;

export const setCount = (count) => {
  const badge = document.querySelector("#cart-count");
  if (badge.textContent !== String(count)) badge.textContent = String(count);
};

/** Every named field of a form, trimmed. */
export const fields = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
