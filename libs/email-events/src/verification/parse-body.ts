import { ok } from '#libs/kernel';
import { refused, type OpenedDelivery } from '../email-provider.js';
import type { Json } from '../json.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Providers' own go five levels deep. What writes a value anew recurses, and some thousand levels are the end of its stack. */
const MAX_DEPTH = 64;

const isDeep = (parsed: Json): boolean => {
  const waiting = [{ value: parsed, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MAX_DEPTH) return true;
    for (const child of Object.values(value) as Json[]) waiting.push({ value: child, depth: depth + 1 });
  }
  return false;
};

/** The JSON of a body that's believed; undefined where it's none, or nested beyond reason. */
export const parseBody = (body: Buffer): Json => {
  try {
    const parsed = JSON.parse(decoder.decode(body)) as Json;
    return isDeep(parsed) ? undefined : parsed;
  } catch {
    return undefined;
  }
};

export const malformed = refused('webhook-malformed', 'The body must be JSON, as the provider documents it.');

/** A list of events, or one. */
export const eventsIn = (body: Buffer): OpenedDelivery => {
  const parsed = parseBody(body);
  if (parsed === undefined) return malformed;
  return ok((Array.isArray(parsed) ? (parsed as Json[]) : [parsed]).map((payload) => ({ payload })));
};
