import type { Database } from '#libs/read-store';
import { hottest, scoreOf } from '#projections/engagement';
import { cohortFunnel, type FunnelGroup } from '#projections/funnel';
import { getCandidate, searchTalent } from '#projections/talent-search';
import { timelineOf } from '#projections/timeline';
import Table from 'cli-table3';

const day = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? '–';
const points = (text: string): string => Number(text).toFixed(1);
const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const drawn = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) drawn.push(row.map(String));
  return drawn.toString();
};

const titled = (title: string, body: string): string => `\n${title}\n${body}`;

const funnelRow = ({ source, reached, conversion }: FunnelGroup): (string | number)[] => [
  source ?? '',
  ...Object.values(reached),
  percent(conversion.hired.fromEntered),
];

/** The product's main questions, answered as tables. `now` is the end of the history. */
export const answers = async (sql: Database, now: Date, applicantsAsOf: Date): Promise<string[]> => {
  const found = await searchTalent(sql, {
    criteria: {
      title: 'software engineer',
      location: { city: 'Austin' },
      interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } },
    },
    sort: { by: 'last-contact' },
    limit: 15,
    total: true,
    now,
  });
  if (!found.ok) throw new Error(`The search was refused: ${found.error}`);
  const people = found.value.items.map((p) => [
    p.name ?? '',
    p.title ?? '',
    p.employer ?? '',
    day(p.lastHumanContactAt),
    p.owner ?? '–',
  ]);

  const warmest = await hottest(sql, { at: now, limit: 20 });
  if (!warmest.ok) throw new Error(`The ranking was refused: ${warmest.error}`);
  const ranking = await Promise.all(
    warmest.value.items.map(async ({ candidateId, score, band, lastSignalAt }, i) => {
      const person = await getCandidate(sql, candidateId);
      return [
        i + 1,
        person?.name ?? '',
        person?.title ?? '',
        person?.location.city ?? '',
        points(score),
        band,
        day(lastSignalAt),
      ];
    }),
  );

  const funnelHead = ['source', 'applied', 'screened', 'interviewed', 'offered', 'hired', 'hired of applied'];
  const imported = await cohortFunnel(sql, {
    by: ['source'],
    from: applicantsAsOf,
    to: new Date(applicantsAsOf.getTime() + 1),
  });
  const history = await cohortFunnel(sql, { by: ['source'], to: applicantsAsOf });

  const [top] = warmest.value.items;
  if (!top) throw new Error('Nobody is in touch with us.');
  const [person, events, score] = await Promise.all([
    getCandidate(sql, top.candidateId),
    timelineOf(sql, { candidateIds: [top.candidateId], order: 'newest', limit: 15 }),
    scoreOf(sql, top.candidateId, now),
  ]);
  if (!events.ok) throw new Error(`The timeline was refused: ${events.error}`);
  const terms = score.terms.slice(0, 12);
  const rest = score.terms.length - terms.length;

  return [
    titled(
      `All software engineers in Austin who expressed interest in backend roles 6–12 months ago: ${found.value.total} (as of ${day(now)})`,
      table(['name', 'title', 'employer', 'last contact', 'owner'], people),
    ),
    titled('The hottest twenty', table(['#', 'name', 'title', 'city', 'score', 'band', 'last signal'], ranking)),
    titled('The funnel by source: the imported applicants file', table(funnelHead, imported.map(funnelRow))),
    titled('The funnel by source: the two-year history', table(funnelHead, history.map(funnelRow))),
    titled(
      `What happened with ${person?.name ?? 'the hottest'}: the last ${events.value.items.length}`,
      table(
        ['when', 'what', 'told by'],
        events.value.items.map((e) => [e.occurredAt.toISOString().slice(0, 16).replace('T', ' '), e.type, e.source]),
      ),
    ),
    titled(
      `What their score of ${score.score} is made of${rest > 0 ? `: the ${terms.length} dearest of ${score.terms.length} events` : ''}` +
        ` (${score.leftOut.length} left out; ${score.next ? `${score.next.band} from ${day(score.next.at)} if nothing happens` : 'no change ahead'})`,
      table(
        ['event', 'when', 'points then', 'points now'],
        terms.map((t) => [t.type, day(t.occurredAt), t.weight, t.value]),
      ),
    ),
  ];
};
