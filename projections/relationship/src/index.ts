export { backgroundOf, type Background } from './queries/background.query.js';
export { contactSql } from './queries/contact-sql.js';
export { notesOf, type NotePage, type NotePageRequest, type WrittenNote } from './queries/notes.query.js';
export { backgroundFrom, notesFrom, relationshipFrom } from './queries/past-relationship.js';
export { relationshipOf, type Relationship } from './queries/relationship.query.js';
export { relationship } from './relationship.projection.js';
export type { Stated } from './queries/stated.js';
export { contactPermissions, relationships, relationshipStatements } from './tables.js';
