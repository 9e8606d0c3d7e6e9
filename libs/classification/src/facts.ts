import type { NetworkKind } from './networks/known-networks.js';

/** What's known of one act with one message to one person. Times are milliseconds since 1970. */
export interface ObservedFact {
  readonly eventId: string;
  readonly kind: 'delivered' | 'opened' | 'clicked' | 'unsubscribed';
  readonly at: number;
  /** What the provider itself said, where it did: its word for a machine is taken, its silence isn't a human. */
  readonly reportedAgent?: 'human' | 'machine';
  readonly userAgent?: string;
  readonly url?: string;
  /** Where the address that it came from is on a list. The address itself is no evidence, and isn't here. */
  readonly network?: NetworkKind;
}

/** Why a verdict is what it is. Codes are kept in the log, so none is ever renamed. */
export type Reason =
  | 'provider-says-machine'
  | 'scanner-user-agent'
  | 'script-user-agent'
  | 'proxy-user-agent'
  | 'gateway-address'
  | 'data-centre-address'
  | 'data-centre-after-delivery'
  | 'many-links-at-once'
  | 'many-clicks-at-once'
  | 'unsubscribe-link-too'
  | 'right-after-delivery'
  | 'browser-on-its-own'
  | 'clicked-afterwards'
  | 'no-evidence';

export interface FactVerdict {
  readonly eventId: string;
  readonly verdict: 'human' | 'machine' | 'unknown';
  readonly classifierVersion: number;
  /** The strongest first. */
  readonly reasons: readonly Reason[];
  /** The edition of the lists of networks that were looked at. */
  readonly networks?: string;
}
