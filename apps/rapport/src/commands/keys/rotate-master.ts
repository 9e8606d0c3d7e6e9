import { findInstance, rapportHome } from '#libs/embedded';
import { rotateMasterKey } from '#libs/privacy';
import { drawNextMasterKey, finishMasterKeyRotation } from '../../master-key-files.js';
import { say } from '../../terminal.js';
import { withDatabase } from '../../running/with-database.js';

/** All or nothing, and safe to run again after it was interrupted. */
export const rotateMaster = (): Promise<void> =>
  withDatabase(async (database, { secretsDir }) => {
    // Idle apps have no connections that the database would show.
    if (findInstance(rapportHome())?.commandApiUrl !== undefined)
      throw new Error("The master key can't be rotated while Rapport runs. Stop it, then try again.");
    await finishMasterKeyRotation(database, secretsDir);
    const { current, next, oldFile } = await drawNextMasterKey(secretsDir);
    const keys = await rotateMasterKey(database, current, next);
    await finishMasterKeyRotation(database, secretsDir);
    say(
      `${keys} keys are wrapped with a new master key, in ${secretsDir}. Back it up, and give it to every machine that runs Rapport.`,
    );
    say(`The old one is in ${oldFile}. It opens backups from before: keep it as long as those, apart from them.`);
  });
