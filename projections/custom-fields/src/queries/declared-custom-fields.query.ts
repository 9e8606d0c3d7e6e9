import type { CustomFieldType } from '#libs/candidates';
import type { SqlExecutor } from '#libs/read-store';

/** A field that a business declared. */
export interface DeclaredCustomField {
  readonly key: string;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly personal: boolean;
  readonly description: string | null;
  readonly options: readonly string[];
  readonly declaredAt: Date;
  /** Null while candidates may get values. */
  readonly retiredAt: Date | null;
}

interface FieldRow {
  readonly key: string;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly personal: boolean;
  readonly description: string | null;
  readonly options: readonly string[];
  readonly declared_at: Date;
  readonly retired_at: Date | null;
}

/** All that were ever declared, by key. */
export const declaredCustomFields = async (sql: SqlExecutor): Promise<ReadonlyMap<string, DeclaredCustomField>> => {
  const rows = await sql.query<FieldRow>(
    `SELECT key, label, type, personal, description, options, declared_at, retired_at
     FROM read.custom_fields ORDER BY key COLLATE "C"`,
    [],
    { prepared: true },
  );
  return new Map(
    rows.map(({ declared_at, retired_at, ...field }) => [
      field.key,
      { ...field, declaredAt: declared_at, retiredAt: retired_at },
    ]),
  );
};
