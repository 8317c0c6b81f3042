import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** An address of a host, as a resolver gives it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host; throws when there are none. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

export const resolveHost: Resolve = (host) => lookup(host, { all: true });

/** The destination is, or has come to be, inside a network that is nobody's but its owner's. */
export class AddressNotPublic extends Error {
  constructor(host: string) {
    super(`the host ${host} does not resolve to public addresses only`);
    this.name = 'AddressNotPublic';
  }
}

/** Special-purpose IPv4 ranges (IANA registry, RFC 6890 and its successors) that are not the public internet. */
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

/** Of IPv6 only global unicast is public; inside it these are documentation, or carry an IPv4 address that nobody has checked. */
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

/** True for an address that anybody on the internet could connect to. What is no address is not public. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

/** The addresses of a host, every one of them public; throws AddressNotPublic otherwise: one bad address spoils the name. */
export async function publicAddresses(hostname: string, resolve: Resolve): Promise<readonly Address[]> {
  // A URL writes an IPv6 address in brackets.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
    throw new AddressNotPublic(host);
  return addresses;
}
