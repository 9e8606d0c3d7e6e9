import { describe, expect, it } from '@jest/globals';
import { EventRegistry } from '#libs/event-store';
import { readdirSync, readFileSync } from 'node:fs';
import { signUpEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const samples = readdirSync(folder);
const registry = new EventRegistry(signUpEventDefinitions);

/** One golden sample for each version that was ever written; none is edited once it's there. */
const expected = signUpEventDefinitions.flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, i) => `${type}.v${i + 1}.json`),
);

describe('The golden samples', () => {
  it('are there for every version of every event type, and for nothing else', () => {
    expect(samples.toSorted()).toEqual(expected.toSorted());
  });

  it.each(samples)('%s can still be read', (sample) => {
    const [, type = '', written = ''] = /^(.+)\.v(\d+)\.json$/.exec(sample) ?? [];
    const registered = registry.get(type);
    if (!registered) throw new Error(`There is no event type ${type}.`);
    let data = JSON.parse(readFileSync(new URL(sample, folder), 'utf8')) as Record<string, unknown>;
    for (let hop = Number(written); hop < registered.definition.version; hop++) {
      data = registered.definition.upcasters?.[hop]?.(data) ?? data;
    }
    expect(() => registered.checkNew(data)).not.toThrow();
  });

  it('are refused once an address of another scheme, or a field too many, is in them', () => {
    const check = registry.get('sign-up-form.changed');
    expect(() => check?.checkNew({ privacyUrl: 'javascript:alert(1)' })).toThrow('/privacyUrl');
    expect(() => check?.checkNew({ open: true, mood: 'good' })).toThrow('additional properties');
  });
});
