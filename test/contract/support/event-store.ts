import { waitUntil } from '#libs/embedded';
import {
  EventStoreDBClient,
  jsonEvent,
  type AllStreamResolvedEvent,
  type JSONEventData,
  type JSONEventType,
  type Position,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

/** The server under test: a real one where `EVENTSTORE_URL` named it, else the embedded node. */
export const eventStoreUrl = (): string => {
  const url = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? process.env['EVENTSTORE_URL'];
  if (!url) throw new Error('EVENTSTORE_URL_UNDER_TEST is not set: the suite has no server.');
  return url;
};

/** The one client of a spec file: what appends are pending is global to the client's module. */
export const connect = (url = eventStoreUrl()): EventStoreDBClient => EventStoreDBClient.connectionString(url);

/** Given with a call, they make the client append by the unary call instead of in a batch. */
export const credentials = (): { username: string; password: string } => {
  const { username, password } = new URL(eventStoreUrl());
  return { username: decodeURIComponent(username) || 'admin', password: decodeURIComponent(password) || 'changeit' };
};

/** A real server isn't empty: every test has streams of its own. */
export const newStream = (category = 'contract'): string => `${category}-${randomUUID()}`;

/** An event type that no other test uses. */
export const newType = (): string => `contract.${randomUUID()}`;

export type TestEvent = JSONEventData<JSONEventType<string, { n: number }, { m: number }>>;

export const numbered = (count: number, type = 'contract.happened', from = 0): TestEvent[] =>
  Array.from({ length: count }, (_, i) => jsonEvent({ type, data: { n: from + i }, metadata: { m: from + i } }));

/** Reads to the end: a read that's left early stays open. */
export const all = async <T>(events: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const event of events) found.push(event);
  return found;
};

export const numbersOf = (events: readonly ResolvedEvent[]): unknown[] =>
  events.map(({ event }) => (event?.data as { n?: number } | undefined)?.n);

/** What an async function throws; fails where it doesn't. */
export const failureOf = async (promise: Promise<unknown>): Promise<Error> => {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It succeeded.');
};

export const within = async <T>(
  what: string,
  probe: () => T | undefined | false,
  milliseconds = 20_000,
): Promise<T> => {
  const found = await waitUntil(probe, { withinMilliseconds: milliseconds, everyMilliseconds: 5 });
  if (found === undefined) throw new Error(`Waited ${milliseconds} ms in vain for ${what}.`);
  return found;
};

/** The parts of the client's subscriptions that the suite looks at. */
interface Subscription {
  on(event: 'data', listener: (event: ResolvedEvent) => void): unknown;
  on(event: 'confirmation' | 'caughtUp' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  unsubscribe(): Promise<void>;
}

/** Keeps what a subscription delivers, in order. */
export class Recorder {
  readonly events: ResolvedEvent[] = [];
  readonly checkpoints: Position[] = [];
  /** How many events had come when it was caught up for the first time. */
  caughtUpAfter: number | undefined;
  confirmed = false;
  error: Error | undefined;
  private subscription: Subscription | undefined;

  /** Filters take it as `checkpointReached`. */
  readonly checkpointReached = (_: unknown, position: Position): void => void this.checkpoints.push(position);

  follow(subscription: Subscription): this {
    this.subscription = subscription;
    subscription.on('data', (event) => this.events.push(event));
    subscription.on('confirmation', () => (this.confirmed = true));
    subscription.on('caughtUp', () => (this.caughtUpAfter ??= this.events.length));
    subscription.on('error', (error) => (this.error = error));
    return this;
  }

  get numbers(): unknown[] {
    return numbersOf(this.events);
  }

  async caughtUp(): Promise<void> {
    await within('the subscription to be caught up', () => this.caughtUpAfter !== undefined);
  }

  async has(count: number): Promise<void> {
    await within(`${count} events`, () => this.events.length >= count);
  }

  async close(): Promise<void> {
    await this.subscription?.unsubscribe();
  }
}

export const positionOf = ({ event }: AllStreamResolvedEvent | ResolvedEvent): Position => {
  const position = (event as { position?: Position } | undefined)?.position;
  if (!position) throw new Error('The event has no position.');
  return position;
};
