package dev.apprentice.dataset.datasets.download;

import dev.apprentice.dataset.datasets.download.DownloadException.Fault;
import java.net.URI;
import java.net.URISyntaxException;

/** An address that a client sent, and what of it may be kept and shown: neither who asks nor with which key. */
public final class WebAddress {

    private WebAddress() {}

    /** The address without user, password, query and fragment, where secrets are. */
    public static String shown(String address) {
        return address.replaceFirst("(?<=//)[^/?#]*@", "").replaceFirst("(?s)[?#].*", "");
    }

    /** @throws DownloadException if it is none, or names a user */
    static URI parse(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new DownloadException(Fault.ADDRESS, "'" + shown(address) + "' is no address: " + e.getReason() + ".");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw new DownloadException(Fault.ADDRESS, "'" + shown(address)
                    + "' came with a user or a password, which are neither sent nor kept; use an address without.");
        }
        return uri;
    }
}
