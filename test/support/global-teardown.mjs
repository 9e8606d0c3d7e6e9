export default async () => {
  await globalThis.dropTemplate?.();
  await globalThis.rapportServers?.stop();
};
