// Home, ranges, one product, search.
import { call } from "./api.js";
import { track } from "./analytics.js";
import { art, card, money, page, safe, setCount, show } from "./view.js";

const RANGES = {
  plants: ["Plants", "Grown nearby, sent in cardboard that holds them still."],
  pots: ["Pots", "Clay, stoneware and cedar, made to stand outside."],
  tools: ["Tools", "Few, plain, and every part can be replaced."],
  seeds: ["Seeds", "Open-pollinated, so you can keep your own next year."],
};

export async function home() {
  show("Garden supplies", `
    <section class="hero"><div><h1>Good things for small gardens</h1>
      <p>Plants, pots, tools and seeds for balconies, back yards and window sills. Packed by people who grow things.</p>
      <a class="button" href="/shop/range/plants" id="hero-plants">See the plants</a>
      <a class="button quiet" href="/shop/range/seeds" id="hero-seeds">Seeds for now</a></div>
      <div class="hero-art">${art("larkspur")}${art("olive")}${art("lavender")}</div></section>
    <h2>This week</h2><div class="grid" id="list"></div>
    <section class="facts"><div><h3>Packed the same day</h3><p>Order before two and it leaves before five.</p></div>
      <div><h3>Thirty days to change your mind</h3><p>Plants too, if they arrive unhappy.</p></div>
      <div><h3>Peat free</h3><p>Everything we grow, pot and sell. Since the first day.</p></div></section>`);
  const { data } = await call("GET", "/products");
  page.querySelector("#list").innerHTML = data.slice(0, 8).map(card).join("");
}

export async function range(name) {
  const [title, line] = RANGES[name] ?? [name, ""];
  show(title, `<h1>${safe(title)}</h1><p class="lead">${safe(line)}</p><div class="grid" id="list"></div>`);
  const { data } = await call("GET", `/products?range_name=${encodeURIComponent(name)}`);
  page.querySelector("#list").innerHTML = data.map(card).join("") || "<p>Nothing here.</p>";
}

export async function product(id) {
  show("Product", `<p class="lead">One moment</p>`);
  const { ok, data } = await call("GET", `/products/${encodeURIComponent(id)}`);
  if (!ok) return show("Not found", `<h1>Not found</h1><p>We do not have that. <a href="/shop/">Back to the shop</a></p>`);
  show(data.name, productHtml(data));
  let size = data.sizes[0]?.name ?? "";
  page.querySelectorAll(".size").forEach((button, index) => {
    button.addEventListener("click", () => {
      // Planted flaw: the largest size has no stock entry, and this line throws a TypeError before anything changes.
      const left = data.sizes[index].stock.count;
      size = data.sizes[index].name;
      page.querySelectorAll(".size").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      page.querySelector("#price").textContent = money(data.sizes[index].price);
      page.querySelector("#left").textContent = `${left} in stock`;
    });
  });
  const quantity = page.querySelector("#quantity");
  const step = (by) => { quantity.textContent = String(Math.min(20, Math.max(1, Number(quantity.textContent) + by))); };
  page.querySelector("#less").addEventListener("click", () => step(-1));
  page.querySelector("#more").addEventListener("click", () => step(1));
  page.querySelector("#add").addEventListener("click", () => add(id, size, Number(quantity.textContent)));
  page.querySelector("#stock").addEventListener("click", () => askStock(id));
}

const productHtml = (data) => `
  <p class="crumbs"><a href="/shop/range/${safe(data.range)}">${safe(RANGES[data.range][0])}</a></p>
  <div class="product"><div class="tile tile-${safe(data.range)}">${art(data.art)}</div><div>
    <h1>${safe(data.name)}</h1><p class="lead">${safe(data.line)}</p><p class="price" id="price">${money(data.price)}</p>
    ${data.sizes.length ? `<p class="label">Size</p><div class="sizes">${data.sizes.map((size, index) =>
      `<button type="button" class="size" id="size-${index + 1}" aria-pressed="${index === 0}">${safe(size.name)}</button>`).join("")}</div>
      <p class="small" id="left">${data.sizes[0].stock.count} in stock</p>` : ""}
    <div class="buy"><span class="stepper"><button type="button" id="less" aria-label="One less">−</button>
      <output id="quantity">1</output><button type="button" id="more" aria-label="One more">+</button></span>
      <button type="button" class="button" id="add">Add to basket</button></div>
    <p id="added" class="ok" role="status"></p>
    <div class="about">${data.about.map((text) => `<p>${safe(text)}</p>`).join("")}</div>
    <div class="shops"><button type="button" class="button quiet" id="stock">Is it in a shop near me?</button>
      <p id="stock-answer" class="small" role="status"></p></div></div></div>`;

async function add(id, size, quantity) {
  const { ok, data } = await call("POST", "/cart", { product: id, size, quantity });
  const note = page.querySelector("#added");
  if (!ok) { note.textContent = data?.error ?? "That did not work."; return; }
  setCount(data.count);
  note.innerHTML = `Added. <a href="/shop/cart" id="to-cart">Go to your basket</a>`;
  track("product_added", { product: id, quantity });
}

async function askStock(id) {
  const note = page.querySelector("#stock-answer");
  note.textContent = "Asking our shops";
  const { ok, data } = await call("GET", `/stock/${encodeURIComponent(id)}`);
  note.textContent = ok ? data.shops.map((shop) => `${shop.name}: ${shop.count}`).join(", ") : "Nobody answers.";
}

export function search() {
  show("Search", `<h1>Search</h1>
    <form id="search-form" class="searchbar" role="search"><label class="sr" for="q">What are you looking for?</label>
      <input id="q" name="q" autocomplete="off" placeholder="Fern, pot, shears" maxlength="60">
      <button class="button" id="search-go">Search</button></form>
    <p id="found" class="lead" role="status"></p><div class="grid" id="list"></div>`);
  let current = new AbortController();
  page.querySelector("#search-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    current.abort();
    const mine = (current = new AbortController());
    const found = page.querySelector("#found");
    found.textContent = "Looking through the shelves";
    page.querySelector("#list").innerHTML = "";
    const { ok, data } = await call("GET", `/search?q=${encodeURIComponent(page.querySelector("#q").value)}`, undefined, mine.signal);
    if (!ok) { found.textContent = "The search does not answer. Try again."; return; }
    found.textContent = data.length ? `${data.length} found` : "Nothing found. Try another word.";
    page.querySelector("#list").innerHTML = data.map(card).join("");
  });
}
