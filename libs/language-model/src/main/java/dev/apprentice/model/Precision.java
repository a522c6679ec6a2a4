package dev.apprentice.model;

/** The element type in which matrices are multiplied. Norms, the loss and sums over a layer's output are always float32. */
public enum Precision {
    /** Deterministic: repeated computations give the same bytes. */
    FLOAT32(Float.BYTES),
    /** Halves the memory traffic and uses faster units, at 8 bits of precision. */
    BFLOAT16(Short.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of a matrix's element, in bytes. */
    public int bytes() {
        return bytes;
    }
}
