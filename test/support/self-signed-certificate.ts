import { sign, type KeyObject } from 'node:crypto';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const integer = (value: number): Buffer => der(0x02, Buffer.of(value));

/** sha256WithRSAEncryption */
const algorithm = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.from('0500', 'hex'));
const commonName = Buffer.from('0603550403', 'hex');
const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('sns.example')))));
const utcTime = (at: Date): Buffer => der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

/** A certificate as PEM, signed with the RSA key that it's about: all that a spec needs of one, for Node makes none. */
export const selfSignedCertificate = (
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  validity: { readonly from: Date; readonly to: Date },
): string => {
  const statement = sequence(
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    sequence(utcTime(validity.from), utcTime(validity.to)),
    name,
    keys.publicKey.export({ format: 'der', type: 'spki' }),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', statement, keys.privateKey));
  const lines =
    sequence(statement, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
};
