// SPDX-License-Identifier: Apache-2.0
'use strict';
// What the two peers share: the push's check, the HTTP server and the groups in which pushes are kept.
const { hash } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { performance } = require('node:perf_hooks');

const kOk = '{"data":"ok"}';
const kOkHeaders = ['Content-Type', 'application/json', 'Content-Length', String(kOk.length)];
const kRefusedHeaders = ['Content-Length', '0'];
const kWarmUpMs = 3000;
const kWarmUpConnections = 32;

const decode = (text) => {
  if (text.includes('+')) text = text.replaceAll('+', ' ');
  return text.includes('%') ? decodeURIComponent(text) : text;
};

const signature = (url, fields, secret) => {
  let text = url;
  let separator = '?';
  for (const name of Object.keys(fields).sort()) {
    text += separator + name + '=' + fields[name];
    separator = '&';
  }
  return hash('md5', text + secret);
};

// The fields of a form that is signed as it has to be, decoded twice; otherwise undefined.
const verified = (form, url, secret) => {
  const fields = {};
  let sig;
  try {
    for (const pair of form.split('&')) {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : decode(decode(pair.slice(equals + 1)));
      if (name === 'sig') {
        sig = value;
      } else {
        fields[name] = value;
      }
    }
  } catch {
    return undefined;
  }
  return sig === signature(url, fields, secret) ? fields : undefined;
};

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;  // Some orders leave a field empty; the platform may also cut one.
  }
};

const orderOf = (fields) => ({
  ...fields,
  detail: parsed(fields.detail),
  extras: parsed(fields.extras),
  poi_receive_detail: parsed(fields.poi_receive_detail),
});

const warmUpFields = (number) => ({
  app_id: '1', timestamp: '1700000000', order_id: String(1_000_000_000_000_000_000n + BigInt(number)),
  app_poi_code: 'shop', wm_poi_name: '示例餐厅', recipient_name: '张三(先生)', recipient_address: '示例路1号 (2号楼)',
  recipient_phone: '13100000000_0000', caution: '', shipping_fee: '2.0', total: '82.6', status: '2',
  ctime: '1700000000', utime: '1700000000', delivery_time: '0', invoice_title: '',
  detail: JSON.stringify(Array(4).fill({
    app_food_code: 'F001', food_name: '牛肉饭', sku_id: 'F001-M', upc: '', quantity: 1, price: 22.8, unit: '份', spec: '标准',
  })),
  extras: '[]', poi_receive_detail: '{"logisticsFee":200,"onlinePayment":8260,"wmPoiReceiveCent":7482}',
});

const warmUpRequest = (number, url, secret) => {
  const fields = warmUpFields(number);
  fields.sig = signature(url, fields, secret);
  const twice = (text) => encodeURIComponent(encodeURIComponent(text));
  const body = Object.entries(fields).map(([name, value]) => `${name}=${twice(value)}`).join('&');
  return `POST ${new URL(url).pathname} HTTP/1.1\r\nHost: peer\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`;
};

// Without it the first seconds would measure the compiler.
const warmUp = async (port, url, secret) => {
  let number = 0;
  const end = performance.now() + kWarmUpMs;
  await Promise.all(Array.from({ length: kWarmUpConnections }, () => new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    const next = () => (performance.now() < end ? socket.write(warmUpRequest(number++, url, secret)) : socket.end(resolve));
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('data', (answer) => {
      if (answer.latin1Slice(9, 12) !== '200') return reject(new Error(`the warm-up was answered ${answer}`));
      return next();
    });
  })));
  return number;
};

/// Serves PORT LOG_FILE PUSH_URL SECRET of the command line, as the bare ceiling does; the folder of
/// LOG_FILE is the working folder. `keep(pushes)`, of {body, fields}, fulfils once they are durable; the
/// next pushes gather meanwhile. `settle()` fulfils with the number of orders that are written, once
/// nothing is left to do.
const serve = async ({ open, keep, settle }) => {
  if (process.argv.length !== 6) {
    console.error(`usage: ${path.basename(process.argv[1])} PORT LOG_FILE PUSH_URL SECRET`);
    process.exit(2);
  }
  const [port, log, url, secret] = process.argv.slice(2);
  process.chdir(path.dirname(log));
  await open();

  let waiting = [];
  let busy = false;
  let answered = 0;
  let began = 0;

  const flush = async () => {
    const group = waiting;
    waiting = [];
    await keep(group);
    busy = false;
    answered += group.length;
    for (const { response } of group) response.writeHead(200, kOkHeaders).end(kOk);
    schedule();
  };
  const schedule = () => {
    if (busy || waiting.length === 0) return;
    busy = true;
    setImmediate(flush);
  };
  const take = (body, response) => {
    const fields = verified(body, url, secret);
    if (fields === undefined) return response.writeHead(401, kRefusedHeaders).end();
    if (began === 0) began = performance.now();
    waiting.push({ body, fields, response });
    return schedule();
  };

  const server = http.createServer((request, response) => {
    response.sendDate = false;
    let body = '';
    request.on('data', (chunk) => { body += chunk.latin1Slice(); });
    request.on('end', () => take(body, response));
  });
  server.listen(Number(port), '127.0.0.1', async () => {
    const before = await warmUp(server.address().port, url, secret);
    if (await settle() !== before) throw new Error('the warm-up is not written');
    answered = 0;
    began = 0;
    console.log(`port=${server.address().port}`);

    process.once('SIGTERM', async () => {
      const written = await settle() - before;
      const rate = answered / ((performance.now() - began) / 1000);
      const report = `${written === answered ? rate.toFixed(0) : `lost ${answered - written}`}\n`;
      if (process.env.PEER_REPORT) fs.writeFileSync(process.env.PEER_REPORT, report);
      process.exit(written === answered ? 0 : 1);
    });
  });
};

module.exports = { orderOf, serve };
