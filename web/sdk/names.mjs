// Renames the local variables of minified code so that gzip finds more repetition: 3 % smaller than with the minifier's
// own names. They are letters that mean nothing either way; what is not declared in the code keeps its name.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { parseSync } from "rolldown/utils";

const LETTERS = "etnriaoscludfpmhgvybxwkETNRIAOSCLUDFPMHGVYBXWK_$jqzJQZ";
const STARTS = 8;
const START_ROUNDS = 3;
const SCOPES = /Function|^(Block|For|ForIn|ForOf)Statement$|^CatchClause$/;

/** Calls `visit(child)` for each child node. */
function children(node, visit) {
  for (const key in node) {
    for (const child of Array.isArray(node[key]) ? node[key] : [node[key]]) if (child?.type) visit(child, key);
  }
}

/** All variables: name, places of use, and the scopes in which the name must mean this variable. */
function variablesOf(program) {
  const variables = [];
  const uses = [];
  const newScope = (parent, isFunction) => ({ parent, isFunction, names: new Map() });

  function declare(pattern, scope) {
    if (pattern.type === "Identifier") {
      if (scope.names.has(pattern.name)) return;
      const variable = { name: pattern.name, spots: [], scopes: new Set([scope]), home: scope };
      scope.names.set(pattern.name, variable);
      variables.push(variable);
    } else if (pattern.type === "Property") declare(pattern.value, scope);
    else if (pattern.type === "AssignmentPattern") declare(pattern.left, scope);
    else children(pattern, (child) => declare(child, scope));
  }

  function walk(node, scope, isBody) {
    if (node.type === "Identifier") return void uses.push([node, scope]);
    const outer = scope;
    if (node.type === "FunctionDeclaration") declare(node.id, outer);
    const isFunction = /Function/.test(node.type);
    // A body shares the scope of its parameters: it may not declare them again.
    if (SCOPES.test(node.type) && !isBody) scope = newScope(outer, isFunction);
    if (isFunction) node.params.forEach((one) => declare(one, scope));
    if (node.type === "CatchClause" && node.param) declare(node.param, scope);
    if (node.type === "VariableDeclaration") {
      let home = scope;
      while (node.kind === "var" && home.parent && !home.isFunction) home = home.parent;
      node.declarations.forEach((one) => declare(one.id, home));
    }
    children(node, (child, key) => {
      const isProperty = (key === "property" || key === "key") && !node.computed;
      const isName = key === "id" && node.type === "FunctionDeclaration";
      if (!isProperty) walk(child, isName ? outer : scope, key === "body" && (isFunction || node.type === "CatchClause"));
    });
  }

  const root = newScope(null, true);
  children(program, (child) => walk(child, root));
  for (const [node, from] of uses) {
    let scope = from;
    while (scope && !scope.names.has(node.name)) scope = scope.parent;
    const variable = scope?.names.get(node.name);
    if (!variable) continue; // one of the browser's
    variable.spots.push(node.start);
    for (let at = from; at !== scope; at = at.parent) variable.scopes.add(at);
  }
  return variables;
}

/** For each variable those whose name must be another one. */
function findFoes(variables) {
  const users = new Map();
  for (const variable of variables) {
    variable.foes = new Set();
    for (const scope of variable.scopes) users.set(scope, [...(users.get(scope) ?? []), variable]);
  }
  for (const group of users.values()) for (const one of group) for (const two of group) if (one !== two) one.foes.add(two);
}

/** The code with `{a: a}` for `{a}`: the variable may get another name, the property keeps its own. */
function longhand(code) {
  const places = [];
  const look = (node) => {
    if (node.shorthand) places.push([node.start, node.key.name]);
    children(node, look);
  };
  look(parseSync("mien.js", code).program);
  for (const [start, name] of places.sort((one, two) => two[0] - one[0])) code = code.slice(0, start) + name + ":" + code.slice(start);
  return code;
}

/** The code in pieces: what stands between its variables, and the variable after each but the last. */
function takeApart(written) {
  const code = longhand(written);
  const variables = variablesOf(parseSync("mien.js", code).program).filter(({ spots }) => spots.length);
  findFoes(variables);
  const spots = variables.flatMap((one) => one.spots.map((start) => [start, start + one.name.length, one]));
  spots.sort((one, two) => one[0] - two[0]);
  const between = spots.map(([start], index) => code.slice(index ? spots[index - 1][1] : 0, start));
  between.push(code.slice(spots[spots.length - 1][1]));
  const write = () => between.reduce((text, piece, index) => text + spots[index - 1][2].name + piece);
  if (write() !== code) throw new Error("renaming does not keep the code");
  return { variables, write };
}

/** Stands for the code that names were found for. */
export const shapeOf = (code) => createHash("sha256").update(code).digest("hex").slice(0, 16);

export function applyNames(code, names) {
  const { variables, write } = takeApart(code);
  names.split(" ").forEach((name, index) => (variables[index].name = name));
  return write();
}

/** The list in an order of its own for each seed above 0. */
function shuffled(list, seed) {
  let state = seed * 7_919 + 1;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return list.map((item) => [seed && random(), item]).sort((one, two) => one[0] - two[0]).map(([, item]) => item);
}

/** Tries every letter for every variable, again and again, and keeps what makes the code smaller: at most `rounds` times. */
function improve({ variables, write }, letters, rounds) {
  const size = () => gzipSync(write(), { level: 9 }).length;
  let best = size();
  for (let before = Infinity; best < before && rounds; rounds--) {
    before = best;
    search: for (const one of variables) {
      const was = one.name;
      for (const letter of letters) {
        if (letter === was) continue;
        // Whoever has the letter nearby takes the old name, where that hurts nobody.
        const others = [...one.foes].filter((foe) => foe.name === letter);
        if (others.some((other) => [...other.foes].some((foe) => foe !== one && foe.name === was))) continue;
        one.name = letter;
        for (const other of others) other.name = was;
        const now = size();
        // Also what changes nothing: it may make room for what does.
        if (now <= best) {
          best = now;
          continue search;
        }
        one.name = was;
        for (const other of others) other.name = letter;
      }
    }
  }
  return best;
}

/** The search ends where it happens to get stuck: it starts some times in other orders, and goes on with the best start. Some minutes. */
export function bestNames(code) {
  const starts = Array.from({ length: STARTS }, (_, seed) => {
    const { variables, write } = takeApart(code);
    const letters = shuffled([...LETTERS], seed);
    const order = shuffled(variables, seed);
    return { variables, order, write, letters, size: improve({ variables: order, write }, letters, START_ROUNDS) };
  });
  const { variables, order, write, letters } = starts.sort((one, two) => one.size - two.size)[0];
  improve({ variables: order, write }, letters, Infinity);
  return variables.map(({ name }) => name).join(" ");
}
