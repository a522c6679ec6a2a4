package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.ranks.RankedTuning.Way;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.testkit.OpenMpi;
import dev.apprentice.testkit.OwnProcess;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares jobs of 2 and 3 processes with one process that trains on the same batches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MpiRanksTest {

    private static final List<String> OPTIONS = List.of(
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dai.djl.pytorch.num_threads=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    @TempDir
    static Path temporary;

    private final Map<Way, List<Double>> alone = new EnumMap<>(Way.class);
    private List<String> two;
    private List<String> three;

    @BeforeAll
    void tune() throws Exception {
        assumeTrue(OpenMpi.isThere(), OpenMpi.MISSING);
        ReferenceModel reference = ReferenceModel.open(
                ReferenceModel.Size.SMALL, "tiny-gpt2", Files.createDirectory(temporary.resolve("model")));
        for (Way way : Way.values()) {
            alone.put(way, RankedTuning.tune(reference, way, Ranks.ALONE, temporary.resolve("one")));
        }
        two = job(2, "two");
        three = job(3, "three");
    }

    private static List<String> job(int ranks, String results) throws Exception {
        return OwnProcess.output(OpenMpi.ranks(ranks, OwnProcess.java(
                RankedTuning.class,
                OPTIONS,
                Files.createDirectories(temporary.resolve("models").resolve(results)).toString(),
                temporary.resolve(results).toString(),
                temporary.resolve(results + "-again").toString())));
    }

    @Test
    void theLossesAreThoseOfOneRank() {
        for (Way way : List.of(Way.PLAIN, Way.LORA, Way.CARD)) {
            for (List<String> job : List.of(two, three)) {
                List<Double> losses = losses(job, way);
                assertThat(losses).hasSameSizeAs(alone.get(way));
                for (int step = 0; step < losses.size(); step++) {
                    assertThat(losses.get(step)).as("%s, step %d", way, step).isCloseTo(alone.get(way).get(step), within(1e-6));
                }
            }
        }
    }

    @Test
    void inBfloat16TheyAreCloseAndWithDropoutOfTheSameKind() {
        for (Way way : List.of(Way.CLIPPED_IN_BFLOAT16, Way.LORA_WITH_DROPOUT)) {
            for (List<String> job : List.of(two, three)) {
                List<Double> losses = losses(job, way);
                for (int step = 0; step < losses.size(); step++) {
                    assertThat(losses.get(step)).as("%s, step %d", way, step).isCloseTo(alone.get(way).get(step), within(0.02));
                }
            }
        }
    }

    @Test
    void theWeightsAreThoseOfOneRank() throws IOException {
        for (Way way : List.of(Way.PLAIN, Way.LORA, Way.CARD)) {
            for (String job : List.of("two", "three")) {
                assertCloseWeights(weights("one", way, 0), weights(job, way, 0), way + " of " + job);
            }
        }
    }

    /**
     * Compares weights, except for keys' biases. Such a bias adds one number to all scores of a row, which softmax ignores, so its
     * gradient is only rounding.
     */
    private static void assertCloseWeights(Path expected, Path actual, String what) {
        try (SafetensorsFile right = SafetensorsFile.open(expected); SafetensorsFile there = SafetensorsFile.open(actual)) {
            for (String name : right.entries().keySet()) {
                float[] a = floats(right, name);
                float[] b = floats(there, name);
                boolean hasKeyBias = name.endsWith("c_attn.bias");
                for (int i = 0; i < a.length; i++) {
                    if (!hasKeyBias || i < a.length / 3 || i >= 2 * a.length / 3) {
                        assertThat(b[i]).as("%s: %s[%d]", what, name, i).isCloseTo(a[i], within(1e-5f));
                    }
                }
            }
        }
    }

    private static float[] floats(SafetensorsFile file, String name) {
        FloatBuffer buffer = file.data(name).asFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    @Test
    void allRanksHaveTheSameWeightsAndStateToTheByte() {
        for (Way way : Way.values()) {
            for (int rank = 1; rank < 3; rank++) {
                assertThat(weights("three", way, rank)).hasSameBinaryContentAs(weights("three", way, 0));
                assertThat(state("three", way, rank)).hasSameBinaryContentAs(state("three", way, 0));
            }
            assertThat(weights("two", way, 1)).hasSameBinaryContentAs(weights("two", way, 0));
            assertThat(state("two", way, 1)).hasSameBinaryContentAs(state("two", way, 0));
        }
    }

    @Test
    void trainedAgainWithASlowRankItComesToTheSameBytes() {
        Map.of("two", 2, "three", 3).forEach((job, ranks) -> {
            for (Way way : RankedTuning.again(ranks)) {
                assertThat(weights(job + "-again", way, 1)).hasSameBinaryContentAs(weights(job, way, 0));
                assertThat(state(job + "-again", way, 1)).hasSameBinaryContentAs(state(job, way, 0));
            }
        });
    }

    /** Rank 0 gets the longer row, and rank 1 the row with the wrong token. */
    @Test
    void whatOneRankCannotLearnNoneDoesAndEachSaysWhichRankAndWhy() {
        String why = "token id 9999 is not in the model's vocabulary of 257; was the batch made with another tokenizer?";
        for (int rank = 0; rank < 2; rank++) {
            int own = rank;
            assertThat(two).filteredOn(line -> line.startsWith("refused " + own)).singleElement().asString()
                    .startsWith("refused " + own + " rank 1 of 2, on ").endsWith(" failed: " + why);
        }
    }

    /** All other ranks differ from rank 0; the message names the first of them. */
    @Test
    void ranksWithDifferentWeightsDoNotTrainTogether() {
        for (int rank = 0; rank < 3; rank++) {
            int own = rank;
            assertThat(three).filteredOn(line -> line.startsWith("unlike " + own)).singleElement().asString()
                    .startsWith("unlike " + own + " rank 1 of 3, on ")
                    .contains(" failed: its model's weights differ from rank 0's; use equal model files on all machines");
        }
    }

    /** SIGSTOP leaves the rank's machine and its connections alive, but the rank does nothing more. */
    @ParameterizedTest
    @CsvSource({
        "3, 1, join, at the start of the job for one of ranks 1 to 2",
        "2, 0, join, at the start of the job for rank 0 of 2",
        "3, 1, step 3, at step 3 for rank 1 of 3 \\(on \\S+\\)",
        "3, 1, end, at the end of the job for one of ranks 1 to 2",
        "2, 0, order 2, at the order of step 2 for rank 0 of 2 \\(on \\S+\\)"
    })
    void aRankThatHangsEndsTheJobAndIsNamedWithItsStep(int ranks, String rank, String before, String words) {
        assertThatThrownBy(() -> OwnProcess.output(
                        OpenMpi.ranks(ranks, OwnProcess.java(HangingRank.class, OPTIONS, "3", rank, before))))
                .hasMessageContaining("ended with exit code " + HangingRank.EXIT_CODE)
                .hasMessageMatching("(?s).*waited \\d+ seconds " + words + "].*");
    }

    private static List<Double> losses(List<String> job, Way way) {
        String line = job.stream().filter(said -> said.startsWith(way + " [")).findFirst().orElseThrow();
        return Arrays.stream(line.substring(line.indexOf('[') + 1, line.length() - 1).split(", ")).map(Double::valueOf).toList();
    }

    private static Path weights(String job, Way way, int rank) {
        return temporary.resolve(job).resolve(way + "-" + rank).resolve("model.safetensors");
    }

    private static Path state(String job, Way way, int rank) {
        return temporary.resolve(job).resolve(way + "-" + rank).resolve("optimizer.safetensors");
    }
}
