package dev.apprentice.service.kafka;

import dev.apprentice.contracts.topic.KafkaPrefix;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Prevents the start with a prefix that is invalid, or that only a part of the process would know. */
@ApplicationScoped
class PrefixCheck {

    private final KafkaSettings settings;

    PrefixCheck(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Checks the configured prefix.
     *
     * @throws IllegalArgumentException naming the setting
     */
    void check(@Observes @Priority(StartOrder.CHECKS) StartupEvent event) {
        check(settings.prefix().orElse(""), KafkaPrefix.VALUE);
    }

    /**
     * Like {@link #check(StartupEvent)}.
     *
     * @param configured the prefix of the channels' names
     * @param known the prefix of all other names
     */
    static void check(String configured, String known) {
        KafkaPrefix.require(configured);
        if (!configured.equals(known)) {
            throw new IllegalArgumentException(KafkaPrefix.KEY + " is '" + configured + "' in a file; set it by the environment variable "
                    + KafkaPrefix.VARIABLE + " or by -D" + KafkaPrefix.KEY);
        }
    }
}
