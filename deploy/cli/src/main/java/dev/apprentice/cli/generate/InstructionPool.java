package dev.apprentice.cli.generate;

import dev.apprentice.cli.generate.file.Made;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The known instructions, and the check of new ones, as in Self-Instruct (Wang et al. 2023, arXiv 2212.10560, section 2.2). A new
 * instruction joins if its ROUGE-L to each known one is below {@value #ALIKE}. It must have 3 to 150 words and need nothing but
 * text.
 */
final class InstructionPool {

    static final double ALIKE = 0.7;

    private static final int LEAST_WORDS = 3;
    private static final int MOST_WORDS = 150;
    private static final int SEEDS_SHOWN = 6;
    private static final int MADE_SHOWN = 2;
    private static final Set<String> NOT_OF_TEXT = Set.of(
            "image", "images", "picture", "pictures", "photo", "photos", "graph", "graphs", "file", "files", "map", "maps", "draw", "plot",
            "video", "videos", "audio", "music", "flowchart", "diagram", "link", "url");

    private record Known(String text, Likeness words) {}

    private final List<Known> seeds;
    private final List<Known> made;

    InstructionPool(List<String> seeds, List<String> made) {
        this.seeds = seeds.stream().map(InstructionPool::known).toList();
        this.made = new ArrayList<>(made.stream().map(InstructionPool::known).toList());
    }

    private static Known known(String text) {
        return new Known(text, new Likeness(text));
    }

    /**
     * Returns the instructions that the model is shown: two that were made and six seeds, shuffled; fewer if there are not as
     * many. Missing made ones are replaced by seeds.
     */
    List<String> drawn(Random random) {
        List<String> drawn = new ArrayList<>(drawn(made, MADE_SHOWN, random));
        drawn.addAll(drawn(seeds, SEEDS_SHOWN + MADE_SHOWN - drawn.size(), random));
        Collections.shuffle(drawn, random);
        return drawn;
    }

    private static List<String> drawn(List<Known> from, int most, Random random) {
        List<Known> mixed = new ArrayList<>(from);
        Collections.shuffle(mixed, random);
        return mixed.stream().limit(most).map(Known::text).toList();
    }

    /** Adds an instruction to the pool. Returns the reason if it is refused; empty if it was added. */
    Optional<Refusal> join(String instruction) {
        Known known = known(instruction);
        Optional<Refusal> refusal = unsuitable(instruction, known.words).or(() -> alike(known));
        if (refusal.isEmpty()) {
            made.add(known);
        }
        return refusal;
    }

    /** Returns how many were made and added. */
    int size() {
        return made.size();
    }

    /** Removes the made instructions beyond this number. */
    void forgetAfter(int size) {
        made.subList(size, made.size()).clear();
    }

    /** The reason why an instruction is refused. */
    record Refusal(Made.Why why, String reason) {}

    private static Optional<Refusal> unsuitable(String instruction, Likeness words) {
        if (words.size() < LEAST_WORDS || words.size() > MOST_WORDS) {
            return Optional.of(new Refusal(Made.Why.UNSUITABLE,
                    "an instruction has " + LEAST_WORDS + " to " + MOST_WORDS + " words, this one " + words.size()));
        }
        return Stream.of(instruction.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")).filter(NOT_OF_TEXT::contains).findFirst()
                .map(word -> new Refusal(Made.Why.UNSUITABLE, "it mentions '" + word + "', but a text model can only read and"
                        + " write text"));
    }

    private Optional<Refusal> alike(Known known) {
        for (Known other : Stream.concat(seeds.stream(), made.stream()).toList()) {
            double likeness = known.words.with(other.words, ALIKE);
            if (likeness > 0) {
                return Optional.of(new Refusal(
                        known.words.isEqualTo(other.words) ? Made.Why.DUPLICATE : Made.Why.NEAR_DUPLICATE,
                        String.format(Locale.ROOT, "ROUGE-L %.2f to an earlier one: %s", likeness, other.text)));
            }
        }
        return Optional.empty();
    }
}
