import { generateKeyPairSync } from 'node:crypto';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;

/** A private key as PEM. */
export const pem = ec.export({ type: 'sec1', format: 'pem' }).toString().trim();

/** A private key as Base64 of PKCS #8. */
export const RSA_KEY = rsa.export({ type: 'pkcs8', format: 'der' }).toString('base64');

const encrypted = { cipher: 'aes-256-cbc', passphrase: 'x' };

/** Private keys in every form in which programs write them. */
export const PRIVATE_KEYS: readonly string[] = [
  pem,
  rsa.export({ type: 'pkcs1', format: 'pem' }).toString(),
  ed25519.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ec.export({ type: 'pkcs8', format: 'pem', ...encrypted }).toString(),
  RSA_KEY,
  rsa.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
  ec.export({ type: 'sec1', format: 'der' }).toString('base64'),
  ed25519.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  ec.export({ type: 'pkcs8', format: 'der', ...encrypted }).toString('base64'),
];
