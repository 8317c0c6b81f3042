import { describe, expect, it } from '@jest/globals';
import { AddressNotPublic, isPublicAddress, publicAddresses } from './public-address.ts';

describe('an address for webhooks', () => {
  it.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private 10', '10.0.0.1'],
    ['private 172', '172.16.0.1'],
    ['private 172, the last', '172.31.255.255'],
    ['private 192', '192.168.1.1'],
    ['shared by carriers', '100.64.0.1'],
    ['shared by carriers, the last', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback elsewhere', '127.8.9.10'],
    ['link-local', '169.254.1.1'],
    ['metadata of a cloud', '169.254.169.254'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '192.0.2.1'],
    ['documentation 2', '198.51.100.1'],
    ['documentation 3', '203.0.113.1'],
    ['6to4 relay', '192.88.99.1'],
    ['benchmarks', '198.19.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv4 loopback as IPv6', '::ffff:127.0.0.1'],
    ['IPv4 loopback as IPv6 in hexadecimal', '::ffff:7f00:1'],
    ['even a public IPv4 as IPv6', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::a00:1'],
    ['local NAT64', '64:ff9b:1::1'],
    ['unique local', 'fd00:ec2::254'],
    ['unique local fc', 'fc00::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 link-local with a zone', 'fe80::1%eth0'],
    ['IPv6 site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['discard', '100::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['6to4 of a private address', '2002:a00:1::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['IPv6 documentation 2', '3fff::1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('is not %s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '192.167.255.255',
    '2606:4700::1111',
    '2a00:1450:4009::1',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('is refused with its whole name when one of several is private', async () => {
    const resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    await expect(publicAddresses('mixed.example', resolve)).rejects.toBeInstanceOf(AddressNotPublic);
  });

  it('is read from the brackets of a URL', async () => {
    const never = async () => Promise.reject(new Error('was resolved'));
    await expect(publicAddresses(new URL('https://[::ffff:7f00:1]/').hostname, never)).rejects.toBeInstanceOf(
      AddressNotPublic,
    );
    await expect(
      publicAddresses(new URL('https://[2606:4700::1111]/').hostname, never),
    ).resolves.toHaveLength(1);
  });

  it.each(['https://0x7f.1/', 'https://2130706433/', 'https://0177.0.0.1/', 'https://127.1/'])(
    'is recognised in the spelling %s',
    async (url) => {
      const never = async () => Promise.reject(new Error('was resolved'));
      await expect(publicAddresses(new URL(url).hostname, never)).rejects.toBeInstanceOf(AddressNotPublic);
    },
  );
});
