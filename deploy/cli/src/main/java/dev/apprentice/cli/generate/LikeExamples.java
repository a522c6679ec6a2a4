package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.cli.generate.file.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rejects duplicates and near duplicates of earlier examples: both instruction and answer must resemble the other's. By the
 * instruction alone, "What does plan A cost?" would be a duplicate of "What does plan B cost?".
 */
final class LikeExamples {

    /** The least ROUGE-L of a near duplicate. */
    static final double NEAR = 0.8;

    private record Known(Likeness instruction, Likeness output, String text) {

        static Known of(JsonNode example) {
            String instruction = example.path("instruction").asText();
            return new Known(new Likeness(instruction), new Likeness(example.path("output").asText()), instruction);
        }
    }

    private final List<Known> known = new ArrayList<>();

    LikeExamples(List<JsonNode> examples) {
        examples.forEach(example -> known.add(Known.of(example)));
    }

    /** Moves examples that resemble an earlier one from the kept to the rejected, and remembers the ones that stay. */
    Made without(Made made) {
        List<ObjectNode> kept = new ArrayList<>();
        List<Made.Rejected> rejected = new ArrayList<>(made.rejected());
        for (ObjectNode example : made.kept()) {
            Known looked = Known.of(example);
            Optional<Made.Rejected> like = known.stream().flatMap(other -> like(example, looked, other).stream()).findFirst();
            like.ifPresentOrElse(rejected::add, () -> {
                kept.add(example);
                known.add(looked);
            });
        }
        return new Made(kept, rejected);
    }

    private static Optional<Made.Rejected> like(ObjectNode example, Known one, Known other) {
        if (one.instruction.isEqualTo(other.instruction) && one.output.isEqualTo(other.output)) {
            return Optional.of(new Made.Rejected(example, Made.Why.DUPLICATE, "duplicate of an earlier one: " + other.text));
        }
        boolean near = one.instruction.with(other.instruction, NEAR) > 0 && one.output.with(other.output, NEAR) > 0;
        return near
                ? Optional.of(new Made.Rejected(example, Made.Why.NEAR_DUPLICATE, "near duplicate of an"
                        + " earlier one: " + other.text))
                : Optional.empty();
    }
}
