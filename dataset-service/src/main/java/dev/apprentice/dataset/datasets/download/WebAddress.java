package dev.apprentice.dataset.datasets.download;

import dev.apprentice.dataset.datasets.download.DownloadException.Fault;
import java.net.URI;
import java.net.URISyntaxException;

/** Parses addresses that clients send, and removes secrets from them. */
public final class WebAddress {

    private WebAddress() {}

    /** Returns the address without user, password, query and fragment, which may hold secrets. */
    public static String shown(String address) {
        return address.replaceFirst("(?<=//)[^/?#]*@", "").replaceFirst("(?s)[?#].*", "");
    }

    /** @throws DownloadException if it is no valid address, or contains a user */
    static URI parse(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new DownloadException(Fault.ADDRESS, "'" + shown(address) + "' is no address: " + e.getReason() + ".");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw new DownloadException(Fault.ADDRESS, "'" + shown(address)
                    + "' contains a user or a password, which are neither sent nor stored; use an address without them.");
        }
        return uri;
    }
}
