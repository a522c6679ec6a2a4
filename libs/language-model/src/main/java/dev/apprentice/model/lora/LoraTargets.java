package dev.apprentice.model.lora;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the matrices that name patterns select, as PEFT's {@code target_modules} does. */
final class LoraTargets {

    /** PEFT's name for all matrices but the head. */
    private static final String ALL = "all-linear";

    private LoraTargets() {}

    /**
     * Returns the selected matrices, in the order of the weights.
     *
     * @throws ModelException if a pattern selects nothing; the message lists the available names
     */
    static List<AdaptedMatrix> find(Architecture architecture, List<String> patterns) {
        List<AdaptedMatrix> all = IntStream.range(0, architecture.weights().size())
                .filter(index -> AdaptedMatrix.canBe(architecture, index))
                .mapToObj(index -> AdaptedMatrix.of(architecture, index))
                .toList();
        for (String pattern : patterns) {
            Predicate<AdaptedMatrix> meant = meant(pattern);
            if (all.stream().noneMatch(meant)) {
                throw new ModelException("LoRA's target '" + pattern + "' matches no module of this "
                        + architecture.configuration().modelType() + " model; use "
                        + all.stream().map(AdaptedMatrix::nameInBlock).distinct().collect(Collectors.joining(", "))
                        + " (in each block), a whole name such as " + all.get(0).module() + ", or " + ALL);
            }
        }
        Predicate<AdaptedMatrix> wanted =
                patterns.stream().map(LoraTargets::meant).reduce(matrix -> false, Predicate::or);
        return all.stream().filter(wanted).toList();
    }

    private static Predicate<AdaptedMatrix> meant(String pattern) {
        if (pattern.equals(ALL)) {
            return matrix -> true;
        }
        if (isEndOfName(pattern)) {
            return matrix -> matrix.module().equals(pattern) || matrix.module().endsWith("." + pattern);
        }
        Predicate<String> whole = new NamePattern(pattern);
        return matrix -> whole.test(matrix.module());
    }

    /** Tells whether a pattern is the end of a name, and not a regular expression. */
    static boolean isEndOfName(String pattern) {
        return !pattern.equals(ALL) && pattern.matches("[\\w.-]+");
    }
}
