package dev.apprentice.contracts.topic;

import java.util.regex.Pattern;

/**
 * What all our names in Kafka begin with: topics, consumer groups and transactional ids. Systems with different prefixes
 * share a cluster and see nothing of one another.
 *
 * <p>A process belongs to one system, so the prefix is read once: from the system property {@link #KEY}, else from the
 * environment variable {@link #VARIABLE}; none by default.
 */
public final class KafkaPrefix {

    public static final String KEY = "apprentice.kafka.prefix";
    public static final String VARIABLE = "APPRENTICE_KAFKA_PREFIX";

    /** Of this process; may be empty. */
    public static final String VALUE = System.getProperty(KEY, System.getenv().getOrDefault(VARIABLE, ""));

    /** The letters that Kafka takes, and as many as leave room for a run's name in that of its topic. */
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._-]{0,50}");

    private KafkaPrefix() {}

    /**
     * Passes a prefix that names can have.
     *
     * @throws IllegalArgumentException naming the setting and what it must be
     */
    public static void require(String prefix) {
        if (!USABLE.matcher(prefix).matches()) {
            throw new IllegalArgumentException(KEY + " (" + VARIABLE + ") is '" + prefix
                    + "'; Kafka's names have letters, digits, '.', '_' and '-', and the prefix may have 50 of them");
        }
    }

    static String before(String name) {
        return VALUE + name;
    }
}
