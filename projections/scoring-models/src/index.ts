export { publishedModels, type PublishedModel } from './published-models.query.js';
export { scoringModels } from './scoring-models.projection.js';
export { scoringModelRows } from './tables.js';
