package dev.apprentice.cli.generate.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The result of one piece of work.
 *
 * @param kept examples to learn from
 * @param rejected examples that are not learned, each with its reason
 */
public record Made(List<ObjectNode> kept, List<Rejected> rejected) {

    /** The reason why an example is not learned. */
    public enum Why {
        EMPTY("empty"),
        LOW_SCORE("scored below the threshold"),
        UNREADABLE_VERDICT("with an unreadable verdict"),
        NO_ANSWER("without a readable answer"),
        DUPLICATE("equal to an earlier one"),
        NEAR_DUPLICATE("nearly equal to an earlier one"),
        BEYOND_COUNT("more than requested"),
        UNSUITABLE("unsuitable for a text model"),
        NOT_BETTER("not preferred by the judge");

        /** The reasons that mean unusable output of a model. For the others, the example missed the user's own criteria. */
        static final Set<Why> FAULTS = EnumSet.of(EMPTY, UNREADABLE_VERDICT, NO_ANSWER);

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** Returns the words after a count, as in {@code 3 nearly equal to an earlier one}. */
        public String words() {
            return words;
        }
    }

    /**
     * An example that is not learned.
     *
     * @param example the example
     * @param why the kind of reason
     * @param reason the reason, as text
     */
    public record Rejected(ObjectNode example, Why why, String reason) {}
}
