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
 * Routes requests through the proxy in Java's own settings, such as {@code https.proxyHost}. A proxy resolves the target's name
 * itself, so the name that a client gave is checked first. The proxy's own address is not checked.
 */
final class ProxyRoutes extends SystemDefaultRoutePlanner implements DnsResolver {

    private final PublicAddresses addresses;
    private final Set<String> proxies = ConcurrentHashMap.newKeySet();

    ProxyRoutes(PublicAddresses addresses) {
        super((ProxySelector) null); // asks for the default selector whenever it is needed
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
        } catch (UnknownHostException e) { // only the proxy can resolve it, to any address
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
