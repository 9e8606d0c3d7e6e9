import { describe, expect, it } from '@jest/globals';
import { defineEvent, ERASED } from '#libs/kernel';
import { UnusableKeyError, type KeyRef, type KeyVault } from '#libs/privacy';
import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import type { EncodedEvent, RawEvent } from '../log/raw-event.js';
import { verifyChain } from './chain.js';
import { EventCodec } from './event-codec.js';
import { EventRegistry } from './event-registry.js';

const person = defineEvent<'person.seen', unknown>({
  type: 'person.seen',
  version: 2,
  schema: Type.Object(
    { who: Type.String({ privacy: 'identity', minLength: 1 }), where: Type.String() },
    { additionalProperties: false },
  ),
  upcasters: { 1: ({ who, place }) => ({ who, where: place ?? 'unknown' }) },
});
const registry = new EventRegistry([person]);

/** Keys in memory; the real vault is tested against PostgreSQL. */
class MemoryKeys implements Pick<KeyVault, 'keyToSeal' | 'keysOrFaults'> {
  readonly keys = new Map<string, Buffer>();
  readonly unusable = new Set<string>();
  async keyToSeal({ subjectId, group }: KeyRef): Promise<Buffer> {
    const name = `${subjectId}/${group}`;
    const key = this.keys.get(name) ?? randomBytes(32);
    this.keys.set(name, key);
    return key;
  }
  async keysOrFaults(refs: readonly KeyRef[]): Promise<readonly (Buffer | null | UnusableKeyError)[]> {
    return refs.map(({ subjectId, group }) =>
      this.unusable.has(subjectId)
        ? new UnusableKeyError('for this spec')
        : (this.keys.get(`${subjectId}/${group}`) ?? null),
    );
  }
}

const setUp = () => {
  const keys = new MemoryKeys();
  return { keys, codec: new EventCodec(registry, keys as unknown as KeyVault) };
};

const raw = (encoded: EncodedEvent, revision: number, streamId = 'person-1'): RawEvent => ({
  ...encoded,
  streamId,
  revision,
  position: { commit: 1n, prepare: 1n },
  recordedAt: new Date(0),
});

const metadata = {
  $correlationId: 'c',
  $causationId: 'c',
  actor: { kind: 'service', id: 'k1' },
  source: 'api',
  occurredAt: '2026-01-02T03:04:05.678Z',
  subjectId: '7f8b2c9e-0000-4000-8000-000000000001',
} as const;

const encode = (codec: EventCodec, data: unknown, revision = 0, previousHash: string | null = null) =>
  codec.encode({
    id: crypto.randomUUID(),
    event: { type: 'person.seen', data },
    streamId: 'person-1',
    revision,
    previousHash,
    metadata,
  });

describe('The codec', () => {
  it('opens what it sealed, and stores no personal byte in the clear', async () => {
    const { codec } = setUp();
    const encoded = await encode(codec, { who: 'Ada Lovelace', where: 'London' });
    expect(JSON.stringify(encoded)).not.toContain('Ada');
    const [decoded] = await codec.decodeMany([raw(encoded, 0)]);
    expect(decoded).toMatchObject({
      ok: true,
      event: { data: { who: 'Ada Lovelace', where: 'London' }, timePrecision: 'instant' },
    });
  });

  it('reads a value whose key is gone as erased', async () => {
    const { codec, keys } = setUp();
    const encoded = await encode(codec, { who: 'Ada Lovelace', where: 'London' });
    keys.keys.clear();
    const [decoded] = await codec.decodeMany([raw(encoded, 0)]);
    expect(decoded).toMatchObject({ ok: true, event: { data: { who: ERASED, where: 'London' } } });
  });

  it('refuses to append what does not fit the schema, without saying what it was', async () => {
    const { codec } = setUp();
    await expect(encode(codec, { who: 'Ada Lovelace', where: 7 })).rejects.toThrow(
      'person.seen is not valid: /where must be string',
    );
    await expect(encode(codec, { who: 'Ada', where: 'x', extra: 1 })).rejects.toThrow('additional properties');
  });

  it.each([
    ['NUL', 'Lon\0don'],
    ['half a character', 'Lon\ud83ddon'],
  ])('refuses to append a text that no read model can store: %s', async (_, where) => {
    const { codec } = setUp();
    const message = 'must hold neither NUL nor broken Unicode';
    await expect(encode(codec, { who: 'Ada', where })).rejects.toThrow(`person.seen is not valid: /where ${message}`);
    await expect(encode(codec, { who: where, where: 'London' })).rejects.toThrow(`/who ${message}`);
  });

  it('appends what only looks like it', async () => {
    const { codec } = setUp();
    const odd = { who: 'a \\u0000 and \\ud83d, spelt out', where: '\u0001\u{1F600}' };
    const [decoded] = await codec.decodeMany([raw(await encode(codec, odd), 0)]);
    expect(decoded).toMatchObject({ ok: true, event: { data: odd } });
  });

  it('upcasts an older version, sealed leaves included', async () => {
    const { codec } = setUp();
    const encoded = await encode(codec, { who: 'Ada Lovelace', where: 'London' });
    const { where: _, ...data } = encoded.data;
    const old = raw(
      { ...encoded, data: { ...data, place: 'Paris' }, metadata: { ...encoded.metadata, schemaVersion: 1 } },
      0,
    );
    const [decoded] = await codec.decodeMany([old]);
    expect(decoded).toMatchObject({ ok: true, event: { data: { who: 'Ada Lovelace', where: 'Paris' } } });
  });

  it('tells a newer version and an unknown type apart from a broken event', async () => {
    const { codec } = setUp();
    const encoded = await encode(codec, { who: 'Ada', where: 'London' });
    const results = await codec.decodeMany([
      raw({ ...encoded, metadata: { ...encoded.metadata, schemaVersion: 3 } }, 0),
      raw({ ...encoded, type: 'person.renamed' }, 0),
      raw({ ...encoded, data: { where: 3 } }, 0),
      raw(encoded, 0, 'person-2'),
    ]);
    expect(results.map((r) => (r.ok ? 'ok' : r.reason))).toEqual([
      'unknown-version',
      'unknown-type',
      'invalid',
      'invalid',
    ]);
  });

  it('finds only that event broken whose key or subject is', async () => {
    const { codec, keys } = setUp();
    const encoded = await encode(codec, { who: 'Ada', where: 'London' });
    const about = (subjectId: unknown): RawEvent =>
      raw({ ...encoded, metadata: { ...encoded.metadata, subjectId } }, 0);
    const unusable = '7f8b2c9e-0000-4000-8000-000000000002';
    keys.unusable.add(unusable);
    const results = await codec.decodeMany([
      about('ada@example.org'),
      about(unusable),
      about({ id: unusable }),
      raw(encoded, 0),
    ]);
    expect(results.map((r) => (r.ok ? 'ok' : r.reason))).toEqual(['invalid', 'invalid', 'invalid', 'ok']);
    expect(JSON.stringify(results.map((r) => (r.ok ? '' : r.message)))).not.toContain('ada@');
  });

  it('chains events so that any change shows', async () => {
    const { codec } = setUp();
    const first = await encode(codec, { who: 'Ada', where: 'London' });
    const hash = (first.metadata['chain'] as { hash: string }).hash;
    const second = await encode(codec, { who: 'Ada', where: 'Paris' }, 1, hash);
    const stream = [raw(first, 0), raw(second, 1)];
    expect(verifyChain(stream)).toBeUndefined();
    expect(verifyChain([raw({ ...first, data: { ...first.data, where: 'Rome' } }, 0), raw(second, 1)])).toEqual({
      revision: 0,
      reason: 'content-changed',
    });
    expect(verifyChain([raw(first, 0), raw({ ...second, metadata: { ...second.metadata, source: 'x' } }, 1)])).toEqual({
      revision: 1,
      reason: 'content-changed',
    });
    expect(verifyChain([raw(second, 1)])).toEqual({ revision: 1, reason: 'missing-events' });
    expect(verifyChain([raw(second, 0)])).toEqual({ revision: 0, reason: 'wrong-predecessor' });
  });
});

describe('The registry', () => {
  it('refuses a definition whose older versions could not be read', () => {
    expect(() => new EventRegistry([{ ...person, upcasters: {} }])).toThrow('no upcaster from version 1 to 2');
    expect(() => new EventRegistry([person, person])).toThrow('defined twice');
  });
});
