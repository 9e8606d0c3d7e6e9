import type { Result } from '#libs/kernel';
import type { SnsEnvelope } from './mapping/amazon-ses.js';

/** A request to a webhook, as its bytes came. */
export interface WebhookDelivery {
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** Why a delivery isn't taken: nothing in it is believed, stored or logged. */
export interface WebhookRefusal {
  readonly code: 'webhook-unsigned' | 'webhook-forged' | 'webhook-stale' | 'webhook-malformed';
  /** What was expected. Holds nothing of what came. */
  readonly message: string;
}

/** One event of a delivery, as it can be kept and mapped again later. Plain JSON. */
export interface ReceivedEvent {
  readonly payload: unknown;
  /** Of Amazon SES only. */
  readonly envelope?: SnsEnvelope;
}

export type OpenedDelivery = Result<readonly ReceivedEvent[], WebhookRefusal>;

/** Whoever sends our email and tells what became of it. */
export interface EmailProvider {
  /** The last part of the webhook's address, and the provider in the key of a fact. */
  readonly name: string;
  /**
   * Checks who sent a delivery and takes it apart. Throws WebhookUnavailableError where that can't be found out now.
   */
  open(delivery: WebhookDelivery): Promise<OpenedDelivery>;
}

/** What's needed to judge a delivery can't be had now: the provider should send it again later. */
export class WebhookUnavailableError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WebhookUnavailableError';
  }
}

export const refused = (code: WebhookRefusal['code'], message: string): { ok: false; error: WebhookRefusal } => ({
  ok: false,
  error: { code, message },
});

/** A header that came exactly once. */
export const headerOf = ({ headers }: WebhookDelivery, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
