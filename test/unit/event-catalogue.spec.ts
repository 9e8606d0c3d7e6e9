import { eventCatalogue } from '#libs/event-catalogue';
import { EventRegistry, InvalidEventError } from '#libs/event-store';
import type { EventDefinition } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { readModels } from '../../apps/projector/src/read-models.js';

const libs = new URL('../../libs/', import.meta.url);
/** What the index of a library exports as its events: `…EventDefinitions`. */
const exported = async (lib: string): Promise<readonly EventDefinition[]> => {
  const index = (await import(new URL(`${lib}/src/index.ts`, libs).href)) as Record<string, unknown>;
  return Object.entries(index).flatMap(([name, value]) =>
    name.endsWith('EventDefinitions') ? (value as readonly EventDefinition[]) : [],
  );
};

describe('The catalogue of events', () => {
  const known = new Set(eventCatalogue.map(({ type }) => type));

  it('has all that any library defines', async () => {
    const defined: string[] = [];
    for (const lib of readdirSync(libs).filter((name) => existsSync(new URL(`${name}/src/index.ts`, libs)))) {
      defined.push(...(await exported(lib)).map(({ type }) => type));
    }
    expect(defined.length).toBeGreaterThan(50);
    expect(defined.filter((type) => !known.has(type))).toEqual([]);
  });

  it('has each once', () => {
    expect(known.size).toBe(eventCatalogue.length);
  });

  it('has a schema of each that can be compiled, for what is written and for what is read', () => {
    const registry = new EventRegistry(eventCatalogue);
    for (const { type } of eventCatalogue) {
      const registered = registry.get(type);
      expect(() => registered?.checkNew('no object')).toThrow(InvalidEventError);
      expect(() => registered?.checkRead('no object')).toThrow(InvalidEventError);
    }
  });

  it('has every event that a read model takes in', () => {
    const handled = readModels.flatMap(({ handlers }) => Object.keys(handlers));
    expect(handled.filter((type) => !known.has(type))).toEqual([]);
  });
});
