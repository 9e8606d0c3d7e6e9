import { readFileSync } from 'node:fs';
import { TagVocabulary } from './tag-vocabulary.js';

/** The list in the JSON file (an array of strings) that RAPPORT_TAGS_FILE names, else the default one. */
export const loadTagVocabulary = (env: NodeJS.ProcessEnv = process.env): TagVocabulary => {
  const file = env['RAPPORT_TAGS_FILE'];
  if (!file) return new TagVocabulary();
  const tags: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) {
    throw new Error('RAPPORT_TAGS_FILE must name a JSON file with an array of strings.');
  }
  return new TagVocabulary(tags);
};
