import { startTemporaryServers } from '#libs/embedded';
import { centibitsBefore, groupsOf, type KnownPair, type PersonRecord } from '#libs/identity';
import { START, type StoredEvent } from '#libs/kernel';
import { defineProjection, ensureGeneration, GenerationWriter, MemoryReadModel } from '#libs/projecting';
import { Database, migrate } from '#libs/read-store';
import { comparing, duplicateKeys, duplicatePairs, duplicatePeople, duplicateValues } from '#projections/duplicates';

/** The read model of duplicates, over records as these files have them, with streets and postcodes. */
const overRecords = defineProjection({
  name: 'duplicates-of-records',
  version: 1,
  tables: [duplicatePeople, duplicateKeys, duplicateValues, duplicatePairs],
  handlers: {
    'record.told': comparing({
      isWhole: () => true,
      personAfter: ({ data }, candidateId) => ({ candidate_id: candidateId, record: data, owner: null }),
    }),
  },
});

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** With the file's own id, which nothing compares. */
const told = (data: PersonRecord, index: number): StoredEvent => ({
  id: idOf(index),
  type: 'record.told',
  data,
  streamId: `record-${idOf(index)}`,
  revision: 0,
  position: { commit: BigInt(index + 1), prepare: BigInt(index + 1) },
  subjectId: idOf(index),
  occurredAt: new Date(0),
  timePrecision: 'instant',
  recordedAt: new Date(0),
  correlationId: idOf(index),
  causationId: idOf(index),
  actor: { kind: 'service', id: 'evaluation' },
  source: 'evaluation',
});

export interface KeptPairs {
  readonly pairs: readonly KnownPair[];
  /** Groups of records (by index) that are one person's, at a threshold in bits. */
  readonly clustersAt: (threshold: number) => number[][];
}

/** What the read model keeps of records that come in one after the other, by the very fold that makes its rows. */
export const keepPairs = (records: readonly PersonRecord[], batch = 500): KeptPairs => {
  const model = new MemoryReadModel(overRecords);
  const events = records.map(told);
  for (let at = 0; at < events.length; at += batch) model.apply(events.slice(at, at + batch));
  return kept(records.length, model.rows(duplicatePairs));
};

interface PairRow {
  readonly candidate_id: string;
  readonly other_id: string;
  readonly centibits: number;
}

const kept = (people: number, rows: readonly PairRow[]): KeptPairs => {
  const before = centibitsBefore(people) / 100;
  const pairs = rows
    .filter(({ candidate_id, other_id }) => candidate_id < other_id)
    .map(({ candidate_id, other_id, centibits }) => ({ a: candidate_id, b: other_id, bits: centibits / 100 + before }));
  return {
    pairs,
    clustersAt: (threshold) =>
      groupsOf(pairs, before, threshold).map((group) => group.map((id) => Number(id.slice(-12)))),
  };
};

/** As many events as the projector takes at once while it builds a read model. */
const BUILD_BATCH = 10_000;

/** The same in the tables of PostgreSQL, as the projector writes them; says how long that took, servers not counted. */
export const keepPairsInTables = async (records: readonly PersonRecord[]): Promise<KeptPairs> => {
  const servers = await startTemporaryServers({ durable: false });
  await migrate(servers.databaseUrl);
  const database = new Database(servers.databaseUrl, { max: 10 });
  try {
    await ensureGeneration(database, overRecords);
    const writer = new GenerationWriter(database, overRecords);
    const events = records.map(told);
    const started = performance.now();
    let from = START;
    for (let at = 0; at < events.length; at += BUILD_BATCH) {
      const batch = events.slice(at, at + BUILD_BATCH);
      const to = batch[batch.length - 1].position;
      await writer.write(batch, { from, to });
      from = to;
    }
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s to fold them into tables of PostgreSQL`);
    return kept(
      records.length,
      await database.query<PairRow>('SELECT candidate_id, other_id, centibits FROM read.duplicate_pairs'),
    );
  } finally {
    await database.close();
    await servers.stop();
  }
};
