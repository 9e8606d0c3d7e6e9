import { askedTitle, monthsBefore, normalise } from '#libs/criteria';
import type { Database } from '#libs/read-store';
import { placeOf } from '#libs/taxonomy';
import { termNumber } from '../../../projections/talent-search/src/terms.js';
import type { Measured } from '../report.js';
import { percentile } from '../report.js';
import { cityNames, SEGMENT_TAG, topics } from './population.js';

export interface Api {
  readonly url: string;
  readonly key: string;
}

export const ask = async (
  { url, key }: Api,
  body: object,
): Promise<{ milliseconds: number; answer: Record<string, unknown> }> => {
  const began = performance.now();
  const response = await fetch(`${url}/v1/candidates/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`A search was answered with ${response.status}.`);
  return { milliseconds: performance.now() - began, answer };
};

export const idsOf = (answer: Record<string, unknown>): string[] =>
  (answer['items'] as { id: string }[]).map(({ id }) => id);

/** The sentence, of some city and topic. */
const sentence = (city: string, topic: string): object => ({
  and: [
    { title: 'software engineers' },
    { attribute: 'city', is: [city] },
    { happened: { kinds: ['interest.expressed'], topic, ago: { from: { months: 12 }, to: { months: 6 } } } },
  ],
});

/** As somebody would write it who knows the tables. */
const byHand = async (
  database: Database,
  city: string,
  topic: string,
): Promise<{ milliseconds: number; ids: string[] }> => {
  const { words, term } = askedTitle('software engineers');
  const number = (one: string): string => `'${termNumber(one)}'`;
  const titles = [`(${words.map((word) => number(`title:${word}`)).join(' & ')})`, number(`title:${term}`)];
  const now = Date.now();
  const began = performance.now();
  const rows = await database.query<{ candidate_id: string }>(
    `SELECT c.*, a.last_human_contact_at, a.last_interaction_at
     FROM read.talent_traits t JOIN read.talent c ON c.candidate_id = t.candidate_id
       JOIN read.talent_activity a ON a.candidate_id = t.candidate_id
     WHERE array_to_tsvector(t.terms::text[]) @@ $1::tsquery AND array_to_tsvector(t.terms::text[]) @@ $2::tsquery
       AND t.moments && $6::bigint[]
       AND EXISTS (SELECT FROM read.talent_facts f WHERE f.candidate_id = t.candidate_id AND f.topic_key = $3
         AND f.kind = 'interest.expressed' AND NOT f.by_machine AND f.at >= $4 AND f.at < $5)
     ORDER BY t.name_key, t.candidate_id LIMIT 51`,
    [
      titles.join(' | '),
      number(`city:${normalise(placeOf(city)?.city ?? city)}`),
      normalise(topic),
      new Date(monthsBefore(now, 12)),
      new Date(monthsBefore(now, 6)),
      [12, 11, 10, 9, 8, 7, 6].map((ago) => {
        const month = new Date(monthsBefore(now, ago)).toISOString().slice(0, 'yyyy-mm'.length);
        return String(termNumber(`topic:${normalise(topic)}@${month}`));
      }),
    ],
  );
  return { milliseconds: performance.now() - began, ids: rows.map(({ candidate_id }) => candidate_id).slice(0, 50) };
};

const WARM_UP = 20;

/** The sentence over HTTP, in turn with the same by hand. */
export async function* sentences(api: Api, database: Database, searches: number): AsyncGenerator<Measured> {
  const ours: number[] = [];
  const hands: number[] = [];
  let differing = 0;
  let found = 0;
  for (let n = -WARM_UP; n < searches; n++) {
    const [city, topic] = [
      cityNames[(n + WARM_UP) % cityNames.length] ?? '',
      topics[(n + WARM_UP) % topics.length] ?? '',
    ];
    const { milliseconds, answer } = await ask(api, { where: sentence(city, topic), limit: 50 });
    const hand = await byHand(database, city, topic);
    if (JSON.stringify(idsOf(answer)) !== JSON.stringify(hand.ids)) differing++;
    found += hand.ids.length;
    if (n < 0) continue;
    ours.push(milliseconds);
    hands.push(hand.milliseconds);
  }
  const correct = differing === 0 && found > 0;
  const checked = `${searches} searches, ${found} people shown, ${differing} pages differ from SQL by hand`;
  const [p95, hand95] = [percentile(ours, 95), percentile(hands, 95)];
  const [p50, hand50] = [percentile(ours, 50), percentile(hands, 50)];
  yield {
    name: 'the sentence over HTTP, p95',
    unit: 'ms',
    value: p95,
    correct,
    checked,
    target: { kind: 'below', value: 50 },
  };
  yield { name: 'the sentence over HTTP, p50', unit: 'ms', value: p50, correct, checked };
  yield { name: 'the sentence as SQL by hand, p95', unit: 'ms', value: hand95, correct, checked };
  yield { name: 'the sentence as SQL by hand, p50', unit: 'ms', value: hand50, correct, checked };
  yield {
    name: 'HTTP p50 without 5 ms, over SQL by hand',
    unit: '×',
    value: (p50 - 5) / hand50,
    correct,
    checked,
    target: { kind: 'below', value: 1.3 },
  };
}

const SCALAR = ['city', 'country', 'employer', 'owner', 'source', 'sourceName', 'availability', 'experience'];
const MULTI = ['skills', 'tags', 'interests', 'languages', 'occupations'];

const hits = (answer: Record<string, unknown>): number => Number(answer['total']);

/** Facets over a tenth of everybody; how many that is is counted apart. */
export async function* facetCounts(api: Api, searches: number): AsyncGenerator<Measured> {
  const where = { attribute: 'tags', is: [SEGMENT_TAG] };
  const total = hits((await ask(api, { where, limit: 1, total: true })).answer);
  for (const [name, facets, below] of [
    ['scalar', SCALAR, 200],
    ['scalar and multi-valued', [...SCALAR, ...MULTI], 500],
  ] as const) {
    const times: number[] = [];
    let wrong = 0;
    for (let n = -3; n < searches; n++) {
      const { milliseconds, answer } = await ask(api, { where, limit: 1, facets });
      const counted = (answer['facets'] as { facet: string; values: { count: number }[] }[]).find(
        ({ facet }) => facet === 'source',
      );
      if (counted?.values.reduce((sum, { count }) => sum + count, 0) !== total) wrong++;
      if (n >= 0) times.push(milliseconds);
    }
    yield {
      name: `${name} facets over ${total} hits, p95`,
      unit: 'ms',
      value: percentile(times, 95),
      correct: wrong === 0,
      checked: `${searches} searches, ${wrong} whose sources don't add up to the hits`,
      target: { kind: 'below', value: below },
    };
  }
}
