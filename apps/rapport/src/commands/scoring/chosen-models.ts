import { parseModel, type ScoringModel } from '#libs/scoring';
import type { SqlExecutor } from '#libs/read-store';
import { readJson } from '../json-file.js';
import { scoringModelsIn } from '../published-models.js';

/** A model as it was named: a version, or the document that a file holds. */
export type NamedModel =
  { readonly name: string; readonly version: number } | { readonly name: string; readonly model: ScoringModel };

/** Throws an Error that says everything that's wrong with a file. */
export const namedModel = (name: string): NamedModel => {
  if (/^\d+$/.test(name)) return { name, version: Number(name) };
  const parsed = parseModel(readJson(name));
  if (parsed.ok) return { name, model: parsed.value };
  const problems = parsed.error.map(({ path, message }) => `  ${path || '/'} ${message}`);
  throw new Error(`${name} is not a scoring model:\n${problems.join('\n')}`);
};

/**
 * Their documents, of models that come with the program and of those that were published, retired ones too. Throws an Error
 * that lists the versions for one that there isn't.
 */
export const chosenModels = async (
  sql: SqlExecutor,
  named: readonly NamedModel[],
): Promise<readonly ScoringModel[]> => {
  const known = (await scoringModelsIn(sql)).map(({ model }) => model);
  return named.map((one) => {
    if ('model' in one) return one.model;
    const found = known.find(({ version }) => version === one.version);
    if (found) return found;
    throw new Error(
      `There is no model ${one.name}. Models: ${known.map(({ version }) => version).join(', ')}, or a JSON file.`,
    );
  });
};
