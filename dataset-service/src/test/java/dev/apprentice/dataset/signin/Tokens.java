package dev.apprentice.dataset.signin;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Creates tokens as an OIDC issuer does, signed with a test key. */
final class Tokens {

    private static final KeyPair KEYS = keyPair(1);
    private static final KeyPair OTHER_KEYS = keyPair(2);

    private Tokens() {}

    /** Returns the key set as an issuer publishes it (RFC 7517). */
    static Map<String, ?> keySet() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        return Map.of("keys", List.of(Map.of(
                "kty", "RSA", "use", "sig", "alg", "RS256", "n", number(key.getModulus()), "e", number(key.getPublicExponent()))));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    static String of(String role) {
        return token(role, SignedInService.AUDIENCE, Instant.now().plus(Duration.ofMinutes(5)), KEYS);
    }

    static String expired() {
        return token("trainer", SignedInService.AUDIENCE, Instant.now().minus(Duration.ofHours(1)), KEYS);
    }

    /** As an issuer makes it whose clock is behind. */
    static String expiredJustNow() {
        return token("viewer", SignedInService.AUDIENCE, Instant.now().minus(Duration.ofSeconds(20)), KEYS);
    }

    /** As an issuer makes it whose clock is ahead. */
    static String ofATimeToCome(Duration ahead) {
        Instant begin = Instant.now().plus(ahead);
        return claims("viewer", SignedInService.AUDIENCE, begin.plus(Duration.ofMinutes(5)))
                .claim("nbf", begin.getEpochSecond())
                .sign(KEYS.getPrivate());
    }

    static String forAnotherService() {
        return token("trainer", "another-service", Instant.now().plus(Duration.ofMinutes(5)), KEYS);
    }

    static String signedByAnother() {
        return token("trainer", SignedInService.AUDIENCE, Instant.now().plus(Duration.ofMinutes(5)), OTHER_KEYS);
    }

    private static String token(String role, String audience, Instant end, KeyPair keys) {
        return claims(role, audience, end).sign(keys.getPrivate());
    }

    private static JwtClaimsBuilder claims(String role, String audience, Instant end) {
        return Jwt.issuer(SignedInService.ISSUER)
                .audience(audience)
                .upn("ada")
                .subject("ada")
                .groups(role)
                .issuedAt(end.minus(Duration.ofMinutes(5)))
                .expiresAt(end);
    }

    /**
     * Returns a key pair that depends on the seed only: the service's settings and the tests have separate class loaders, but
     * need one key.
     */
    private static KeyPair keyPair(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
