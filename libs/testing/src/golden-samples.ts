import type { EventRegistry } from '#libs/event-store';
import { beforeAll, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';

type Definitions = ConstructorParameters<typeof EventRegistry>[0];

/** A golden sample as it was written. */
export const goldenSample = (folder: URL, name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>;

/**
 * The specs of a context's golden samples, to be called inside `describe`: one for each version that was ever written, named
 * `<type>.v<version>.json`, and none is edited once it's there.
 */
export const itKeepsGoldenSamples = (folder: URL, definitions: Definitions): void => {
  const samples = readdirSync(folder);
  let registry: EventRegistry;
  const expected = [...definitions].flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, i) => `${type}.v${i + 1}.json`),
  );

  beforeAll(async () => {
    // Only here: specs that have no samples would load the store's client in vain.
    const eventStore = await import('#libs/event-store');
    registry = new eventStore.EventRegistry(definitions);
  });

  it('are there for every version of every event type, and for nothing else', () => {
    expect(samples.toSorted()).toEqual(expected.toSorted());
  });

  it.each(samples)('%s can still be read', (sample) => {
    const [, type = '', written = ''] = /^(.+)\.v(\d+)\.json$/.exec(sample) ?? [];
    const registered = registry.get(type);
    if (!registered) throw new Error(`There is no event type ${type}.`);
    let data = goldenSample(folder, sample);
    for (let hop = Number(written); hop < registered.definition.version; hop++) {
      data = registered.definition.upcasters?.[hop]?.(data) ?? data;
    }
    expect(() => registered.checkNew(data)).not.toThrow();
  });
};
