package dev.apprentice.model;

/** What matrices are multiplied in. Norms, the loss and sums over a layer's output are float32 in any case. */
public enum Precision {
    /** Exact, and the same bytes each time. */
    FLOAT32(Float.BYTES),
    /** Half the memory to read and faster units to compute with, at 8 bits of precision. */
    BFLOAT16(Short.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** What an element of a matrix takes. */
    public int bytes() {
        return bytes;
    }
}
