package dev.apprentice.local.log;

import dev.apprentice.contracts.Causes;
import dev.apprentice.contracts.OneLine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The reason why a broker cannot be used.
 *
 * @param kind the kind of problem
 * @param words what is wrong, as the continuation of a sentence that starts with the broker's address
 * @param wayOut what to do about it, as a sentence
 */
public record BrokerRefusal(Kind kind, String words, String wayOut) {

    /** The kind of a problem with a broker. */
    public enum Kind {
        CONNECTION, ACCESS, VERSION
    }

    /** Derives the reason from an exception of Kafka's clients and its causes. */
    public static BrokerRefusal of(Throwable why) {
        return Causes.of(why).flatMap(cause -> known(cause).stream()).findFirst().orElseGet(() -> new BrokerRefusal(
                Kind.CONNECTION, "does not answer: " + last(why),
                "Start it with `apprentice up`, or check the address. If the broker requires TLS, check security.protocol in"
                        + " --kafka-config."));
    }

    private static Optional<BrokerRefusal> known(Throwable why) {
        if (why instanceof SslAuthenticationException) {
            return Optional.of(new BrokerRefusal(Kind.CONNECTION, "has a certificate that is not trusted: " + why.getMessage(),
                    "Name the authority's certificate in --kafka-config: ssl.truststore.type=PEM and ssl.truststore.location."));
        }
        if (why instanceof SaslAuthenticationException) {
            return Optional.of(new BrokerRefusal(Kind.CONNECTION, "does not know this user: " + why.getMessage(),
                    "Check sasl.mechanism and sasl.jaas.config in --kafka-config."));
        }
        if (why instanceof LoginException) {
            return Optional.of(new BrokerRefusal(Kind.CONNECTION, "was not contacted, because no token could be"
                    + " obtained: " + last(why),
                    "Check oauth.token.endpoint.uri, oauth.client.id and oauth.client.secret of sasl.jaas.config in"
                            + " --kafka-config."));
        }
        if (why instanceof IOException || why instanceof GeneralSecurityException) {
            return Optional.of(new BrokerRefusal(Kind.CONNECTION, "was not contacted, because no client could be created: "
                            + (why instanceof NoSuchFileException ? "there is no file " : "") + last(why),
                    "Check the files and passwords that --kafka-config names."));
        }
        if (why instanceof AuthorizationException) {
            return Optional.of(new BrokerRefusal(Kind.ACCESS, "refuses: " + why.getMessage(),
                    "Grant this user what deploy/kubernetes/base/kafka-users.yaml lists."));
        }
        if (why instanceof UnsupportedVersionException) {
            return Optional.of(new BrokerRefusal(Kind.VERSION, "is too old: " + why.getMessage(), "Use Kafka 3.3 or newer."));
        }
        return Optional.empty();
    }

    /** Returns the innermost cause's message, since the outer one only says that no client could be created. */
    private static String last(Throwable why) {
        return Causes.of(why).map(Throwable::getMessage).filter(Objects::nonNull).reduce((first, later) -> later)
                .map(OneLine::of).orElse(why.toString());
    }
}
