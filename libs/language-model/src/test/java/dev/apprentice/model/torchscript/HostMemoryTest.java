package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostMemoryTest {

    @Test
    void whatIsWrittenIsInTheTensorAndIsReadAgain() {
        try (NDManager manager = PyTorch.newManager(Device.CPU)) {
            NDArray tensor = HostMemory.newTensor(manager, new long[] {2, 2}, bytes -> {
                for (int i = 1; bytes.hasRemaining(); i++) {
                    bytes.putFloat(i);
                }
            });
            assertThat(tensor.toFloatArray()).containsExactly(1, 2, 3, 4);
            HostMemory.overwrite(tensor, bytes -> bytes.putFloat(4, 9));
            assertThat(tensor.toFloatArray()).containsExactly(1, 9, 3, 4);
            assertThat(HostMemory.pieces(tensor).iterator().next().getFloat(4)).isEqualTo(9);
        }
    }

    /** Java's buffers are limited to 2 GiB. Here pieces are limited to a few bytes, but have at least one row. */
    @ParameterizedTest
    @CsvSource({"24, 2 2 1", "35, 2 2 1", "8, 1 1 1 1 1", "59, 4 1", "60, 5", "1000, 5"})
    void aTensorIsFilledAndReadInPiecesOfWholeRows(int pieceBytes, String rows) {
        List<Integer> expected = Stream.of(rows.split(" ")).map(count -> Integer.parseInt(count) * 3 * Float.BYTES).toList();
        try (NDManager manager = PyTorch.newManager(Device.CPU)) {
            for (boolean inPlace : new boolean[] {true, false}) {
                NDArray tensor = manager.zeros(new Shape(5, 3));
                List<Integer> filled = new ArrayList<>();
                AtomicInteger next = new AtomicInteger();
                HostMemory.overwrite(tensor, piece -> {
                    filled.add(piece.remaining());
                    while (piece.hasRemaining()) {
                        piece.putFloat(next.incrementAndGet());
                    }
                }, pieceBytes, inPlace);
                assertThat(tensor.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
                assertThat(filled).isEqualTo(expected);
                ByteBuffer read = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
                List<Integer> seen = new ArrayList<>();
                HostMemory.pieces(tensor, pieceBytes).forEach(piece -> {
                    seen.add(piece.remaining());
                    read.put(piece);
                });
                assertThat(seen).isEqualTo(expected);
                assertThat(read.getFloat(0)).isEqualTo(1);
                assertThat(read.getFloat(4 * 7)).isEqualTo(8);
                assertThat(read.getFloat(4 * 14)).isEqualTo(15);
            }
        }
    }

    @Test
    void aScalarIsOnePiece() {
        try (NDManager manager = PyTorch.newManager(Device.CPU)) {
            NDArray scalar = HostMemory.newTensor(manager, new long[0], piece -> piece.putFloat(7));
            assertThat(HostMemory.pieces(scalar)).singleElement().satisfies(piece -> assertThat(piece.getFloat(0)).isEqualTo(7));
        }
    }
}
