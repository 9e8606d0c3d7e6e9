import { models, parseModel, type ScoringModel } from '#libs/scoring';
import { readFileSync } from 'node:fs';

/** A model as it was named: a published version, or a JSON file. Throws an Error that says everything that is wrong. */
export const chosenModel = (name: string): ScoringModel => {
  if (/^\d+$/.test(name)) {
    const published = models.find(({ version }) => version === Number(name));
    if (published) return published;
    throw new Error(
      `There is no model ${name}. Models: ${models.map(({ version }) => version).join(', ')}, or a JSON file.`,
    );
  }
  const parsed = parseModel(readJson(name));
  if (parsed.ok) return parsed.value;
  const problems = parsed.error.map(({ path, message }) => `  ${path || '/'} ${message}`);
  throw new Error(`${name} is not a scoring model:\n${problems.join('\n')}`);
};

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} can't be read as JSON: ${error instanceof Error ? error.message : 'unreadable'}`, {
      cause: error,
    });
  }
};

/** An instant from the command line. */
export const instantFrom = (text: string | undefined, option: string, otherwise: Date): Date => {
  if (text === undefined) return otherwise;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new Error(`${option} takes a date, e.g. 2026-06-30.`);
  return at;
};
