export { customFieldsProjection } from './custom-fields.projection.js';
export { declaredCustomFields, type DeclaredCustomField } from './queries/declared-custom-fields.query.js';
export { customFieldRows } from './tables.js';
