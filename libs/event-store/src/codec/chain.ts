import canonicalize from 'canonicalize';
import { hash } from 'node:crypto';
import type { RawEvent } from '../log/raw-event.js';
import type { EventMetadata } from './metadata.js';

// Its types describe an ES module; what Node loads is a CommonJS module that is the function.
const canonicalJson = canonicalize as unknown as (value: unknown) => string | undefined;

/** What a hash covers: the event as it's stored, and through `previous` all events of its stream before it. */
export interface ChainedContent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  /** Without the hash itself. */
  readonly metadata: unknown;
}

/** SHA-256, in hex, over the RFC 8785 form of the content; and how many bytes that takes. */
export const chained = (content: ChainedContent): { readonly hash: string; readonly bytes: number } => {
  const json = canonicalJson(content);
  if (json === undefined) throw new TypeError('Only JSON can be chained.');
  return { hash: hash('sha256', json, 'hex'), bytes: Buffer.byteLength(json) };
};

export const chainHash = (content: ChainedContent): string => chained(content).hash;

/** Where a stream's chain stops being what was written; undefined where it holds to the end. */
export interface ChainBreak {
  readonly revision: number;
  readonly reason: 'content-changed' | 'wrong-predecessor' | 'missing-events' | 'no-chain';
}

/**
 * Checks the events of one stream, from revision 0. What a chain can't show: a tail that was cut off, or
 * everything computed anew by someone who could write to the store.
 */
export const verifyChain = (events: Iterable<RawEvent>): ChainBreak | undefined => {
  let previous: string | null = null;
  let expected = 0;
  for (const event of events) {
    const { chain, ...rest } = event.metadata as EventMetadata;
    const broken = (reason: ChainBreak['reason']): ChainBreak => ({ revision: event.revision, reason });
    if (event.revision !== expected) return broken('missing-events');
    if (typeof chain?.hash !== 'string') return broken('no-chain');
    if (chain.previous !== previous) return broken('wrong-predecessor');
    const computed = chainHash({
      stream: event.streamId,
      revision: event.revision,
      id: event.id,
      type: event.type,
      data: event.data,
      metadata: { ...rest, chain: { previous: chain.previous } },
    });
    if (computed !== chain.hash) return broken('content-changed');
    previous = chain.hash;
    expected++;
  }
  return undefined;
};
