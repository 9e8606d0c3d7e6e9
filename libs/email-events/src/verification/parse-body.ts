import { ok } from '#libs/kernel';
import { refused, type OpenedDelivery } from '../email-provider.js';
import type { Json } from '../json.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The JSON of a body that's believed; undefined where it's none. */
export const parseBody = (body: Buffer): Json => {
  try {
    return JSON.parse(decoder.decode(body)) as Json;
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
