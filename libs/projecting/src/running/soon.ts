/** Figures and pages matter most when a server is away: they don't wait for it. */
const SOON_MILLISECONDS = 1_000;

/** What the work gives; undefined where it fails, or takes longer than a second. */
export const soon = async <T>(work: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SOON_MILLISECONDS);
  });
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
};
