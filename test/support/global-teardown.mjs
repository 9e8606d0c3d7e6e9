export default async () => {
  await globalThis.rapportServers?.stop();
};
