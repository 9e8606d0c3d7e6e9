// Starts one PostgreSQL and one event store node for all suites that talk to servers, unless the environment names
// servers of its own. It runs compiled code, as the servers do: `npm test` builds first.
const compiled = new URL('../../dist/libs/embedded/src/index.js', import.meta.url).href;

export default async () => {
  const { DATABASE_URL: databaseUrl, EVENTSTORE_URL: eventStoreUrl } = process.env;
  if (databaseUrl && eventStoreUrl) {
    process.env.EVENTSTORE_URL_UNDER_TEST = eventStoreUrl;
    return;
  }
  const { startTemporaryServers } = await import(compiled);
  const servers = await startTemporaryServers({
    durable: false,
    databaseUrl: databaseUrl || undefined,
    eventStoreUrl: eventStoreUrl || undefined,
  });
  globalThis.rapportServers = servers;
  process.env.DATABASE_URL = servers.databaseUrl;
  process.env.EVENTSTORE_URL_UNDER_TEST = servers.eventStoreUrl;
};
