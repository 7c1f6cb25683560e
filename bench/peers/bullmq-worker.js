// SPDX-License-Identifier: Apache-2.0
'use strict';
const { Worker } = require('bullmq');
const { Redis } = require('ioredis');
const { orderOf } = require('./server.js');

const kConcurrency = 64;

const connect = () => new Redis({ path: 'redis.sock', maxRetriesPerRequest: null });
const store = connect();
store.defineCommand('writeOrder', {
  numberOfKeys: 2,
  lua: `redis.call('SET', KEYS[1], ARGV[1])
        return redis.call('XADD', KEYS[2], '*', 'order', KEYS[1])`,
});

const write = ({ data }) => store.writeOrder(`order:${data.order_id}`, 'changes', JSON.stringify(orderOf(data)));
new Worker('pushes', write, { connection: connect(), concurrency: kConcurrency });

process.on('disconnect', () => process.exit());
