package dev.apprentice.cli.generate.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What came of one piece of work.
 *
 * @param kept examples to learn from
 * @param rejected examples that are not to be learned, each with its reason
 */
public record Made(List<ObjectNode> kept, List<Rejected> rejected) {

    /** Why an example is not learned. */
    public enum Why {
        EMPTY("empty"),
        LOW_SCORE("scored below the threshold"),
        UNREADABLE_VERDICT("with a verdict that could not be read"),
        NO_ANSWER("without an answer that could be read"),
        DUPLICATE("as an earlier one"),
        NEAR_DUPLICATE("nearly as an earlier one"),
        BEYOND_COUNT("more than were asked for"),
        UNSUITABLE("unsuitable for a model that reads text alone"),
        NOT_BETTER("not preferred by the judge");

        /** What a model wrote that is of no use; the others are sorted out as the user wants it. */
        static final Set<Why> FAULTS = EnumSet.of(EMPTY, UNREADABLE_VERDICT, NO_ANSWER);

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** For counting them: {@code 3 nearly as an earlier one}. */
        public String words() {
            return words;
        }
    }

    /**
     * An example that is not learned.
     *
     * @param example it
     * @param why of what kind
     * @param reason in words
     */
    public record Rejected(ObjectNode example, Why why, String reason) {}
}
