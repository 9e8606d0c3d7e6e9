import { bands, scoreUnits, UNITS_PER_POINT, liveModel, type Band } from '#libs/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import { engagement } from '../engagement.projection.js';
import { heatsIn } from '../standing-row.js';
import { builtInStandings } from '../tables.js';
import { scoreOf } from './score.query.js';
import { bandSql, heatSql, inBandSql } from './standing-sql.js';

const SERVERS_MILLISECONDS = 30_000;
const HOUR = 3_600_000;
const t0 = new Date('2026-01-01T00:00:00Z');

interface Found {
  candidate_id: string;
  band: Band;
  heat: number;
  last_signal_at: Date | null;
  changes: (Date | null)[];
}

describe('Bands and scores in SQL', () => {
  const people: string[] = [];
  let model: FoldedHistory;

  const at = (now: Date): Promise<Found[]> =>
    model.database.query<Found>(
      `SELECT s.*, ${bandSql('s', '$1::timestamptz')} AS band, ${heatSql(builtInStandings, 's', '$1::timestamptz')} AS heat,
              ARRAY[hot_until, warm_until, dormant_at] AS changes
       FROM read.engagement_scores s`,
      [now],
    );

  beforeAll(async () => {
    model = await FoldedHistory.of(engagement);
    const acts = fc.array(fc.record({ hour: fc.nat(5_000), kind: fc.nat(2) }), { minLength: 1, maxLength: 25 });
    for (const life of fc.sample(acts, { numRuns: 60, seed: 7 })) {
      const id = model.told.added(t0);
      people.push(id);
      for (const { hour, kind } of life) {
        const when = new Date(t0.getTime() + hour * HOUR);
        if (kind === 0) model.told.happened(id, when, { type: 'email.replied', data: { sentiment: 'interested' } });
        else
          model.told.happened(id, when, { type: 'email.clicked', data: { agent: kind === 1 ? 'human' : 'machine' } });
      }
    }
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('are those that the events come to, at any instant and on both sides of each change', async () => {
    const rows = await at(t0);
    const edges = rows
      .flatMap(({ changes }) => changes.flatMap((change) => (change ? [change.getTime()] : [])))
      .filter((_, i) => i % 9 === 0)
      .flatMap((edge) => [edge - 1, edge]);
    const random = fc.sample(fc.nat(9_000), { numRuns: 10, seed: 7 }).map((hours) => t0.getTime() + hours * HOUR);
    const seen = new Set<Band>();
    for (const instant of [...edges, ...random].map((time) => new Date(time))) {
      for (const row of await at(instant)) {
        if (row.last_signal_at && row.last_signal_at > instant) continue;
        const { band, units } = await scoreOf(model.database, row.candidate_id, instant);
        expect(row.band).toBe(band);
        expect(scoreUnits(liveModel, heatsIn(row, builtInStandings.groups), instant)).toBe(units);
        expect(Math.abs(row.heat - Number(units) / UNITS_PER_POINT)).toBeLessThan(2e-9);
        seen.add(band);
      }
    }
    expect([...seen].sort()).toEqual([...bands].sort());
  });

  it('can be asked for as a condition, which everybody meets for one band', async () => {
    const now = new Date(t0.getTime() + 4_000 * HOUR);
    const conditions = bands.map((band) => `${inBandSql('s', band, '$1::timestamptz')} AS in_${band}`).join(', ');
    const rows = await model.database.query<Record<`in_${Band}`, boolean> & { band: Band }>(
      `SELECT ${bandSql('s', '$1::timestamptz')} AS band, ${conditions} FROM read.engagement_scores s`,
      [now],
    );
    expect(rows.length).toBe(people.length);
    for (const row of rows) for (const band of bands) expect(row[`in_${band}`]).toBe(row.band === band);
  });

  it('are dormant and nothing for whoever has no row', async () => {
    const [row] = await model.database.query(
      `SELECT ${bandSql('s', 'now()')} AS band, ${heatSql(builtInStandings, 's', 'now()')} AS heat, ${inBandSql('s', 'dormant', 'now()')} AS in
       FROM (VALUES (gen_random_uuid())) AS person (id) LEFT JOIN read.engagement_scores s ON s.candidate_id = person.id`,
    );
    expect(row).toEqual({ band: 'dormant', heat: 0, in: true });
  });
});
