package dev.apprentice.model.gguf;

import dev.apprentice.model.file.FromParts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reorders matrices from transformers' layout to llama.cpp's. */
final class RowOrder {

    private RowOrder() {}

    /** Transposes [rows, columns] to [columns, rows]. */
    static ByteBuffer transposed(ByteBuffer data, int rows, int columns, int elementBytes) {
        ByteBuffer turned = copyOf(data);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                int at = (row * columns + column) * elementBytes;
                if (elementBytes == Float.BYTES) {
                    turned.putInt(data.getInt(at));
                } else {
                    turned.putShort(data.getShort(at));
                }
            }
        }
        return turned.flip();
    }

    /**
     * Reorders the rows of each head. transformers rotates element i of a head with element i + width / 2; llama.cpp's Llama
     * rotates element 2i with 2i + 1.
     *
     * @param parts the matrix, in parts of any size
     * @return one piece for each head
     */
    static Iterable<ByteBuffer> pairsTogether(Iterable<ByteBuffer> parts, long bytes, int heads, int headWidth) {
        return () -> heads(parts, bytes, heads).map(head -> pairsTogether(head, headWidth)).iterator();
    }

    private static ByteBuffer pairsTogether(ByteBuffer head, int headWidth) {
        ByteBuffer paired = copyOf(head);
        int rowBytes = head.remaining() / headWidth;
        for (int pair = 0; pair < headWidth / 2; pair++) {
            paired.put(head.slice(pair * rowBytes, rowBytes));
            paired.put(head.slice((pair + headWidth / 2) * rowBytes, rowBytes));
        }
        return paired.flip();
    }

    /**
     * Separates queries, keys and values. GPT-NeoX stores them head by head; llama.cpp requires all queries, then all keys, then
     * all values.
     *
     * @param parts the matrix, in parts of any size; read once for each of the three
     */
    static Iterable<ByteBuffer> headsApart(Iterable<ByteBuffer> parts, long bytes, int heads) {
        int each = Math.toIntExact(bytes / heads / 3);
        return () -> IntStream.range(0, 3)
                .mapToObj(part -> heads(parts, bytes, heads)
                        .map(head -> head.slice(part * each, each).order(ByteOrder.LITTLE_ENDIAN)))
                .reduce(Stream.empty(), Stream::concat) // flatMap would keep all heads of a part in memory at once
                .iterator();
    }

    private static Stream<ByteBuffer> heads(Iterable<ByteBuffer> parts, long bytes, int heads) {
        FromParts all = new FromParts(parts);
        return IntStream.range(0, heads).mapToObj(head -> {
            ByteBuffer piece = ElementEncoder.allocate(bytes / heads);
            all.accept(piece);
            return piece.flip();
        });
    }

    private static ByteBuffer copyOf(ByteBuffer data) {
        return ElementEncoder.allocate(data.remaining());
    }
}
