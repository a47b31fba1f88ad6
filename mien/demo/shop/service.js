// Help and account.
import { call } from "./api.js";
import { forget, identify } from "./analytics.js";
import { fields, page, safe, show } from "./view.js";

const QUESTIONS = [
  ["When does my parcel leave?", "Orders that reach us before two leave the same day, Monday to Friday. Plants wait until Monday when they would have to spend a weekend in a depot."],
  ["How are plants packed?", "In a cardboard cradle that holds pot and stem, with damp paper around the soil. No plastic. In frost we add a sheep's wool liner."],
  ["My plant arrived unhappy", "Give it water, shade and three days. If it has not recovered, send us a picture and we replace it within thirty days."],
  ["Which compost do you use?", "Our own mix of bark, wood fibre and green waste, without peat. It drains well and wants feeding from the sixth week."],
  ["Do you deliver abroad?", "To Germany, the Netherlands, Sweden and the United Kingdom. Trees and large pots within Germany only."],
  ["Can I collect my order?", "From our shop in Mill Lane, Tuesday to Saturday. Ask on the product's page whether it is there."],
];

export function help() {
  show("Help", `<h1>Help</h1><p class="lead">The questions we hear most.</p><div class="two">
    <a class="panel" href="/shop/help/orders-and-returns" id="help-orders"><b>Orders and returns</b><span>Where is my order, what can be sent back</span></a>
    <a class="panel" href="/shop/help/returns-and-orders" id="help-returns"><b>Returns and orders</b><span>Sending things back, looking up an order</span></a></div>
    <div class="answers">${QUESTIONS.map(([question, answer]) => `<section><h2>${safe(question)}</h2><p>${safe(answer)}</p></section>`).join("")}</div>`);
}

// Planted flaw: two pages with nearly the same name, and each sends the person to the other one.
export function ordersAndReturns() {
  show("Orders and returns", `<p class="crumbs"><a href="/shop/help">Help</a></p><h1>Orders and returns</h1>
    <p class="lead">Everything about the way an order takes to you, and back.</p>
    <p>Most things can be sent back within thirty days. Plants can be replaced. Seeds cannot be returned once opened.</p>
    <p>To send something back you need a return slip.</p>
    <a class="button" href="/shop/help/returns-and-orders" id="get-slip">Get a return slip</a>`);
}

export function returnsAndOrders() {
  show("Returns and orders", `<p class="crumbs"><a href="/shop/help">Help</a></p><h1>Returns and orders</h1>
    <p class="lead">Here you send things back and look up what you ordered.</p>
    <p>A return slip belongs to an order. Please open the order first and choose what should go back.</p>
    <a class="button" href="/shop/help/orders-and-returns" id="open-order">Open my order</a>`);
}

export async function account() {
  const { data } = await call("GET", "/session");
  if (data.customer) return welcome(data.customer);
  show("Account", `<h1>Sign in</h1><form id="sign-in-form" class="form narrow" novalidate>
    <div class="field"><label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="off"></div>
    <div class="field"><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="off"></div>
    <p id="sign-in-note" class="bad" role="alert"></p><button class="button wide" id="sign-in">Sign in</button>
    <p class="small">The demonstration has five customers, among them nora.lind@larkspur.example. Any eight letters open the door.</p></form>`);
  page.querySelector("#sign-in-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await call("POST", "/session", fields(event.target));
    if (answer.ok) welcome(answer.data.customer);
    else page.querySelector("#sign-in-note").textContent = answer.data?.error ?? "That did not work.";
  });
}

function welcome(customer) {
  identify(customer);
  show("Account", `<h1>Hello ${safe(customer.name)}</h1><p class="lead">Good to see you again.</p><div class="two">
    <a class="panel" href="/shop/cart" id="account-cart"><b>Your basket</b><span>What you have picked so far</span></a>
    <a class="panel" href="/shop/range/plants" id="account-plants"><b>New plants</b><span>Potted this week</span></a></div>
    <button type="button" class="plain" id="sign-out">Sign out</button>`);
  page.querySelector("#sign-out").addEventListener("click", async () => {
    await call("DELETE", "/session");
    forget();
    location.assign("/shop/account");
  });
}
