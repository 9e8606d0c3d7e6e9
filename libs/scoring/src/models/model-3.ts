import type { ScoringModel } from '../model.js';
import { model2 } from './model-2.js';

/** As 2, but an open or a click of which a classifier couldn't say who did it counts half. */
export const model3: ScoringModel = { ...model2, version: 3, unknownFactor: 0.5 };
