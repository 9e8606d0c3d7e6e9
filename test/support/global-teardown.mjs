export default async () => {
  try {
    await globalThis.dropTemplate?.();
  } finally {
    await globalThis.rapportServers?.stop();
  }
};
