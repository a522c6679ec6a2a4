package dev.apprentice.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.OwnProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightReaderTest {

    private static final String WIDER =
            """
            class Wider(Module):
              __parameters__ = []
              __buffers__ = []
              def wide(self, x: Tensor) -> Tensor:
                return torch.to(x, 6)
            """;

    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 14, 15, 1000})
    void aMatrixIsNarrowedToTheNearestWhateverThePieces(int piece) {
        Architecture architecture = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary)).architecture();
        float[] values = new float[7 * 5];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        values[0] = Float.intBitsToFloat(0x3f808000); // halfway between two numbers: rounds to the even one
        values[1] = Float.intBitsToFloat(0x3f818000);
        int[] next = {0};
        try (NDManager manager = PyTorch.newManager(Device.CPU);
                TorchScript program = Program.load(manager, architecture, Target.PROCESSOR, 0, Optional.empty());
                TorchScript wider = new TorchScript(manager, "Wider", WIDER)) {
            NDArray narrowed = WeightReader.narrowed(
                    new long[] {7, 5},
                    part -> {
                        while (part.hasRemaining()) {
                            part.putFloat(values[next[0]++]);
                        }
                    },
                    manager.create(new Shape(piece)), program, manager);

            assertThat(wider.method("wide").with(narrowed).run(manager).get(0).toFloatArray()).isEqualTo(nearest(values));
        }
    }

    /** Rounds to bfloat16 by arithmetic on bits. */
    private static float[] nearest(float[] values) {
        float[] nearest = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int bits = Float.floatToIntBits(values[i]);
            nearest[i] = Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
        }
        return nearest;
    }

    /** Loading all weights in float32 at once would take twice as much. */
    @Test
    void whatAModelToAnswerInBfloat16HasMoreThanAnotherIsAllThatItTakesMoreWhileItIsLoaded() throws Exception {
        assumeTrue(Files.exists(STATUS), "Linux says how much memory a process had at most");
        Path one = temporary.resolve("one");
        Path three = temporary.resolve("three");
        long more = writeZeros(three, 3) - writeZeros(one, 1);
        List<String> options = List.of(
                "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

        List<String> printed = OwnProcess.output(OwnProcess.java(Loading.class, options, one.toString(), three.toString()));
        assertThat(printed).singleElement().satisfies(taken ->
                assertThat(Long.parseLong(taken)).isBetween(more * 8 / 10, more * 16 / 10));
    }

    /** Writes a model of 59 MB a layer in bfloat16, as a sparse file that takes no room on the disk. Returns its size in bytes. */
    private static long writeZeros(Path folder, int layers) throws IOException {
        Files.createDirectory(folder);
        Files.write(folder.resolve(ModelFolder.TOKENIZER), Fixtures.bytes("tokenizer.json"));
        Files.writeString(
                folder.resolve(ModelFolder.CONFIGURATION),
                """
                {"model_type": "llama", "num_hidden_layers": %d, "hidden_size": 1024, "num_attention_heads": 8, "intermediate_size": 8192,
                 "max_position_embeddings": 64, "vocab_size": 257, "bos_token_id": 256, "eos_token_id": 256, "tie_word_embeddings": true}
                """.formatted(layers));
        Files.createFile(folder.resolve(ModelFolder.WEIGHTS));
        List<String> entries = new ArrayList<>();
        long end = 0;
        for (Weight weight : ModelFolder.open(folder).architecture().weights()) {
            long begin = end;
            end += weight.elements() * Short.BYTES;
            String shape = Arrays.stream(weight.dimensions()).mapToObj(Long::toString).collect(Collectors.joining(","));
            entries.add("\"%s\":{\"dtype\":\"BF16\",\"shape\":[%s],\"data_offsets\":[%d,%d]}".formatted(weight.name(), shape, begin, end));
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(ModelFolder.WEIGHTS).toFile(), "rw")) {
            file.writeLong(Long.reverseBytes(header.length));
            file.write(header);
            file.setLength(Long.BYTES + header.length + end);
        }
        return end;
    }

    /** Prints by how many bytes the second of two models raises the process's peak memory. */
    static final class Loading {

        public static void main(String[] arguments) throws IOException {
            LanguageModel.load(ModelFolder.open(Path.of(arguments[0])), Precision.BFLOAT16).close();
            long before = most();
            LanguageModel.load(ModelFolder.open(Path.of(arguments[1])), Precision.BFLOAT16).close();
            System.out.println(most() - before);
        }

        private static long most() throws IOException {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
