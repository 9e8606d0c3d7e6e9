import { describe, expect, it } from '@jest/globals';
import * as projector from '../../apps/projector/src/read-models.js';
import { readModels } from '../../apps/rapport/src/commands/projections/read-models.js';

describe('What the command line folds read models by', () => {
  it('is what the projector does', () => {
    expect(readModels.map(({ name }) => name)).toEqual(projector.readModels.map(({ name }) => name));
  });
});
