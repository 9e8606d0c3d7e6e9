import { describe, expect, it } from '@jest/globals';
import * as projector from '../../apps/projector/src/read-models.js';
import { eventDefinitions } from '../../apps/rapport/src/commands/projections/event-definitions.js';
import { readModels } from '../../apps/rapport/src/commands/projections/read-models.js';

const typesOf = (definitions: readonly { type: string; version: number }[]): string[] =>
  definitions.map(({ type, version }) => `${type} ${version}`).toSorted();

describe('What the command line folds read models by', () => {
  it('is what the projector does: the same read models, and the same events', () => {
    expect(readModels.map(({ name }) => name)).toEqual(projector.readModels.map(({ name }) => name));
    expect(typesOf(eventDefinitions)).toEqual(typesOf(projector.eventDefinitions));
  });

  it('knows every event that a read model takes in', () => {
    const known = new Set(eventDefinitions.map(({ type }) => type));
    const handled = readModels.flatMap(({ handlers }) => Object.keys(handlers));
    expect(handled.filter((type) => !known.has(type))).toEqual([]);
  });
});
