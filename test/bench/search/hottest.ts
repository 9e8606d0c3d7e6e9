import { percentile, type Measured } from '../report.js';
import { COLD_TAG, SEGMENT_TAG } from './population.js';
import { ask, idsOf, type Api } from './searches.js';

const HOTTEST = 100;
const WARM_UP = 5;

/**
 * The hundred warmest of a tenth of everybody, in one page and in ten: all but the first of these are made by scoring
 * everybody who's found, so that the two ways have to agree on who comes where.
 */
export async function* hottest(api: Api, searches: number): AsyncGenerator<Measured> {
  for (const [name, tag, below] of [
    ['a segment that has nothing to do with warmth', SEGMENT_TAG, 20],
    ['the coldest segment', COLD_TAG, 100],
  ] as const) {
    const body = { where: { attribute: 'tags', is: [tag] }, sort: { by: 'warmth' } };
    const times: number[] = [];
    let page: string[] = [];
    for (let n = -WARM_UP; n < searches; n++) {
      const { milliseconds, answer } = await ask(api, { ...body, limit: HOTTEST });
      page = idsOf(answer);
      if (n >= 0) times.push(milliseconds);
    }
    const pages: string[] = [];
    // Pages after the first are made by scoring everybody.
    for (let cursor: unknown = undefined; pages.length < HOTTEST;) {
      const { answer } = await ask(api, { ...body, limit: 10, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(...idsOf(answer));
      cursor = answer['nextCursor'];
    }
    const same = page.length === HOTTEST && JSON.stringify(page) === JSON.stringify(pages);
    yield {
      name: `the hottest ${HOTTEST} of ${name}, p95`,
      unit: 'ms',
      value: percentile(times, 95),
      correct: same,
      checked: same
        ? `${searches} searches; the same people as by everybody's score`
        : 'other people than by their scores',
      target: { kind: 'below', value: below },
    };
    yield {
      name: `the hottest ${HOTTEST} of ${name}, p50`,
      unit: 'ms',
      value: percentile(times, 50),
      correct: same,
      checked: `${searches} searches`,
    };
  }
}
