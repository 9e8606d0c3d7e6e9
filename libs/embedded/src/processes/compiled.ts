import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const findRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('No package.json above this module: where is the package?');
    folder = parent;
  }
  return folder;
};

/** The folder with Rapport's package.json. */
export const packageRoot = findRoot();

/**
 * The compiled form of a source file of this package, e.g. `apps/projector/src/main`. Processes run compiled code,
 * also when what starts them is a test that runs from source. Throws an Error if there's no such file.
 */
export const compiled = (module: string): string => {
  const path = join(packageRoot, 'dist', `${module}.js`);
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first.`);
  return path;
};
