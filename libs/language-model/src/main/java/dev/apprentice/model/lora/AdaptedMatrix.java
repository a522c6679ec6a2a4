package dev.apprentice.model.lora;

import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;

/**
 * A matrix that has an adapter.
 *
 * @param index its index among the architecture's weights
 * @param module name of its layer, such as {@code transformer.h.0.attn.c_attn}
 * @param inputs number of input features
 * @param outputs number of output features
 */
record AdaptedMatrix(int index, String module, long inputs, long outputs) {

    private static final String SUFFIX = ".weight";

    static boolean canBe(Architecture architecture, int index) {
        Weight weight = architecture.weights().get(index);
        return architecture.isInBlock(index) && weight.shape().size() == 2 && weight.name().endsWith(SUFFIX);
    }

    static AdaptedMatrix of(Architecture architecture, int index) {
        Weight weight = architecture.weights().get(index);
        String module = weight.name().substring(0, weight.name().length() - SUFFIX.length());
        long rows = weight.shape().get(0);
        long columns = weight.shape().get(1);
        return architecture.inputByOutput()
                ? new AdaptedMatrix(index, module, rows, columns)
                : new AdaptedMatrix(index, module, columns, rows);
    }

    /** Returns the module's name within a block, such as {@code attn.c_attn}, by which users refer to it. */
    String nameInBlock() {
        return module.replaceFirst(".*\\.\\d+\\.", "");
    }
}
