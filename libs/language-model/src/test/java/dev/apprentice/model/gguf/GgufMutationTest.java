package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Checks that any changed file is either refused by name, or each of its tensors can be read to the last byte. */
class GgufMutationTest {

    private static final GgufType[] TYPES = {GgufType.F32, GgufType.F16, GgufType.BF16};

    /** The size of magic, version and counts, which precede all tensors. */
    private static final long LEAST_HEADER = 24;

    private static Path file;
    private static byte[] whole;
    private static int headerEnd;

    @BeforeContainer
    static void writeAFile() throws IOException {
        file = Files.createTempFile("mutated", ".gguf");
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", new GgufValue.Text("llama"));
        metadata.put(GgufHeader.ALIGNMENT, GgufValue.uint32(GgufHeader.DEFAULT_ALIGNMENT));
        metadata.put("llama.rope.freq_base", GgufValue.float32(10_000));
        metadata.put("tokenizer.ggml.add_bos_token", new GgufValue.Flag(false));
        metadata.put("tokenizer.ggml.tokens", GgufValue.texts(List.of("a", "b", "\u0120c")));
        metadata.put("tokenizer.ggml.token_type", GgufValue.int32s(List.of(1, 1, 3)));
        GgufWriter.write(file, metadata, List.of(
                tensor("token_embd.weight", 0, 3, 8), tensor("blk.0.attn_q.weight", 1, 8, 8), tensor("output_norm.weight", 2, 8)));
        whole = Files.readAllBytes(file);
        try (GgufFile opened = GgufFile.open(file)) {
            headerEnd = (int) opened.entries().get("token_embd.weight").begin();
        }
    }

    private static GgufTensor tensor(String name, int type, long... shape) {
        int bytes = (int) TYPES[type].bytes(shape).orElseThrow();
        return new GgufTensor(name, TYPES[type], shape, () -> ByteBuffer.allocate(bytes));
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 2_000)
    void bytesOfTheHeaderChangedAtRandom(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = whole.clone();
        changes.forEach(change -> bytes[change.position()] = change.value());

        requireRefusedOrReadable(bytes);
    }

    record Change(int position, byte value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Integer> position = Arbitraries.integers().between(0, headerEnd - 1);
        return Combinators.combine(position, Arbitraries.bytes())
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 2_000)
    void eightBytesOfTheHeaderReplacedByANumber(@ForAll("positions") int position, @ForAll("numbers") long number)
            throws IOException {
        byte[] bytes = whole.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(position, number);

        requireRefusedOrReadable(bytes);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, headerEnd - Long.BYTES);
    }

    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-4, 4_096),
                Arbitraries.integers().between(0, 63).map(bit -> 1L << bit));
    }

    @Property(tries = 500)
    void theFileCutOrContinuedAnywhere(@ForAll("lengths") int length) throws IOException {
        requireRefusedOrReadable(Arrays.copyOf(whole, length));
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, whole.length + 64);
    }

    /** Requires one of the two. Any other exception than a {@link ModelException} fails the property. */
    private static void requireRefusedOrReadable(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (GgufFile opened = GgufFile.open(file)) {
            long free = LEAST_HEADER;
            for (TensorEntry<GgufType> entry : opened.entries().values()) {
                assertThat(entry.begin()).isGreaterThanOrEqualTo(free);
                assertThat(entry.end()).isBetween(entry.begin(), (long) bytes.length);
                free = entry.end();
                if (entry.type().isReadable() && entry.length() > 0) {
                    assertThat((long) opened.data(entry.name()).remaining()).isEqualTo(entry.length());
                }
            }
        } catch (ModelException refused) {
            assertThat(refused).hasMessageStartingWith(file.toString());
        }
    }
}
