import type { ScoringModel } from '../model.js';
import { model1 } from './model-1.js';
import { model2 } from './model-2.js';
import { model3 } from './model-3.js';

/** Every model that was ever live or is tried, by version. */
export const models: readonly ScoringModel[] = [model1, model2, model3];

/** What scores and rankings go by. Another one is another version of the engagement read model, built beside this one's. */
export const liveModel: ScoringModel = model2;
