export { relationshipFrom } from './queries/past-relationship.js';
export { relationshipOf, type Relationship } from './queries/relationship.query.js';
export { relationship } from './relationship.projection.js';
export { contactPermissions, relationships } from './tables.js';
