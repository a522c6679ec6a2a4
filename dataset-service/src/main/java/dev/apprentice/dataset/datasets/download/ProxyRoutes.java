package dev.apprentice.dataset.datasets.download;

import dev.apprentice.dataset.datasets.download.PublicAddresses.NotPublicException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Goes through the proxy that Java's own settings name, {@code https.proxyHost} and its like. The proxy looks up where a
 * connection goes, so the name that a client gave is checked before the proxy is asked; the proxy itself may be anywhere.
 */
final class ProxyRoutes extends SystemDefaultRoutePlanner implements DnsResolver {

    private final PublicAddresses addresses;
    private final Set<String> proxies = ConcurrentHashMap.newKeySet();

    ProxyRoutes(PublicAddresses addresses) {
        super((ProxySelector) null); // asks for the one that is set when it is needed
        this.addresses = addresses;
    }

    /** @throws HttpException with a {@link NotPublicException} if the target's name leads to an address that is not public */
    @Override
    protected HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
        HttpHost proxy = super.determineProxy(target, context);
        if (proxy != null || proxies.contains(target.getHostName())) {
            requirePublic(target.getHostName());
        }
        if (proxy != null) {
            proxies.add(proxy.getHostName());
        }
        return proxy;
    }

    private void requirePublic(String host) throws HttpException {
        try {
            addresses.resolve(host);
        } catch (NotPublicException e) {
            throw new HttpException(e.getMessage(), e);
        } catch (UnknownHostException e) { // known to the proxy alone, it may be anything
            if (!addresses.allowed().test(InetAddress.getLoopbackAddress())) {
                throw new HttpException(e.getMessage(), new NotPublicException(host));
            }
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return proxies.contains(host) ? addresses.names().resolve(host) : addresses.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return addresses.resolveCanonicalHostname(host);
    }
}
