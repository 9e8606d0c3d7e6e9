import type { SqlExecutor } from '#libs/read-store';
import { countFacets, facetNames } from '#projections/talent-search';
import { describe, expect, it } from '@jest/globals';
import { DATABASE_CONNECTIONS, EXPORT_CONNECTIONS, PLACES, SINGLE_ROW_CONNECTIONS } from './dear-query.js';

describe('The connections of the query API', () => {
  it('are enough for all facets that may be counted at once, with some left for exports and single rows', async () => {
    let [now, most] = [0, 0];
    const sql: SqlExecutor = {
      query: async () => {
        most = Math.max(most, (now += 1));
        await new Promise(setImmediate);
        now -= 1;
        return [];
      },
    };
    await countFacets(sql, {}, facetNames, { now: new Date(0) });
    expect(most).toBeGreaterThan(0);
    expect(PLACES * most + EXPORT_CONNECTIONS + SINGLE_ROW_CONNECTIONS).toBeLessThanOrEqual(DATABASE_CONNECTIONS);
  });
});
