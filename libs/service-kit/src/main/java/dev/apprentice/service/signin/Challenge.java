package dev.apprentice.service.signin;

import io.vertx.core.json.JsonObject;

/** What a caller is answered that has not signed in: 401, with what a browser needs to ask its user. */
final class Challenge {

    static final int STATUS = 401;
    static final String HEADER = "WWW-Authenticate";
    static final String SCHEME = "Basic realm=\"Apprentice\", charset=\"UTF-8\"";

    private Challenge() {}

    /**
     * A problem document (RFC 9457), like every other refusal.
     *
     * @param authorization the header of that name, null where there is none
     */
    static String problem(String authorization) {
        String detail = authorization == null
                ? "sign in with an API key or a token, as 'Authorization: Bearer …'; browsers give the key as the password of any user"
                : "the API key or token is not known here, or has expired";
        return new JsonObject().put("status", STATUS).put("title", "Not signed in").put("detail", detail).encode();
    }
}
