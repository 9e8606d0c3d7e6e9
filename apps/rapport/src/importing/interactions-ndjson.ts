import { engagementEventDefinitions, type EngagementEventType } from '#libs/candidates';
import { isUuid } from '#libs/kernel';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { refused, taken, type ParsedRecord } from './candidate-record.js';
import { parseInstant } from './dates.js';

/** One interaction of a file. */
export interface InteractionRecord {
  readonly addressee:
    { readonly candidateId: string } | { readonly recipient: { readonly kind: string; readonly value: string } };
  readonly type: EngagementEventType;
  readonly data: Readonly<Record<string, unknown>>;
  /** What the provider says of an open or a click. */
  readonly machine?: boolean;
  readonly occurredAt: Date;
  readonly provider?: string;
  readonly eventId?: string;
  /** The line with its keys in order: what the fact is known by where no provider's id is. */
  readonly content: string;
}

const fields = new Set([
  'candidateId',
  'email',
  'phone',
  'externalId',
  'type',
  'occurredAt',
  'data',
  'machine',
  'provider',
  'eventId',
]);
const types = new Set<string>(engagementEventDefinitions.map(({ type }) => type));

/** Reads NDJSON: `{"email":"…","type":"call.made","occurredAt":"…","data":{…}}`, one a line. Empty lines are skipped. */
export async function* readInteractions(input: Readable): AsyncGenerator<ParsedRecord<InteractionRecord>> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield toInteraction(text, line);
  }
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

const toInteraction = (text: string, line: number): ParsedRecord<InteractionRecord> => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refused(line, 'bad-json', 'This line is not JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return refused(line, 'bad-json', 'This line is not a JSON object.');
  const object = parsed as Record<string, unknown>;
  const unknown = Object.keys(object).find((key) => !fields.has(key));
  if (unknown !== undefined)
    return refused(
      line,
      'unknown-field',
      `There is a field that interactions don't have. Known: ${[...fields].join(', ')}.`,
    );
  const { type, occurredAt, data = {}, machine, provider, eventId } = object;
  if (typeof type !== 'string' || !types.has(type))
    return refused(line, 'unknown-type', `type must be one of ${[...types].join(', ')}.`);
  const at = typeof occurredAt === 'string' ? parseInstant(occurredAt) : undefined;
  if (at === undefined)
    return refused(line, 'bad-date', 'occurredAt must be a date (YYYY-MM-DD) or an ISO 8601 instant with its offset.');
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return refused(line, 'bad-data', 'data must be an object.');
  if (machine !== undefined && typeof machine !== 'boolean')
    return refused(line, 'bad-data', 'machine must be true or false.');
  if (![provider, eventId].every((value) => value === undefined || (typeof value === 'string' && value !== ''))) {
    return refused(line, 'bad-data', 'provider and eventId must be text.');
  }
  const addressee = addresseeOf(object);
  if (addressee === undefined) {
    return refused(
      line,
      'nobody',
      'Name the candidate by one of candidateId (a UUID), email, phone, or externalId ({ system, id }).',
    );
  }
  return taken(line, {
    addressee,
    type: type as EngagementEventType,
    data: data as Record<string, unknown>,
    occurredAt: at,
    content: JSON.stringify(sorted(parsed)),
    ...(machine === undefined ? {} : { machine }),
    ...(typeof provider === 'string' ? { provider } : {}),
    ...(typeof eventId === 'string' ? { eventId } : {}),
  });
};

const addresseeOf = ({
  candidateId,
  email,
  phone,
  externalId,
}: Record<string, unknown>): InteractionRecord['addressee'] | undefined => {
  const given = [candidateId, email, phone, externalId].filter((value) => value !== undefined);
  if (given.length !== 1) return undefined;
  if (typeof candidateId === 'string' && isUuid(candidateId.toLowerCase()))
    return { candidateId: candidateId.toLowerCase() };
  if (typeof email === 'string' && email.includes('@')) return { recipient: { kind: 'email', value: email } };
  if (typeof phone === 'string' && phone !== '') return { recipient: { kind: 'phone', value: phone } };
  const { system, id } = (typeof externalId === 'object' && externalId !== null ? externalId : {}) as Record<
    string,
    unknown
  >;
  if (typeof system === 'string' && typeof id === 'string')
    return { recipient: { kind: `external:${system}`, value: id } };
  return undefined;
};
