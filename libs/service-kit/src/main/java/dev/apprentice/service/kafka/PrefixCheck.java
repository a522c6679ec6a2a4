package dev.apprentice.service.kafka;

import dev.apprentice.contracts.topic.KafkaPrefix;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses to start with a prefix that names cannot have, or that only a part of the process would know. */
@ApplicationScoped
class PrefixCheck {

    private final KafkaSettings settings;

    PrefixCheck(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Fails with an {@link IllegalArgumentException} that names the setting. */
    void check(@Observes @Priority(StartOrder.CHECKS) StartupEvent event) {
        check(settings.prefix().orElse(""), KafkaPrefix.VALUE);
    }

    /**
     * As {@link #check(StartupEvent)}.
     *
     * @param configured what the channels' names begin with
     * @param known what all other names begin with
     */
    static void check(String configured, String known) {
        KafkaPrefix.require(configured);
        if (!configured.equals(known)) {
            throw new IllegalArgumentException(KafkaPrefix.KEY + " is '" + configured + "' in a file; set it by the environment variable "
                    + KafkaPrefix.VARIABLE + " or by -D" + KafkaPrefix.KEY);
        }
    }
}
