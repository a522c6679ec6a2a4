package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import dev.apprentice.model.lora.LoraAdapter;
import java.util.ArrayList;
import java.util.List;

/** What a network holds: all that can be trained and written, or only what answers. */
sealed interface NetworkState {

    /** What the program computes with. */
    List<NDArray> operands();

    /** With the weights in float32. */
    sealed interface Trainable extends NetworkState {

        /** The model's own weights. */
        Parameters weights();

        /** What training changes. */
        Parameters trained();

        /** The same with others that hold the same numbers in place of what training changes. */
        Trainable withTrained(Parameters others);
    }

    /** Without adapters: all weights are trained. */
    record Whole(Parameters weights) implements Trainable {

        @Override
        public List<NDArray> operands() {
            return weights.operands();
        }

        @Override
        public Parameters trained() {
            return weights;
        }

        @Override
        public Trainable withTrained(Parameters others) {
            return new Whole(others);
        }
    }

    /**
     * With adapters, which are trained alone.
     *
     * @param trained the adapters' tensors
     * @param operands the weights', then the adapters'
     */
    record Adapted(Parameters weights, LoraAdapter adapter, Parameters trained, List<NDArray> operands) implements Trainable {

        Adapted(Parameters weights, LoraAdapter adapter, Parameters trained) {
            this(weights, adapter, trained, behindOneAnother(weights.operands(), trained.operands()));
        }

        private static List<NDArray> behindOneAnother(List<NDArray> first, List<NDArray> second) {
            List<NDArray> all = new ArrayList<>(first);
            all.addAll(second);
            return List.copyOf(all);
        }

        @Override
        public Trainable withTrained(Parameters others) {
            return new Adapted(weights, adapter, others);
        }
    }

    /** Only what answers fastest. */
    record Frozen(List<NDArray> operands) implements NetworkState {}
}
