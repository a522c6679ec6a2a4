package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.EngineException;
import dev.apprentice.model.DeviceMemoryException;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutOfMemoryTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 3.01 GiB. GPU 0 has a total capacity of 79.18 GiB,"
                + " the graphics card's memory is too small for a step (PyTorch tried to allocate another 3.01 GiB); turn it down",
        "RuntimeError: NVML_SUCCESS == r INTERNAL ASSERT FAILED at \"../c10/cuda/CUDACachingAllocator.cpp\":1090 please report a bug,"
                + " the graphics card's memory is too small for a step; turn it down",
        "RuntimeError: CUDA error: out of memory, the graphics card's memory is too small for a step; turn it down",
        "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`,"
                + " the graphics card's memory is too small for a step; turn it down"
    })
    void saysWhatDoesNotFitAndWhatToTurnDown(String words, String sentence) {
        EngineException failure =
                new EngineException("The following operation failed in the TorchScript interpreter.\n" + words);
        assertThatThrownBy(() -> OutOfMemory.named(() -> "a step", "turn it down", failing(failure)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessage(sentence)
                .hasCause(failure);
    }

    @Test
    void leavesOtherFailuresAsTheyAre() {
        EngineException failure = new EngineException("index out of range in self");
        assertThatThrownBy(() -> OutOfMemory.named(() -> "a step", "turn it down", failing(failure))).isSameAs(failure);
    }

    private static Supplier<Object> failing(EngineException failure) {
        return () -> {
            throw failure;
        };
    }

    /**
     * One prompt is long, so room is allocated as if all were: 3 TiB. Linux refuses that at once unless it overcommits without
     * limit.
     */
    @Test
    void moreAnswersThanMemoryHoldsAreRefusedAndFewerAreGivenAfterwards() throws IOException {
        assumeThat(Path.of("/proc/sys/vm/overcommit_memory")).content().startsWith("0");
        Files.writeString(temporary.resolve(ModelFolder.CONFIGURATION), """
                {"model_type": "gpt2", "n_layer": 1, "n_embd": 256, "n_head": 2, "n_positions": 16384, "vocab_size": 257,
                 "bos_token_id": 256, "eos_token_id": 256}
                """);
        Files.write(temporary.resolve(ModelFolder.TOKENIZER), Fixtures.bytes("tokenizer.json"));
        List<int[]> prompts = Stream.concat(
                        Stream.of(IntStream.range(0, 16_000).map(place -> place % 256).toArray()),
                        Stream.generate(() -> new int[] {1}).limit(200_000))
                .toList();
        GenerationSettings settings = new GenerationSettings(2, Set.of());
        try (LanguageModel model = LanguageModel.initialise(ModelFolder.open(temporary), 1)) {
            assertThatThrownBy(() -> model.generate(prompts, settings))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageMatching("this machine's memory is too small for 200001 answers at once"
                            + " \\(PyTorch tried to allocate another \\d+\\.\\d\\d GiB\\); request fewer or shorter answers at once.*");
            assertThat(model.generate(prompts.subList(1, 3), settings)).hasSize(2);
        }
    }
}
