/** The signals by which a terminal or a service manager asks to stop. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts at the first signal; a second one ends this process at once, and what it supervised stops by itself.
 * @param onFirst called with the first signal
 */
export const stopOnSignals = (onFirst: () => void): { readonly asked: AbortSignal; readonly dispose: () => void } => {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error('Stopped before everything was up.'));
    onFirst();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    asked: controller.signal,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
};

/** Resolves once the signal is aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
