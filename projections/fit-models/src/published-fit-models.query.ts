import type { FitModel } from '#libs/fit';
import type { SqlExecutor } from '#libs/read-store';

/** A model as it was published, and whether searches go by it. */
export interface PublishedFitModel {
  readonly model: FitModel;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly retiredAt: Date | null;
}

interface ModelRow {
  readonly model: FitModel;
  readonly published_at: Date;
  readonly published_by: string;
  readonly retired_at: Date | null;
}

const columns = 'model, published_at, published_by, retired_at';
const toModel = ({ model, published_at, published_by, retired_at }: ModelRow): PublishedFitModel => ({
  model,
  publishedAt: published_at,
  publishedBy: published_by,
  retiredAt: retired_at,
});

/** All of them, by name, the latest version first. */
export const publishedFitModels = async (sql: SqlExecutor): Promise<readonly PublishedFitModel[]> =>
  (await sql.query<ModelRow>(`SELECT ${columns} FROM read.fit_models ORDER BY name COLLATE "C", version DESC`)).map(
    toModel,
  );

/** One of them; the latest that isn't retired where no version is given. Undefined where there's none. */
export const publishedFitModel = async (
  sql: SqlExecutor,
  name: string,
  version: number | undefined,
): Promise<PublishedFitModel | undefined> => {
  const [found] = await sql.query<ModelRow>(
    `SELECT ${columns} FROM read.fit_models
     WHERE name = $1 AND CASE WHEN $2::integer IS NULL THEN retired_at IS NULL ELSE version = $2::integer END
     ORDER BY version DESC LIMIT 1`,
    [name, version ?? null],
  );
  return found && toModel(found);
};
