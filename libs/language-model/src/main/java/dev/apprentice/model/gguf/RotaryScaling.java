package dev.apprentice.model.gguf;

import dev.apprentice.model.family.RotaryEmbedding;
import dev.apprentice.model.folder.ModelFolder;
import java.util.ArrayList;
import java.util.List;

/**
 * The factors by which pairs of rotated elements turn slower because of rope scaling.
 *
 * @param divisors one for each pair; empty without rotary positions
 */
record RotaryScaling(List<Double> divisors) {

    private static final double ROUNDING = 1e-9;

    static RotaryScaling of(ModelFolder folder) {
        List<Double> frequencies = folder.architecture().constants().inverseFrequencies();
        List<Double> divisors = new ArrayList<>();
        double base = RotaryEmbedding.base(folder.configurationFile());
        for (int pair = 0; pair < frequencies.size(); pair++) {
            divisors.add(Math.pow(base, -1.0 * pair / frequencies.size()) / frequencies.get(pair));
        }
        return new RotaryScaling(List.copyOf(divisors));
    }

    boolean isNone() {
        return divisors.stream().allMatch(divisor -> Math.abs(divisor - 1) < ROUNDING);
    }

    /** Tells whether all pairs turn slower by one factor, as in linear position interpolation. */
    boolean isLinear() {
        return divisors.stream().allMatch(divisor -> Math.abs(divisor - divisors.get(0)) < ROUNDING * divisor);
    }

    double factor() {
        return divisors.get(0);
    }

    /** Returns the number of elements of a head that are rotated. */
    int width() {
        return 2 * divisors.size();
    }
}
