package dev.apprentice.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Checks that any changed file is either refused by name, or each of its tensors can be read to the last byte. */
class SafetensorsMutationTest {

    private static final byte[] WHOLE = Fixtures.bytes("tiny-llama/model.safetensors");
    private static final int HEADER_END =
            Long.BYTES + (int) ByteBuffer.wrap(WHOLE).order(ByteOrder.LITTLE_ENDIAN).getLong();
    private static final String HEADER =
            new String(WHOLE, Long.BYTES, HEADER_END - Long.BYTES, StandardCharsets.UTF_8);

    private static Path file;

    @BeforeContainer
    static void makeRoom() throws IOException {
        file = Files.createTempFile("mutated", ".safetensors");
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 2_000)
    void bytesOfTheHeaderChangedAtRandom(
            @ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = WHOLE.clone();
        changes.forEach(change -> bytes[change.position()] = change.value());

        requireRefusedOrReadable(bytes);
    }

    record Change(int position, byte value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Integer> position = Arbitraries.integers().between(0, HEADER_END - 1);
        return Combinators.combine(position, Arbitraries.bytes())
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 1_000)
    void aNumberOfTheHeaderReplacedByAnother(
            @ForAll("numbers") int index, @ForAll("integers") String replacement) throws IOException {
        MatchResult number = numbersOfTheHeader().get(index);
        String header = HEADER.substring(0, number.start()) + replacement + HEADER.substring(number.end());

        requireRefusedOrReadable(withHeader(header));
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, numbersOfTheHeader().size() - 1);
    }

    @Provide
    Arbitrary<String> integers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.integers().between(-4, 70_000).map(String::valueOf),
                Arbitraries.of("1e3", "0.5", "null", "true", "\"1\"", "[]", "99999999999999999999999", "01", "-0"));
    }

    private static List<MatchResult> numbersOfTheHeader() {
        return Pattern.compile("(?<=[\\[,])\\d+").matcher(HEADER).results().toList();
    }

    @Property(tries = 500)
    void theFileCutOrContinuedAnywhere(@ForAll("lengths") int length) throws IOException {
        requireRefusedOrReadable(Arrays.copyOf(WHOLE, length));
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, WHOLE.length + 64);
    }

    private static byte[] withHeader(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + WHOLE.length - HEADER_END)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(WHOLE, HEADER_END, WHOLE.length - HEADER_END)
                .array();
    }

    /** Requires one of the two. Any other exception than a {@link ModelException} fails the property. */
    private static void requireRefusedOrReadable(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            long total = 0;
            for (TensorEntry<SafetensorsType> entry : opened.entries().values()) {
                ByteBuffer data = opened.data(entry.name());
                assertThat((long) data.remaining()).isEqualTo(entry.length());
                total += data.remaining();
            }
            assertThat(total).isEqualTo(bytes.length - HEADER_END - difference(bytes));
        } catch (ModelException refused) {
            assertThat(refused).hasMessageStartingWith(file.toString());
        }
    }

    /** Returns how much longer this header is than the original's. */
    private static long difference(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() + Long.BYTES - HEADER_END;
    }
}
