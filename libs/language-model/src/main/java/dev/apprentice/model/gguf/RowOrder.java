package dev.apprentice.model.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Matrices as llama.cpp has them, where that is another order than transformers'. */
final class RowOrder {

    private RowOrder() {}

    /** [rows, columns] becomes [columns, rows]. */
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
     * transformers rotates element i of a head with element i + width / 2, llama.cpp's Llama element 2i with 2i + 1: the rows
     * are put in that order.
     */
    static ByteBuffer pairsTogether(ByteBuffer data, int heads, int headWidth) {
        ByteBuffer paired = copyOf(data);
        int rowBytes = data.remaining() / heads / headWidth;
        for (int head = 0; head < heads; head++) {
            for (int pair = 0; pair < headWidth / 2; pair++) {
                int first = (head * headWidth + pair) * rowBytes;
                paired.put(data.slice(first, rowBytes));
                paired.put(data.slice(first + headWidth / 2 * rowBytes, rowBytes));
            }
        }
        return paired.flip();
    }

    /** GPT-NeoX has each head's query, key and value together; llama.cpp wants all queries, then all keys, then all values. */
    static ByteBuffer headsApart(ByteBuffer data, int heads) {
        ByteBuffer apart = copyOf(data);
        int partBytes = data.remaining() / heads / 3;
        for (int part = 0; part < 3; part++) {
            for (int head = 0; head < heads; head++) {
                apart.put(data.slice((head * 3 + part) * partBytes, partBytes));
            }
        }
        return apart.flip();
    }

    private static ByteBuffer copyOf(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
