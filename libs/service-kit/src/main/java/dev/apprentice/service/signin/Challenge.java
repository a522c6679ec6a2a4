package dev.apprentice.service.signin;

import io.vertx.core.json.JsonObject;

/** The 401 answer to a caller who has not signed in, with what a browser needs to ask its user. */
enum Challenge {

    /** Browsers ask for the key or the token as a password. */
    PASSWORD("Basic realm=\"Apprentice\", charset=\"UTF-8\"", "in a browser, enter it as the password of any user"),

    /** Browsers are sent to the OIDC issuer when they open a page, and never ask for a password. */
    ISSUER("Bearer realm=\"Apprentice\"", "in a browser, load the page again, which leads to the issuer's sign-in");

    static final int STATUS = 401;
    static final String HEADER = "WWW-Authenticate";

    private final String scheme;
    private final String inABrowser;

    Challenge(String scheme, String inABrowser) {
        this.scheme = scheme;
        this.inABrowser = inABrowser;
    }

    /** Returns the value of {@link #HEADER}. */
    String scheme() {
        return scheme;
    }

    /**
     * Returns the answer's problem document (RFC 9457).
     *
     * @param authorization the request's {@code Authorization} header, null if there is none
     */
    String problem(String authorization) {
        String detail = authorization == null
                ? "sign in with an API key or a token, as 'Authorization: Bearer …'; " + inABrowser
                : "the API key or token is not known here, or has expired by this service's clock";
        return new JsonObject().put("status", STATUS).put("title", "Not signed in").put("detail", detail).encode();
    }
}
