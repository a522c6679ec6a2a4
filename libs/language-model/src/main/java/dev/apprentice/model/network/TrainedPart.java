package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import dev.apprentice.model.lora.LoraAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The part of a network that training changes: all its weights, or an adapter beside them. */
sealed interface TrainedPart {

    /** Returns the model's own weights. */
    Parameters weights();

    /** Returns what training changes. */
    Parameters trained();

    /** Returns the tensors that the program computes with. */
    List<NDArray> operands();

    Optional<LoraAdapter> adapter();

    /** Returns this part with what training changes replaced by other tensors, which hold the same values elsewhere in memory. */
    TrainedPart moved(Parameters others);

    /** Returns this part with operands in another precision. */
    TrainedPart narrowed(UnaryOperator<Parameters> narrowing);

    /** A network without an adapter: all weights are trained. */
    record Whole(Parameters weights) implements TrainedPart {

        @Override
        public Parameters trained() {
            return weights;
        }

        @Override
        public List<NDArray> operands() {
            return weights.operands();
        }

        @Override
        public Optional<LoraAdapter> adapter() {
            return Optional.empty();
        }

        @Override
        public TrainedPart moved(Parameters others) {
            weights.tensors().forEach(NDArray::close);
            return new Whole(others);
        }

        @Override
        public TrainedPart narrowed(UnaryOperator<Parameters> narrowing) {
            return new Whole(narrowing.apply(weights));
        }
    }

    /**
     * A network with an adapter: only the adapter is trained.
     *
     * @param trained the adapter's tensors
     * @param operands the weights' operands, then the adapter's
     */
    record Adapted(Parameters weights, LoraAdapter there, Parameters trained, List<NDArray> operands) implements TrainedPart {

        Adapted(Parameters weights, LoraAdapter there, Parameters trained) {
            this(weights, there, trained, behindOneAnother(weights.operands(), trained.operands()));
        }

        private static List<NDArray> behindOneAnother(List<NDArray> first, List<NDArray> second) {
            List<NDArray> all = new ArrayList<>(first);
            all.addAll(second);
            return List.copyOf(all);
        }

        @Override
        public Optional<LoraAdapter> adapter() {
            return Optional.of(there);
        }

        @Override
        public TrainedPart moved(Parameters others) {
            there.move(others.tensors());
            return new Adapted(weights, there, others);
        }

        @Override
        public TrainedPart narrowed(UnaryOperator<Parameters> narrowing) {
            return new Adapted(narrowing.apply(weights), there, narrowing.apply(trained));
        }
    }
}
