import { pseudonymousDer } from './der.js';
import type { Pseudonyms } from './pseudonyms.js';

const BLOCK = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g;
const LINE = 64;

/**
 * PEM with the names in its certificates replaced: validity, keys and usages stay, so that what expires or does not match
 * still shows; signatures no longer hold. What cannot be taken apart is left out.
 */
export function pseudonymousCertificates(pem: string, pseudonyms: Pseudonyms): string {
  return pem.replace(BLOCK, (_, body: string) => {
    const der = pseudonymousDer(Buffer.from(body, 'base64'), pseudonyms);
    const lines = der?.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
    return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n');
  });
}
