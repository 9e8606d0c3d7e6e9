import type { Decider, DomainEvent } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { EventCodec, type Decoded } from '../codec/event-codec.js';
import type { EventMetadata } from '../codec/metadata.js';
import { InvalidEventError, NewerEventError } from '../errors.js';
import { EventLog } from '../log/event-log.js';
import type { RawEvent } from '../log/raw-event.js';
import { commandKeyName, factKeyName, type AcceptedKey, type LoadedState, type StreamState } from './stream-state.js';

const DECODE_AT_ONCE = 500;

/** Adds what an event's metadata says was accepted. Events of one command share its keys; the last revision counts. */
export const rememberKeys = (keys: Map<string, AcceptedKey>, event: RawEvent): void => {
  const { command, body, fact } = (event.metadata as Partial<EventMetadata> | undefined)?.keys ?? {};
  const remember = (name: string, extra: { body?: string }): void => {
    const before = keys.get(name);
    keys.set(name, {
      revision: event.revision,
      position: event.position,
      appended: (before?.appended ?? 0) + 1,
      ...extra,
    });
  };
  if (command !== undefined) remember(commandKeyName(command), body === undefined ? {} : { body });
  if (fact !== undefined) remember(factKeyName(fact), {});
};

const unreadable = ({ reason, raw: { type }, message }: Extract<Decoded, { ok: false }>): Error =>
  reason === 'invalid' ? new InvalidEventError(type, message) : new NewerEventError(type, message);

/** Folds a stream from the store into the state that decisions are made on. */
@Injectable()
export class StreamLoader {
  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
  ) {}

  /**
   * Throws NewerEventError or InvalidEventError for an event that can't be read: a decision on half a history would be wrong.
   * @param since where to go on from; then all but state and revision is of what came after it alone
   */
  async load<S, E extends DomainEvent>(
    streamId: string,
    decider: Pick<Decider<S, never, E>, 'initial' | 'evolve' | 'keeps'>,
    since: LoadedState<S> = { state: decider.initial, revision: -1 },
  ): Promise<StreamState<S>> {
    let { state } = since;
    let kept = 0;
    let last: RawEvent | undefined;
    const keys = new Map<string, AcceptedKey>();
    const fold = async (raws: readonly RawEvent[]): Promise<void> => {
      for (const decoded of await this.codec.decodeMany(raws)) {
        if (!decoded.ok) throw unreadable(decoded);
        const event = decoded.event as unknown as E;
        state = decider.evolve(state, event);
        kept += decider.keeps?.(event) ?? 0;
      }
      for (const raw of raws) rememberKeys(keys, raw);
    };
    let page: RawEvent[] = [];
    for await (const raw of this.log.readStream(streamId, { fromRevision: since.revision + 1 })) {
      page.push(raw);
      last = raw;
      if (page.length >= DECODE_AT_ONCE) {
        await fold(page);
        page = [];
      }
    }
    await fold(page);
    return {
      state,
      revision: last?.revision ?? since.revision,
      headHash: (last?.metadata as EventMetadata | undefined)?.chain.hash ?? null,
      kept,
      keys,
    };
  }
}
