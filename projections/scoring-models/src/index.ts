export {
  isWhole,
  modelsInUse,
  modelStates,
  nextLive,
  type ModelInUse,
  type ModelState,
  type Reached,
} from './models-in-use.js';
export { liveModels } from './live-models.query.js';
export { publishedModels, type PublishedModel } from './published-models.query.js';
export { scoringModels } from './scoring-models.projection.js';
export { scoringModelRows } from './tables.js';
