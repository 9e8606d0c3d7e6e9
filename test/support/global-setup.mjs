import { randomUUID } from 'node:crypto';

// Starts one PostgreSQL and one event store node for all suites that talk to servers, unless the environment names
// servers of its own. It runs compiled code, as the servers do: `npm test` builds first.
const compiled = (lib) => import(new URL(`../../dist/libs/${lib}/src/index.js`, import.meta.url).href);

/** A migrated database that those of specs are copied from: copying takes a fifth of the time that migrating does. */
const makeTemplate = async () => {
  const { Database, migrate } = await compiled('read-store');
  const server = new Database(process.env.DATABASE_URL, { max: 1 });
  const name = `spec_template_${randomUUID().replaceAll('-', '')}`;
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = `/${name}`;
  globalThis.dropTemplate = async () => {
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.close();
  };
  await migrate(url.href);
  process.env.SPEC_TEMPLATE = name;
};

const startMissing = async () => {
  const { DATABASE_URL: databaseUrl, EVENTSTORE_URL: eventStoreUrl } = process.env;
  if (databaseUrl && eventStoreUrl) {
    process.env.EVENTSTORE_URL_UNDER_TEST = eventStoreUrl;
    return;
  }
  const { startTemporaryServers } = await compiled('embedded');
  const servers = await startTemporaryServers({
    durable: false,
    databaseUrl: databaseUrl || undefined,
    eventStoreUrl: eventStoreUrl || undefined,
  });
  globalThis.rapportServers = servers;
  process.env.DATABASE_URL = servers.databaseUrl;
  process.env.EVENTSTORE_URL_UNDER_TEST = servers.eventStoreUrl;
};

export default async () => {
  await startMissing();
  await makeTemplate();
};
