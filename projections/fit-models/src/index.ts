export { fitModels } from './fit-models.projection.js';
export { publishedFitModel, publishedFitModels, type PublishedFitModel } from './published-fit-models.query.js';
export { fitModelRows } from './tables.js';
