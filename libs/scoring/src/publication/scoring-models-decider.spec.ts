import { given } from '#libs/testing';
import { describe, it } from '@jest/globals';
import type { ScoringModelEvent } from '../events/scoring-model-events.js';
import type { ScoringModel } from '../model.js';
import { liveModel } from '../models/index.js';
import { scoringModelsDecider } from './scoring-models-decider.js';

const model = (version: number): ScoringModel => ({ ...liveModel, version });
const published = (version: number): ScoringModelEvent => ({
  type: 'scoring-model.published',
  data: { model: model(version) },
});
const madeLive = (version: number, before: number): ScoringModelEvent => ({
  type: 'scoring-model.made-live',
  data: { version, before },
});
const retired = (version: number): ScoringModelEvent => ({ type: 'scoring-model.retired', data: { version } });
const builtIn = liveModel.version;

describe('Scoring models', () => {
  it('are published once, and never edited', () => {
    given(scoringModelsDecider, [])
      .when({ kind: 'publish', model: model(1_000) })
      .thenGives([published(1_000)]);
    const again = { ...model(1_000), bands: { warm: liveModel.bands.warm, hot: liveModel.bands.hot } };
    given(scoringModelsDecider, [published(1_000)])
      .when({ kind: 'publish', model: again })
      .thenGives([]);
    given(scoringModelsDecider, [published(1_000)])
      .when({ kind: 'publish', model: { ...model(1_000), dormantAfterDays: 7 } })
      .thenRefused('model-published');
    given(scoringModelsDecider, [])
      .when({ kind: 'publish', model: model(999) })
      .thenRefused('version-reserved');
  });

  it('are live one at a time, and each that is scored can be', () => {
    given(scoringModelsDecider, [published(1_000)])
      .when({ kind: 'make-live', version: 1_000 })
      .thenGives([madeLive(1_000, builtIn)]);
    const switched = [published(1_000), madeLive(1_000, builtIn)];
    given(scoringModelsDecider, switched).when({ kind: 'make-live', version: 1_000 }).thenGives([]);
    given(scoringModelsDecider, switched)
      .when({ kind: 'make-live', version: builtIn })
      .thenGives([madeLive(builtIn, 1_000)]);
    given(scoringModelsDecider, switched).when({ kind: 'make-live', version: 4_711 }).thenRefused('model-unknown');
    // One that a former release came with.
    given(scoringModelsDecider, switched).when({ kind: 'make-live', version: 1 }).thenRefused('model-retired');
  });

  it('are retired unless they are live or came with the program, for good', () => {
    const two = [published(1_000), published(1_001), madeLive(1_001, builtIn)];
    given(scoringModelsDecider, two)
      .when({ kind: 'retire', version: 1_000 })
      .thenGives([retired(1_000)]);
    given(scoringModelsDecider, two).when({ kind: 'retire', version: 1_001 }).thenRefused('model-live');
    given(scoringModelsDecider, two).when({ kind: 'retire', version: builtIn }).thenRefused('model-built-in');
    given(scoringModelsDecider, two).when({ kind: 'retire', version: 7 }).thenRefused('model-unknown');
    const gone = [...two, retired(1_000)];
    given(scoringModelsDecider, gone).when({ kind: 'retire', version: 1_000 }).thenGives([]);
    given(scoringModelsDecider, gone).when({ kind: 'make-live', version: 1_000 }).thenRefused('model-retired');
  });

  it('mean what comes with the program by each that came with one', () => {
    // A former release's own, made live while it was that one's.
    const back = [published(1_000), madeLive(1_000, 1), madeLive(1, 1_000)];
    given(scoringModelsDecider, back).when({ kind: 'retire', version: 1 }).thenRefused('model-built-in');
    given(scoringModelsDecider, back).when({ kind: 'make-live', version: 1 }).thenRefused('model-retired');
    given(scoringModelsDecider, back).when({ kind: 'make-live', version: builtIn }).thenGives([]);
    given(scoringModelsDecider, back)
      .when({ kind: 'make-live', version: 1_000 })
      .thenGives([madeLive(1_000, builtIn)]);
  });

  it('are three at most at once, beside the one that came with the program', () => {
    const three = [published(1_000), published(1_001), published(1_002)];
    given(scoringModelsDecider, three)
      .when({ kind: 'publish', model: model(1_003) })
      .thenRefused('too-many-models');
    given(scoringModelsDecider, [...three, retired(1_001)])
      .when({ kind: 'publish', model: model(1_003) })
      .thenGives([published(1_003)]);
  });
});
