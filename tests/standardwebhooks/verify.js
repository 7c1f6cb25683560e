// SPDX-License-Identifier: Apache-2.0
// Reads callbacks from standard input and verifies each with the package of Standard Webhooks; one that
// was tampered with must not pass.
const { Webhook } = require("standardwebhooks");
const lines = require("fs").readFileSync(0, "utf8").trim().split("\n");

function passes({ secret, headers, body }) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

let wrong = 0;
function expect(what, is, should) {
  if (is === should) return;
  wrong += 1;
  console.error(`${what}: ${is ? "passes" : "is refused"}`);
}

for (const line of lines) {
  const callback = JSON.parse(line);
  const { headers } = callback;
  expect("a callback", passes(callback), true);
  expect("another body", passes({ ...callback, body: callback.body + " " }), false);
  expect("another id", passes({ ...callback, headers: { ...headers, "webhook-id": "x" } }), false);
  const later = String(Number(headers["webhook-timestamp"]) + 1);
  expect("another time", passes({ ...callback, headers: { ...headers, "webhook-timestamp": later } }), false);
}
console.log(`${lines.length} callbacks verified, ${wrong} wrong`);
process.exit(lines.length >= 8 && wrong === 0 ? 0 : 1);
