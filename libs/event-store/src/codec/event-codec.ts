import {
  isUuid,
  UNWRITABLE,
  unwritableTexts,
  type DomainEvent,
  type PrivacyGroup,
  type StoredEvent,
} from '#libs/kernel';
import { KeyVault, openBox, sealBox, UnusableKeyError, type KeyRef, type SubjectKey } from '#libs/privacy';
import { Injectable } from '@nestjs/common';
import { InvalidEventError } from '../errors.js';
import type { RawEvent, SizedEvent } from '../log/raw-event.js';
import { chained } from './chain.js';
import { EventRegistry, type RegisteredEvent } from './event-registry.js';
import type { EventMetadata } from './metadata.js';

/** Where an event's boxes lie in its data: base64 by group. */
const BOXES = '$boxes';

/** An event that was read, or why it couldn't be. `message` holds nothing personal. */
export type Decoded =
  | { readonly ok: true; readonly event: StoredEvent }
  | {
      readonly ok: false;
      /** A newer program wrote it: another type, or a newer version of a known one. Or it's broken. */
      readonly reason: 'unknown-type' | 'unknown-version' | 'invalid';
      readonly raw: RawEvent;
      readonly message: string;
    };

/** What the codec needs to know of an event that is about to be appended. */
export interface NewEvent {
  readonly id: string;
  readonly event: DomainEvent;
  readonly streamId: string;
  readonly revision: number;
  readonly previousHash: string | null;
  readonly metadata: Omit<EventMetadata, 'schemaVersion' | 'chain'>;
}

type JsonObject = Record<string, unknown>;
/** By subject and group. */
type Keys = ReadonlyMap<string, SubjectKey | UnusableKeyError>;

const boxContext = (streamId: string, eventId: string, group: PrivacyGroup): string =>
  `${streamId}/${eventId}/${group}`;

const boxesOf = (raw: RawEvent): Partial<Record<PrivacyGroup, string>> =>
  ((raw.data as JsonObject | null)?.[BOXES] as Partial<Record<PrivacyGroup, string>> | undefined) ?? {};

/** What a read model can't store must not be in the log, which keeps it for good: it would stop there each time. */
const checkWritable = (type: string, json: string, data: JsonObject): void => {
  // JSON spells such characters out, and few others: hardly any event is looked at twice.
  if (!json.includes('\\u')) return;
  const [where] = unwritableTexts(data);
  if (where !== undefined) throw new InvalidEventError(type, `${where || '/'} ${UNWRITABLE}`);
};

/** Between domain events and what the log holds: checks schemas, seals and opens personal data, upcasts, chains. */
@Injectable()
export class EventCodec {
  constructor(
    private readonly registry: EventRegistry,
    private readonly keys: KeyVault,
  ) {}

  /** Throws InvalidEventError for data that doesn't fit its schema or that no store takes, SubjectErasedError for a subject without keys. */
  async encode({ id, event, streamId, revision, previousHash, metadata }: NewEvent): Promise<SizedEvent> {
    const registered = this.registry.get(event.type);
    if (!registered) throw new InvalidEventError(event.type, 'no such event type is registered');
    // What JSON drops (undefined) must not be in the hash either.
    const json = JSON.stringify(event.data);
    const plain = JSON.parse(json) as JsonObject;
    registered.checkNew(plain);
    checkWritable(event.type, json, plain);
    const data = await this.seal(registered, plain, streamId, id, metadata.subjectId);
    const unchained = { ...metadata, schemaVersion: registered.definition.version, chain: { previous: previousHash } };
    const { hash, bytes } = chained({ stream: streamId, revision, id, type: event.type, data, metadata: unchained });
    const size = bytes + hash.length;
    return { id, type: event.type, data, metadata: { ...unchained, chain: { previous: previousHash, hash } }, size };
  }

  /**
   * Opens many events with one look-up of their keys. Results are in the order of the input. What's wrong with one event, its
   * subject and its keys among it, makes that one invalid and keeps nobody from the others.
   */
  async decodeMany(raws: readonly RawEvent[]): Promise<Decoded[]> {
    const refs = new Map<string, KeyRef>();
    for (const raw of raws) {
      const subjectId = (raw.metadata as EventMetadata | undefined)?.subjectId;
      if (subjectId === undefined || !this.registry.get(raw.type)) continue;
      for (const group of Object.keys(boxesOf(raw)) as PrivacyGroup[]) {
        refs.set(`${subjectId}/${group}`, { subjectId, group });
      }
    }
    const keys = new Map<string, SubjectKey | UnusableKeyError>();
    if (refs.size > 0) {
      const found = await this.keys.keysOrFaults([...refs.values()]);
      let i = 0;
      for (const name of refs.keys()) keys.set(name, found[i++] ?? null);
    }
    return raws.map((raw) => this.decode(raw, keys));
  }

  private async seal(
    registered: RegisteredEvent,
    plain: JsonObject,
    streamId: string,
    eventId: string,
    subjectId: string | undefined,
  ): Promise<JsonObject> {
    if (!registered.sealedFields.any) return plain;
    const { data, boxes } = registered.sealedFields.separate(plain);
    if (boxes.size === 0) return data as JsonObject;
    if (subjectId === undefined)
      throw new InvalidEventError(registered.definition.type, 'personal data without a subject');
    const sealed: Record<string, string> = {};
    for (const [group, leaves] of boxes) {
      const key = await this.keys.keyToSeal({ subjectId, group });
      sealed[group] = sealBox(key, boxContext(streamId, eventId, group), Buffer.from(JSON.stringify(leaves))).toString(
        'base64',
      );
    }
    return { ...(data as JsonObject), [BOXES]: sealed };
  }

  private decode(raw: RawEvent, keys: Keys): Decoded {
    const registered = this.registry.get(raw.type);
    const failed = (reason: 'unknown-type' | 'unknown-version' | 'invalid', message: string): Decoded => ({
      ok: false,
      reason,
      raw,
      message,
    });
    if (!registered) return failed('unknown-type', `unknown event type ${raw.type}`);
    const metadata = raw.metadata as Partial<EventMetadata> | undefined;
    const { type, version, upcasters } = registered.definition;
    const written = metadata?.schemaVersion;
    if (metadata === undefined || typeof written !== 'number' || written < 1)
      return failed('invalid', `${type} without metadata`);
    if (written > version)
      return failed('unknown-version', `${type} version ${written}; this program knows ${version}`);
    const { subjectId } = metadata;
    if (subjectId !== undefined && !(typeof subjectId === 'string' && isUuid(subjectId)))
      return failed('invalid', `${type} about a subject that is no id`);
    try {
      const { [BOXES]: _, ...stored } = raw.data as JsonObject;
      let data: JsonObject = stored;
      for (let hop = written; hop < version; hop++) data = upcasters?.[hop]?.(data) ?? data;
      const opened = registered.sealedFields.any
        ? registered.sealedFields.restore(data, this.open(raw, subjectId, keys))
        : data;
      registered.checkRead(opened);
      return { ok: true, event: toStoredEvent(raw, metadata as EventMetadata, opened) };
    } catch (error) {
      return failed('invalid', error instanceof Error ? `${error.name}: ${error.message}` : 'unreadable');
    }
  }

  private open(raw: RawEvent, subjectId: string | undefined, keys: Keys): Map<PrivacyGroup, readonly unknown[]> {
    const opened = new Map<PrivacyGroup, readonly unknown[]>();
    for (const [group, box] of Object.entries(boxesOf(raw)) as [PrivacyGroup, string][]) {
      const key = keys.get(`${subjectId}/${group}`) ?? null;
      if (key === null) continue;
      if (key instanceof UnusableKeyError) throw key;
      const plaintext = openBox(key, boxContext(raw.streamId, raw.id, group), Buffer.from(box, 'base64'));
      opened.set(group, JSON.parse(plaintext.toString('utf8')) as unknown[]);
    }
    return opened;
  }
}

const toStoredEvent = (raw: RawEvent, metadata: EventMetadata, data: unknown): StoredEvent => ({
  id: raw.id,
  type: raw.type,
  data,
  streamId: raw.streamId,
  revision: raw.revision,
  position: raw.position,
  ...(metadata.subjectId === undefined ? {} : { subjectId: metadata.subjectId }),
  occurredAt: new Date(metadata.occurredAt),
  timePrecision: metadata.timePrecision ?? 'instant',
  recordedAt: raw.recordedAt,
  correlationId: metadata.$correlationId,
  causationId: metadata.$causationId,
  actor: metadata.actor,
  source: metadata.source,
  ...(metadata.traceparent === undefined ? {} : { traceparent: metadata.traceparent }),
});
