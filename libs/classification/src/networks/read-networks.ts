import { textSetting } from '#libs/settings';
import { readFileSync } from 'node:fs';
import type { AddressRange } from './address.js';
import { KnownNetworks } from './known-networks.js';
import { networksIn } from './network-list.js';

const contentOf = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${variable} names ${file}, which can't be read: ${code}.`, { cause: error });
  }
};

const networksOf = (variable: string, files: string | undefined): AddressRange[] =>
  (files ?? '').split(',').flatMap((name) => {
    const file = name.trim();
    if (file === '') return [];
    const networks = networksIn(contentOf(variable, file));
    if (networks.ok) return networks.value;
    throw new Error(`${variable}: in ${file}, ${networks.error.where} ${networks.error.what}.`);
  });

/**
 * The lists in the files, between commas, that `RAPPORT_GATEWAY_NETWORKS` and `RAPPORT_DATA_CENTRE_NETWORKS` name;
 * undefined where neither is set. Throws an Error that says which file can't be read, or where in it what is wrong.
 */
export const readNetworks = (env: NodeJS.ProcessEnv = process.env): KnownNetworks | undefined => {
  const gateways = textSetting(env, 'RAPPORT_GATEWAY_NETWORKS');
  const dataCentres = textSetting(env, 'RAPPORT_DATA_CENTRE_NETWORKS');
  if (gateways === undefined && dataCentres === undefined) return undefined;
  return new KnownNetworks({
    gateways: networksOf('RAPPORT_GATEWAY_NETWORKS', gateways),
    dataCentres: networksOf('RAPPORT_DATA_CENTRE_NETWORKS', dataCentres),
  });
};
