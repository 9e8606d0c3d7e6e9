import { given } from '#libs/testing';
import { describe, it } from '@jest/globals';
import type { FitModelEvent } from '../events/fit-model-events.js';
import type { FitModel } from '../model/fit-model.js';
import { fitModelsDecider } from './fit-models-decider.js';
import { MOST_FIT_MODELS } from './published-fit-models.js';

const model = (name: string, version: number): FitModel => ({
  name,
  version,
  title: 'Nurses',
  rules: [{ label: 'Title', points: 10, where: { title: 'nurse' } }],
  grades: { A: 10, B: 6, C: 3 },
});
const published = (name: string, version: number): FitModelEvent => ({
  type: 'fit-model.published',
  data: { model: model(name, version) },
});
const retired = (name: string, version: number): FitModelEvent => ({
  type: 'fit-model.retired',
  data: { name, version },
});

describe('Fit models', () => {
  it('are published once, and never edited', () => {
    given(fitModelsDecider, [])
      .when({ kind: 'publish', model: model('nurse', 1) })
      .thenGives([published('nurse', 1)]);
    const { grades, ...others } = model('nurse', 1);
    given(fitModelsDecider, [published('nurse', 1)])
      .when({ kind: 'publish', model: { grades, ...others } })
      .thenGives([]);
    given(fitModelsDecider, [published('nurse', 1)])
      .when({ kind: 'publish', model: { ...others, grades: { A: 9, B: 6, C: 3 } } })
      .thenRefused('model-published');
  });

  it('have higher versions from one to the next, each name for itself', () => {
    const second = [published('nurse', 2)];
    given(fitModelsDecider, second)
      .when({ kind: 'publish', model: model('nurse', 1) })
      .thenRefused('version-too-low');
    given(fitModelsDecider, second)
      .when({ kind: 'publish', model: model('nurse', 5) })
      .thenGives([published('nurse', 5)]);
    given(fitModelsDecider, second)
      .when({ kind: 'publish', model: model('welder', 1) })
      .thenGives([published('welder', 1)]);
  });

  it('are retired for good, and stay what they were', () => {
    const there = [published('nurse', 1)];
    given(fitModelsDecider, there)
      .when({ kind: 'retire', name: 'nurse', version: 1 })
      .thenGives([retired('nurse', 1)]);
    given(fitModelsDecider, there).when({ kind: 'retire', name: 'nurse', version: 2 }).thenRefused('model-unknown');
    const gone = [...there, retired('nurse', 1)];
    given(fitModelsDecider, gone).when({ kind: 'retire', name: 'nurse', version: 1 }).thenGives([]);
    given(fitModelsDecider, gone)
      .when({ kind: 'publish', model: model('nurse', 1) })
      .thenGives([]);
  });

  it('are so many at most at once', () => {
    const many = Array.from({ length: MOST_FIT_MODELS }, (_, n) => published(`role-${n}`, 1));
    given(fitModelsDecider, many)
      .when({ kind: 'publish', model: model('nurse', 1) })
      .thenRefused('too-many-models');
    given(fitModelsDecider, [...many, retired('role-7', 1)])
      .when({ kind: 'publish', model: model('nurse', 1) })
      .thenGives([published('nurse', 1)]);
  });
});
