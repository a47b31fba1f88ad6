// Basket, address, payment, done.
import { call } from "./api.js";
import { track } from "./analytics.js";
import { art, fields, money, page, safe, setCount, show } from "./view.js";

const STEPS = ["Address", "Payment", "Done"];
const steps = (now) => `<ol class="steps">${STEPS.map((name, index) =>
  `<li${index === now ? ' aria-current="step"' : ""}>${name}</li>`).join("")}</ol>`;

const lineHtml = (line, index, removable) => `
  <li class="line"><span class="tile tile-${safe(line.range)}">${art(line.art)}</span>
    <span class="line-name"><b>${safe(line.name)}</b><span class="small">${line.size ? `${safe(line.size)}, ` : ""}${line.quantity} ×</span></span>
    <span>${money(line.total)}</span>
    ${removable ? `<button type="button" class="plain remove" data-index="${index}" aria-label="Remove ${safe(line.name)}">Remove</button>` : ""}</li>`;

const summary = (cart) => `<aside class="summary"><h2>Your order</h2>
  <ul class="lines">${cart.lines.map((line, index) => lineHtml(line, index, false)).join("")}</ul>
  <p class="total"><span>Total</span><b>${money(cart.total)}</b></p></aside>`;

export async function cart() {
  show("Basket", `<h1>Basket</h1><div id="basket"><p class="lead">One moment</p></div>`);
  const { data } = await call("GET", "/cart");
  drawCart(data);
}

function drawCart(data) {
  const box = page.querySelector("#basket");
  setCount(data.count);
  if (!data.lines.length) {
    box.innerHTML = `<p class="lead">Nothing in it yet.</p><a class="button" href="/shop/">Have a look around</a>`;
    return;
  }
  // Planted flaw: nothing listens to "Apply voucher". It is a real button, it looks like one, and it does nothing.
  box.innerHTML = `<div class="columns"><ul class="lines" id="lines">
    ${data.lines.map((line, index) => lineHtml(line, index, true)).join("")}</ul>
    <aside class="summary"><h2>Total</h2><p class="total"><span>${data.count} ${data.count === 1 ? "item" : "items"}</span><b>${money(data.total)}</b></p>
      <label for="voucher">Voucher</label><div class="voucher"><input id="voucher" autocomplete="off" maxlength="20">
      <button type="button" class="button quiet" id="apply-voucher">Apply voucher</button></div>
      <a class="button wide" href="/shop/checkout/address" id="checkout" data-full>Check out</a></aside></div>`;
  box.querySelectorAll(".remove").forEach((button) => button.addEventListener("click", async () => {
    drawCart((await call("DELETE", `/cart/${button.dataset.index}`)).data);
  }));
}

export async function address() {
  const { data } = await call("GET", "/cart");
  show("Address", `${steps(0)}<h1>Where shall we send it?</h1><div class="columns"><form id="address-form" class="form" novalidate>
    <div class="field"><label for="full-name">Name</label><input id="full-name" name="name" autocomplete="off"></div>
    <div class="field"><label for="street">Street and number</label><input id="street" name="street" autocomplete="off"></div>
    <div class="pair"><div class="field"><label for="postcode">Postcode</label><input id="postcode" name="postcode" autocomplete="off" maxlength="12"></div>
    <div class="field"><label for="city">Town</label><input id="city" name="city" autocomplete="off"></div></div>
    <div class="field"><label for="country">Country</label><select id="country" name="country">
      <option>Germany</option><option>Netherlands</option><option>Sweden</option><option>United Kingdom</option></select></div>
    <p id="address-note" class="bad" role="alert"></p>
    <button class="button wide" id="to-payment">Continue to payment</button></form>${summary(data)}</div>`);
  page.querySelector("#address-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { postcode, name, street, city } = fields(event.target);
    if (!postcode || !name || !street || !city) {
      page.querySelector("#address-note").textContent = "Please fill in every field.";
      return;
    }
    // Planted flaw: the server refuses a postcode with a space in it, and nobody tells the person.
    if ((await call("POST", "/addresses", { postcode })).ok) location.assign("/shop/checkout/payment");
  });
}

export async function payment() {
  const { data } = await call("GET", "/cart");
  show("Payment", `${steps(1)}<h1>Payment</h1><div class="columns"><form id="payment-form" class="form" novalidate>
    <p class="small">A demonstration: enter made-up digits. They stay in your browser.</p>
    <div class="field"><label for="card">Card number</label><input id="card" name="card" inputmode="numeric" autocomplete="off" maxlength="23"></div>
    <div class="pair"><div class="field"><label for="expiry">Valid until</label><input id="expiry" name="expiry" autocomplete="off" maxlength="7"></div>
    <div class="field"><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="off" maxlength="4"></div></div>
    <div class="field"><label for="holder">Name on card</label><input id="holder" name="holder" autocomplete="off"></div>
    <p id="payment-note" class="bad" role="alert"></p>
    <button class="button wide" id="pay">Pay ${money(data.total)}</button></form>${summary(data)}</div>`);
  page.querySelector("#payment-form").addEventListener("submit", submitPayment);
}

let paying = false;
let running;
let failed = 0;

async function submitPayment(event) {
  event.preventDefault();
  // Flaw: nobody ever sets `running`, so that a press while `paying` is set throws and does nothing else.
  if (paying) running.cancel();
  const note = page.querySelector("#payment-note");
  const button = page.querySelector("#pay");
  const digits = fields(event.target).card.replace(/\D/g, "");
  if (digits.length < 12) { note.textContent = "That card number is too short."; return; }
  note.textContent = "";
  paying = button.disabled = true;
  // Only the first digit leaves the browser: it decides how the made-up payment ends.
  const { ok, data } = await call("POST", "/payments", { card: digits[0] });
  button.disabled = false;
  if (!ok) {
    failed += 1;
    // Flaw: at the third failure the answer is expected to hold a number to call. It does not, this throws, and `paying`
    // stays set: from then on the button looks alive, and every press throws.
    note.textContent = failed < 3 ? "Something went wrong. Please try again." : `Please call ${data.help.phone}.`;
    paying = false;
    return;
  }
  paying = false;
  sessionStorage.setItem("larkspur-order", JSON.stringify({ number: data.number, total: data.total }));
  track("order_completed", { order: data.number, order_value: data.total, items: data.count, currency: "EUR" });
  setCount(0);
  history.pushState({}, "", "/shop/done");
  done();
}

export function done() {
  const order = JSON.parse(sessionStorage.getItem("larkspur-order") ?? "null");
  show("Thank you", `${steps(2)}<section class="thanks">${art("larkspur")}<h1>Thank you</h1>
    ${order ? `<p class="lead">Order ${safe(order.number)}, ${money(order.total)}. It leaves us today.</p>` : `<p class="lead">There is no order here.</p>`}
    <a class="button" href="/shop/" id="again">Back to the shop</a></section>`);
}
