// One of the peers that run under node: so many tasks append one event each, again and again, each to a stream of its
// own, which it opens first. Told: name, tasks, seconds, the bytes of an event. Says: appended a second.
const { randomUUID } = require("node:crypto");
const { createRequire } = require("node:module");
const { performance } = require("node:perf_hooks");

const [name, tasks, seconds, bytes] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const installed = createRequire(`${process.env.UBERRIMA_PEERS}/`);
const url = process.env.PEER_URL;
const text = "x".repeat(bytes);

const peers = {
  async castore() {
    const { PostgresEventStorageAdapter } = installed("@castore/event-storage-adapter-postgres");
    await PostgresEventStorageAdapter.createEventTable({ connectionString: url }).catch(() => {});
    const store = new PostgresEventStorageAdapter({ connectionString: url });
    return (aggregateId, version) =>
      store.pushEvent({ aggregateId, version, type: "ContactNoted", payload: { text } }, { eventStoreId: "bench" });
  },
  async emmett() {
    const { getPostgreSQLEventStore } = installed("@event-driven-io/emmett-postgresql");
    const store = getPostgreSQLEventStore(url);
    await store.schema.migrate();
    return (stream, version) =>
      store.appendToStream(`customer-${stream}`, [{ type: "ContactNoted", data: { text } }], {
        expectedStreamVersion: version === 1 ? "STREAM_DOES_NOT_EXIST" : BigInt(version - 1),
      });
  },
};

async function main() {
  const append = await peers[name]();
  const streams = Array.from({ length: tasks }, randomUUID);
  const reached = new Map(streams.map((stream) => [stream, 0]));
  const during = async (milliseconds) => {
    const started = performance.now();
    let done = 0;
    const work = async (stream) => {
      for (; performance.now() < started + milliseconds; done++) {
        reached.set(stream, reached.get(stream) + 1);
        await append(stream, reached.get(stream));
      }
    };
    await Promise.all(streams.map(work));
    return (done * 1000) / (performance.now() - started);
  };
  await during(300); // before the code is compiled, nothing counts
  console.log(await during(seconds * 1000));
  process.exit(0);
}

main();
