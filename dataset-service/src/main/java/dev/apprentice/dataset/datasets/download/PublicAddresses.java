package dev.apprentice.dataset.datasets.download;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a server's name and accepts only addresses that are reachable from the Internet. A client therefore cannot have
 * anything fetched from this service's own network or machine. The connection goes to the address that was checked, so a name
 * that resolves differently later changes nothing. Each redirect is checked anew.
 *
 * @param names resolves names, and addresses in any notation
 * @param allowed decides which addresses are accepted
 */
record PublicAddresses(DnsResolver names, Allowed allowed) implements DnsResolver {

    /** Decides which addresses are accepted. */
    @FunctionalInterface
    interface Allowed {

        boolean test(InetAddress address);
    }

    /**
     * Addresses that are not public, by the special-purpose registries of RFC 6890. Also those that embed an IPv4 address which a
     * translator would extract (RFC 4291, 6052, 3056, 4380).
     */
    private static final List<Block> SPECIAL = List.of(
            new Block("0.0.0.0", 8), new Block("10.0.0.0", 8), new Block("100.64.0.0", 10), new Block("127.0.0.0", 8),
            new Block("169.254.0.0", 16), new Block("172.16.0.0", 12), new Block("192.0.0.0", 24), new Block("192.0.2.0", 24),
            new Block("192.88.99.0", 24), new Block("192.168.0.0", 16), new Block("198.18.0.0", 15),
            new Block("198.51.100.0", 24), new Block("203.0.113.0", 24), new Block("224.0.0.0", 4), new Block("240.0.0.0", 4),
            new Block("::", 96), new Block("64:ff9b::", 96), new Block("64:ff9b:1::", 48), new Block("100::", 64),
            new Block("2001::", 23), new Block("2001:db8::", 32), new Block("2002::", 16), new Block("3fff::", 20),
            new Block("5f00::", 16), new Block("fc00::", 7), new Block("fe80::", 10), new Block("fec0::", 10),
            new Block("ff00::", 8));

    /** Thrown if the target has an address that is not public. */
    static final class NotPublicException extends UnknownHostException {

        NotPublicException(String host) {
            super(host + " has an address that is not public");
        }
    }

    /** A block of addresses with a common prefix. */
    private record Block(InetAddress first, int bits) {

        Block(String first, int bits) {
            this(literal(first), bits);
        }

        boolean holds(InetAddress address) {
            byte[] one = address.getAddress();
            int free = Byte.SIZE * one.length - bits;
            return one.length == first.getAddress().length
                    && new BigInteger(1, one).shiftRight(free).equals(new BigInteger(1, first.getAddress()).shiftRight(free));
        }

        private static InetAddress literal(String address) {
            try {
                return InetAddress.getByName(address);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    /** Tells whether an address is public. Java represents IPv4-mapped IPv6 addresses (::ffff:…) as IPv4. */
    static boolean isPublic(InetAddress address) {
        return SPECIAL.stream().noneMatch(block -> block.holds(address));
    }

    /** @throws NotPublicException if any of the host's addresses is not accepted */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!allowed.test(address)) {
                throw new NotPublicException(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
