package dev.apprentice.contracts.topic;

import java.util.regex.Pattern;

/**
 * The prefix of all names in Kafka: of topics, consumer groups and transactional ids. Systems with different prefixes can share a
 * cluster without seeing each other.
 *
 * <p>A process belongs to one system, so the prefix is read once: from the system property {@link #KEY}, else from the environment
 * variable {@link #VARIABLE}; none by default.
 */
public final class KafkaPrefix {

    public static final String KEY = "apprentice.kafka.prefix";
    public static final String VARIABLE = "APPRENTICE_KAFKA_PREFIX";

    /** Returns this process's prefix; may be empty. */
    public static final String VALUE = System.getProperty(KEY, System.getenv().getOrDefault(VARIABLE, ""));

    /** The characters that Kafka allows, and at most so many that a run's name still fits into its topic's name. */
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._-]{0,50}");

    private KafkaPrefix() {}

    /**
     * Returns the prefix if names can have it.
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
