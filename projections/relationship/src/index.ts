export { relationshipFrom } from './queries/past-relationship.js';
export { relationshipOf, type Relationship } from './queries/relationship.query.js';
export { relationship } from './relationship.projection.js';
export { relationships } from './tables.js';
