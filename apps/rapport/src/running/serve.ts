import { rapportHome, type RapportHome } from '#libs/embedded';
import { describeEvent, say } from '../terminal.js';
import { startRapport, type RunningRapport } from './start-rapport.js';
import { aborted, stopOnSignals } from './stop-signals.js';

/** Brings an instance up, tells about it, and stops it when a signal asks for that. */
export const serve = async (options: {
  readonly apps: boolean;
  readonly announce: (rapport: RunningRapport, home: RapportHome) => readonly string[];
}): Promise<void> => {
  const home = rapportHome();
  const { asked, dispose } = stopOnSignals(() => say('Stopping; once more to stop at once.'));
  try {
    const rapport = await startRapport({
      home,
      apps: options.apps,
      signal: asked,
      onEvent: (event) => {
        const line = describeEvent(event);
        if (line !== undefined) say(line);
      },
    });
    for (const line of options.announce(rapport, home)) say(line);
    await aborted(asked);
    await rapport.stop();
  } catch (error) {
    // Somebody asked to stop while it was starting: then that's no failure.
    if (!asked.aborted) throw error;
  } finally {
    dispose();
  }
};
