export { hygieneProjection } from './hygiene.projection.js';
export { hygiene } from './tables.js';
