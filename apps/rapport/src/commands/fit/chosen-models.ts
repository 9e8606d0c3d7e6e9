import { fitModelNamed, fitModelRef, fitModelRefPattern, parseFitModel, type FitModel } from '#libs/fit';
import type { SqlExecutor } from '#libs/read-store';
import { publishedFitModel, publishedFitModels } from '#projections/fit-models';
import { readJson } from '../json-file.js';

/** A model as it was named: what was published, or the document that a file holds. */
export type NamedFitModel = { readonly ref: string } | { readonly ref: string; readonly model: FitModel };

/** Throws an Error that says everything that's wrong with a file. */
export const namedFitModel = (ref: string): NamedFitModel => {
  if (fitModelRefPattern.test(ref)) return { ref };
  const parsed = parseFitModel(readJson(ref));
  if (parsed.ok) return { ref, model: parsed.value };
  const problems = parsed.error.map(({ path, message }) => `  ${path || '/'} ${message}`);
  throw new Error(`${ref} is not a fit model:\n${problems.join('\n')}`);
};

/** Its document; of what was published without a version, the latest. Throws an Error that lists what there is. */
export const chosenFitModel = async (sql: SqlExecutor, named: NamedFitModel): Promise<FitModel> => {
  if ('model' in named) return named.model;
  const { name, version } = fitModelNamed(named.ref);
  const found = await publishedFitModel(sql, name, version);
  if (found) return found.model;
  const known = (await publishedFitModels(sql)).map(({ model }) => fitModelRef(model));
  throw new Error(`There is no fit model ${named.ref}. Fit models: ${known.join(', ') || 'none'}, or a JSON file.`);
};
