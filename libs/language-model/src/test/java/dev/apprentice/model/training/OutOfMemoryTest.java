package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.apprentice.model.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    @Test
    void saysWhatToTurnDown() {
        EngineException failure = new EngineException("The following operation failed in the TorchScript interpreter.\n"
                + "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 3.01 GiB. GPU 0 has a total capacity of 79.18 GiB");
        assertThat(OutOfMemory.named(failure, List.of()))
                .isInstanceOf(ModelException.class)
                .hasMessage("the graphics card's memory does not hold a step with batches of up to 0 tokens (PyTorch tried to"
                        + " allocate 3.01 GiB more); set tokensPerBatch to less (what a step learns stays as it is), turn"
                        + " on activationCheckpointing, or train with LoRA")
                .hasCause(failure);
    }

    @Test
    void leavesOtherFailuresAsTheyAre() {
        EngineException failure = new EngineException("index out of range in self");
        assertThat(OutOfMemory.named(failure, List.of())).isSameAs(failure);
    }
}
