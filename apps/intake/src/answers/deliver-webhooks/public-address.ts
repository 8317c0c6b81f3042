import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** An address of a host, in the form of Node's resolver. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Returns all addresses of a host; throws if there are none. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

export const resolveHost: Resolve = (host) => lookup(host, { all: true });

/** The destination is inside a private network now, whatever it was before. */
export class AddressNotPublic extends Error {
  constructor(host: string) {
    super(`the host ${host} does not resolve to public addresses only`);
    this.name = 'AddressNotPublic';
  }
}

/**
 * Special-purpose IPv4 ranges (IANA registry, RFC 6890 and its successors), which are not the public
 * internet.
 */
const NOT_PUBLIC_V4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * In IPv6 only global unicast is public. These ranges inside it are for documentation, or carry an IPv4
 * address that was not checked.
 */
const NOT_PUBLIC_V6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V4) refused.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of NOT_PUBLIC_V6) refused.addSubnet(network, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/**
 * True for an address that is reachable from the public internet. A text that is not an address is not
 * public.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

/** Returns the addresses of a host. Throws AddressNotPublic if any of them is not public. */
export async function publicAddresses(hostname: string, resolve: Resolve): Promise<readonly Address[]> {
  // A URL writes an IPv6 address in brackets.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
    throw new AddressNotPublic(host);
  return addresses;
}
