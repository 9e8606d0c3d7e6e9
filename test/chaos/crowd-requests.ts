import type { Asked } from './answers.js';

export type Server = 'event store' | 'PostgreSQL';

/** A request, and the servers without which it can't be answered with anything but a 503. */
export interface CrowdRequest extends Asked {
  readonly name: string;
  readonly needs: readonly Server[];
}

/** Where the apps are, and by which keys they're asked. */
export interface CrowdTargets {
  readonly commandsUrl: string;
  readonly queriesUrl: string;
  readonly keys: Readonly<Record<'service' | 'analyst' | 'auditor', string>>;
}

const FIRST_SECOND = Date.parse('2026-01-01T00:00:00Z');
const AT = '2026-05-01T10:00:00Z';

/** Each interaction has a second of its own, by which it's found again in the log. */
export const secondOf = (number: number): string => new Date(FIRST_SECOND + number * 1_000).toISOString();
/** And each change of owner an owner. */
export const ownerOf = (number: number): string => `recruiter-${number}`;

/** Of ten commands seven are interactions, two change an owner, and one adds a candidate. */
export const commandRequest = (
  { commandsUrl, keys }: CrowdTargets,
  candidateId: string,
  number: number,
): CrowdRequest => {
  const url = `${commandsUrl}/v1/candidates`;
  const common = { apiKey: keys.service, idempotencyKey: `rush-${number}` };
  if (number % 10 === 9)
    return {
      ...common,
      name: 'add',
      // The keys of personal data lie in PostgreSQL.
      needs: ['event store', 'PostgreSQL'],
      url,
      body: {
        name: { full: `Rush Caller ${number}` },
        contactPoints: [{ kind: 'email', value: `rush.${number}@example.org` }],
      },
    };
  if (number % 10 >= 7)
    return {
      ...common,
      name: 'owner',
      needs: ['event store'],
      url: `${url}/${candidateId}/owner`,
      method: 'PUT',
      body: { owner: ownerOf(number) },
    };
  return {
    ...common,
    name: 'interaction',
    needs: ['event store'],
    url: `${url}/${candidateId}/interactions`,
    body: { type: 'email.replied', occurredAt: secondOf(number), data: { sentiment: 'interested' } },
  };
};

export const scoreRequest = (
  { queriesUrl, keys }: CrowdTargets,
  candidateId: string,
  after?: string,
): CrowdRequest => ({
  name: 'score',
  needs: ['PostgreSQL'],
  apiKey: keys.analyst,
  url: `${queriesUrl}/v1/candidates/${candidateId}/score?at=${AT}${after === undefined ? '' : `&after=${after}`}`,
});

/** The first three are reports, of which one caller may have four at work; the others are asked for as often as one likes. */
export const queryRequest = (targets: CrowdTargets, candidateId: string, number: number): CrowdRequest => {
  const url = `${targets.queriesUrl}/v1`;
  const { analyst, auditor } = targets.keys;
  const rows = { needs: ['PostgreSQL'], apiKey: analyst } as const;
  const reports: CrowdRequest[] = [
    { ...rows, name: 'search', url: `${url}/candidates/search`, body: {} },
    { ...rows, name: 'hottest', url: `${url}/engagement/hottest` },
    { ...rows, name: 'funnel', url: `${url}/funnel` },
  ];
  const others: CrowdRequest[] = [
    scoreRequest(targets, candidateId),
    { ...rows, name: 'candidate', url: `${url}/candidates/${candidateId}` },
    { ...rows, name: 'timeline', url: `${url}/candidates/${candidateId}/timeline` },
    { ...rows, name: 'projections', needs: ['event store', 'PostgreSQL'], url: `${url}/projections` },
    {
      name: 'history',
      needs: ['event store'],
      apiKey: auditor,
      url: `${url}/audit/candidates/${candidateId}/history`,
    },
  ];
  const request = reports[number] ?? others[number % others.length];
  if (!request) throw new Error(`There is no query ${number}.`);
  return request;
};
