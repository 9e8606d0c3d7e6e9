import { newId } from '#libs/kernel';
import { setTimeout as wait } from 'node:timers/promises';
import { bySendGrid, webhookEnvironment, type Posted } from '../../support/webhook-senders.js';
import type { Bench, Case } from '../case.js';
import { factsAfter } from '../facts-in-log.js';
import { CpuMeter } from '../process-cost.js';
import type { Measured } from '../report.js';

/** Far more than the 64 that the app takes at once. */
const SENDERS = 200;
const EVENTS_EACH = 100;
/** Each tenth delivery comes twice, as from a provider that missed the answer. */
const TWICE = 10;

const addressOf = (person: number): string => `person-${person}@example.org`;

const addPeople = async ({ stage }: Bench, url: string, people: number): Promise<void> => {
  const lines = Array.from({ length: people }, (_, i) =>
    JSON.stringify({ name: { full: 'A Person' }, contactPoints: [{ kind: 'email', value: addressOf(i) }] }),
  );
  const response = await fetch(`${url}/v1/candidates/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.keys.service}`, 'content-type': 'application/x-ndjson' },
    body: `${lines.join('\n')}\n`,
  });
  const added = (await response.text()).split('\n').filter((line) => line.includes('"status":201')).length;
  if (added !== people) throw new Error(`${added} of ${people} people were added.`);
};

/** Opens by people in turn, the same event never twice but for whole deliveries. */
const deliveriesOf = (events: number, people: number): unknown[][] => {
  const timestamp = Math.floor(Date.now() / 1_000);
  const once = Array.from({ length: Math.ceil(events / EVENTS_EACH) }, (_, d) =>
    Array.from({ length: Math.min(EVENTS_EACH, events - d * EVENTS_EACH) }, (_event, e) => ({
      event: 'open',
      email: addressOf((d * EVENTS_EACH + e) % people),
      timestamp,
      sg_event_id: newId(),
      sg_message_id: `${newId()}.filter0001`,
      ip: '192.0.2.7',
      useragent: 'Mozilla/5.0',
    })),
  );
  return once.flatMap((delivery, d) => (d % TWICE === 0 ? [delivery, delivery] : [delivery]));
};

interface Sum {
  recorded: number;
  duplicates: number;
  unmatched: number;
  /** Answers that told the sender to come back. */
  postponed: number;
}

/** Posts all at once, and what's told to come back again when it's told to. */
const post = async (url: string, deliveries: readonly Posted[]): Promise<Sum> => {
  const sum: Sum = { recorded: 0, duplicates: 0, unmatched: 0, postponed: 0 };
  const left = [...deliveries];
  const send = async (): Promise<void> => {
    for (let next = left.shift(); next;) {
      const { headers, body } = next;
      const response = await fetch(`${url}/v1/webhooks/sendgrid`, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
      });
      if (response.status === 200) {
        const counts = (await response.json()) as Omit<Sum, 'postponed'>;
        sum.recorded += counts.recorded;
        sum.duplicates += counts.duplicates;
        sum.unmatched += counts.unmatched;
        next = left.shift();
        continue;
      }
      const text = await response.text();
      const seconds = Number(response.headers.get('retry-after'));
      if (response.status !== 503 || !(seconds > 0)) throw new Error(`${response.status} ${text}`);
      sum.postponed += 1;
      await wait(seconds * 1_000 * (1 + Math.random()));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return sum;
};

/** Events of a provider in bursts: every one is in the log once, however often its sender is told to come back. */
export const webhooks: Case = async function* (bench): AsyncGenerator<Measured> {
  const { stage, quick, runs, pids } = bench;
  const [people, events] = quick ? [50, 1_000] : [2_000, 100_000];
  const app = await stage.app('command-api', stage.databaseUrl, webhookEnvironment);
  await addPeople(bench, app.url, people);
  for (let run = 0; run < runs; run++) {
    const contents = deliveriesOf(events, people);
    const deliveries = contents.map((content) => bySendGrid(content, new Date()));
    const posted = contents.reduce((all, content) => all + content.length, 0);
    const after = await stage.log.head();
    const meter = new CpuMeter(pids({ 'command-api': app.pid() }));
    const from = performance.now();
    const sum = await post(app.url, deliveries);
    const seconds = (performance.now() - from) / 1_000;
    const cost = `${meter.perEvent(posted)}; peak ${meter.peaks()}`;
    const { events: inLog, facts } = await factsAfter(stage.log, after);
    const answered = sum.recorded + sum.duplicates;
    yield {
      name: `webhook events, ${SENDERS} senders of ${EVENTS_EACH} each, a tenth twice`,
      unit: 'events/s',
      value: posted / seconds,
      correct: inLog === events && facts === events && answered === posted && sum.unmatched === 0,
      checked: `${posted} posted, ${sum.recorded} recorded and ${sum.duplicates} known by their answers; ${inLog} events of ${facts} facts in the log; ${sum.postponed} answers of 503`,
      cost,
    };
  }
};
