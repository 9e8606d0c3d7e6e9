import { numberSetting } from '#libs/settings';
import { statSync } from 'node:fs';

/** Whom PostgreSQL runs as. Empty: as whoever runs this process. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody` on Linux. initdb refuses a uid that has no account. */
const NOBODY = 65_534;
/** Root is none of them; the last number of all stands for nobody at all. */
const uids = { from: 1, to: 2 ** 32 - 2, whole: true };

const ownerOf = (folder: string): number | undefined => {
  try {
    return statSync(folder).uid;
  } catch {
    return undefined;
  }
};

/**
 * PostgreSQL refuses to run as root. For root it's the owner of the data folder, where that isn't root; else
 * RAPPORT_POSTGRES_UID, else `nobody`. Throws an Error if the data is another user's.
 */
export const serverUser = (dataDir: string, env: NodeJS.ProcessEnv = process.env): ServerUser => {
  const me = process.getuid?.();
  const owner = ownerOf(dataDir);
  if (me === 0) {
    const uid = owner || (numberSetting(env, 'RAPPORT_POSTGRES_UID', uids) ?? NOBODY);
    return { uid, gid: uid };
  }
  if (me !== undefined && owner !== undefined && owner !== me)
    throw new Error(
      `${dataDir} belongs to uid ${owner}, this process is uid ${me}: start Rapport as it was first started.`,
    );
  return {};
};
